import fc from "fast-check";
import {
  type SchedulingArgs,
  TaintEffect,
  type TolerationArgs,
} from "../../../../components/index.ts";
import { fields, oneOf, textsBy } from "./fields.ts";
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

/** Where Pods may run. */
export const scheduling = fields<SchedulingArgs>(
  {},
  {
    nodeSelector: textsBy(qualifiedName, labelValue),
    tolerations: fc.array(toleration, { maxLength: 4 }),
    priorityClassName: objectName,
  },
);
