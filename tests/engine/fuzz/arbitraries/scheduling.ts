import fc from "fast-check";
import {
  type NodeAffinityArgs,
  NodeSelectorOperator,
  type SchedulingArgs,
  TaintEffect,
  type TolerationArgs,
} from "../../../../components/index.ts";
import { fields, never, oneOf, textsBy } from "./fields.ts";
import { whole } from "./numbers.ts";
import { labelValue, objectName, qualifiedName } from "./texts.ts";

type Key = Pick<TolerationArgs, "key" | "value">;
type Effect = Pick<TolerationArgs, "effect" | "tolerationSeconds">;

const key: fc.Arbitrary<Key> = fc.oneof(
  fc.constant({}),
  fields<Key & { key: string }>({ key: qualifiedName }, { value: labelValue }),
);

const effect: fc.Arbitrary<Effect> = fc.oneof(
  fc.constant({}),
  fc.record({ effect: oneOf(TaintEffect) }),
  fields<Effect & { effect: TaintEffect }>(
    { effect: fc.constant(TaintEffect.NoExecute) },
    { tolerationSeconds: fc.oneof(fc.nat(), fc.constant(Number.MAX_SAFE_INTEGER)) },
  ),
);

const toleration = fc
  .tuple(key, effect)
  .map(([one, other]): TolerationArgs => ({ ...one, ...other }));

const { DoesNotExist, Exists, Gt, In, Lt, NotIn } = NodeSelectorOperator;
const weight = whole(1, 100);
const values = fc.array(labelValue, { minLength: 1, maxLength: 3 });
const nodeAffinity: fc.Arbitrary<NodeAffinityArgs> = fc.oneof(
  fields<NodeAffinityArgs & { values: string[] }>(
    { key: qualifiedName, operator: fc.constantFrom(In, NotIn), values },
    { weight },
  ),
  fields<NodeAffinityArgs & { values: string[] }>(
    {
      key: qualifiedName,
      operator: fc.constantFrom(Gt, Lt),
      values: fc.nat().map((number) => [String(number)]),
    },
    { weight },
  ),
  fields<NodeAffinityArgs>(
    { key: qualifiedName, operator: fc.constantFrom(Exists, DoesNotExist) },
    { weight, values: never },
  ),
);

/** Where Pods may run. */
export const scheduling = fields<SchedulingArgs>(
  {},
  {
    nodeSelector: textsBy(qualifiedName, labelValue),
    tolerations: fc.array(toleration, { maxLength: 4 }),
    priorityClassName: objectName,
    nodeAffinity: fc.array(nodeAffinity, { maxLength: 3 }),
    runtimeClassName: objectName,
  },
);
