import type { core } from "@pulumi/kubernetes/types/input.js";
import type * as pulumi from "@pulumi/pulumi";
import { type Checks, isDeferred, type Rule } from "../validation/checks.ts";
import { integer, labelValue, oneOf, qualifiedName } from "../validation/rules.ts";
import { withoutEmpty } from "../validation/without-empty.ts";

/** How the label of a node is compared. */
export const NodeSelectorOperator = {
  /** The label has one of the values. */
  In: "In",
  /** The label has none of the values, or is absent. */
  NotIn: "NotIn",
  /** The label is present. */
  Exists: "Exists",
  /** The label is absent. */
  DoesNotExist: "DoesNotExist",
  /** The label is a number above the value. */
  Gt: "Gt",
  /** The label is a number below the value. */
  Lt: "Lt",
} as const;
/** How the label of a node is compared. */
export type NodeSelectorOperator = (typeof NodeSelectorOperator)[keyof typeof NodeSelectorOperator];

/** What the nodes of Pods must have, or with a `weight` should have. */
export interface NodeAffinityArgs {
  /** The key of the label, such as `kubernetes.io/arch`. */
  readonly key: string;
  /** How the label is compared. */
  readonly operator: NodeSelectorOperator;
  /**
   * The values: at least one for `In` and `NotIn`, one integer for `Gt` and `Lt`, none for the others.
   *
   * @default - none
   */
  readonly values?: pulumi.Input<string>[];
  /**
   * How much such nodes are preferred, from 1 to 100.
   *
   * @default - Pods run on no other nodes
   */
  readonly weight?: number;
}

const { DoesNotExist, Exists, Gt, Lt } = NodeSelectorOperator;

const wholeNumber: Rule = (value) =>
  typeof value === "string" && /^(0|[1-9]\d{0,17})$/.test(value)
    ? undefined
    : 'must be an integer from 0 up as a string, such as "4"';

/** Reads which nodes Pods need and prefer. */
export function readNodeAffinity(
  checks: Checks,
  given: readonly NodeAffinityArgs[],
): core.v1.NodeAffinity {
  const read = checks.list("args.nodeAffinity", given, 0, "labels of nodes").map((item, index) => {
    const path = `args.nodeAffinity[${index}]`;
    const { weight, ...rest } = checks.object(path, item);
    const preference = { matchExpressions: [readRequirement(checks, path, rest)] };
    return weight === undefined
      ? preference
      : { weight: checks.plain(`${path}.weight`, weight, integer(1, 100)), preference };
  });
  const preferred = read.filter((term) => "weight" in term);
  const required = read.flatMap((term) => ("weight" in term ? [] : term.matchExpressions));
  return withoutEmpty({
    preferredDuringSchedulingIgnoredDuringExecution: preferred,
    // Requirements of one term hold together; terms are alternatives.
    requiredDuringSchedulingIgnoredDuringExecution:
      required.length === 0 ? undefined : { nodeSelectorTerms: [{ matchExpressions: required }] },
  });
}

function readRequirement(
  checks: Checks,
  path: string,
  { key, operator, values = [] }: Omit<NodeAffinityArgs, "weight">,
): core.v1.NodeSelectorRequirement {
  checks.plain(`${path}.operator`, operator, oneOf(NodeSelectorOperator));
  const compares = operator === Gt || operator === Lt;
  const list = checks.list(`${path}.values`, values, 0, "values");
  reportCount(checks, `${path}.values`, operator, values, list.length);
  return {
    key: checks.plain(`${path}.key`, key, qualifiedName),
    operator,
    ...withoutEmpty({
      values: list.map((value, index) =>
        checks.input(`${path}.values[${index}]`, value, compares ? wholeNumber : labelValue),
      ),
    }),
  };
}

function reportCount(
  checks: Checks,
  path: string,
  operator: NodeSelectorOperator,
  values: unknown,
  count: number,
): void {
  if (isDeferred(values) || !Array.isArray(values)) return;
  const none = operator === Exists || operator === DoesNotExist;
  if (none && count > 0) {
    const valued = operator === Exists ? "In" : "NotIn";
    const must = `must not be set with the operator ${operator}; use ${valued} for values`;
    checks.report(path, values, must);
  } else if ((operator === Gt || operator === Lt) && count !== 1) {
    checks.report(path, values, `must be one integer with the operator ${operator}`);
  } else if (!none && count === 0) {
    const any = operator === NodeSelectorOperator.NotIn ? "DoesNotExist" : "Exists";
    checks.report(path, values, `must be a list of at least one value; use ${any} for any value`);
  }
}
