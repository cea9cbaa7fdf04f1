import type { policy } from "@pulumi/kubernetes/types/input.js";
import type { Checks, Rule } from "../validation/checks.ts";
import { int32, integer, trueOrFalse } from "../validation/rules.ts";
import { fewestReplicas, mostReplicas, type Scale } from "./autoscaling.ts";

/** How many Pods may be evicted at a time: exactly one of its fields. Percentages are of the number of Pods. */
export interface DisruptionBudgetArgs {
  /**
   * How many Pods stay, fewer than there are.
   *
   * @default - another field decides
   */
  readonly minAvailable?: number;
  /**
   * How many percent of the Pods stay, rounded up to whole Pods; so few that one may go.
   *
   * @default - another field decides
   */
  readonly minAvailablePercent?: number;
  /**
   * How many Pods may be evicted at a time, from 1.
   *
   * @default - another field decides
   */
  readonly maxUnavailable?: number;
  /**
   * How many percent of the Pods may be evicted at a time, from 1 to 100, rounded up to whole Pods.
   *
   * @default - another field decides
   */
  readonly maxUnavailablePercent?: number;
}

/** How draining a node affects the Pods. */
export interface DisruptionArgs {
  /**
   * Whether a PodDisruptionBudget limits how many Pods are evicted at a time, if there are several Pods or an autoscaler
   * may create several. A single Pod never has a budget, which would keep its node from being drained.
   *
   * @default true
   * @see https://kubernetes.io/docs/concepts/workloads/pods/disruptions/
   */
  readonly podDisruptionBudget?: boolean;
  /**
   * How many Pods may be evicted at a time.
   *
   * @default - one
   * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
   */
  readonly disruptionBudget?: DisruptionBudgetArgs;
}

type Limit = Pick<policy.v1.PodDisruptionBudgetSpec, "maxUnavailable" | "minAvailable">;

const FIELDS = [
  "minAvailable",
  "minAvailablePercent",
  "maxUnavailable",
  "maxUnavailablePercent",
] as const;

/** Reads how many Pods may be evicted at a time; undefined if there is no PodDisruptionBudget. */
export function readDisruption(
  checks: Checks,
  { disruptionBudget, podDisruptionBudget = true }: DisruptionArgs,
  scale: Scale,
): Limit | undefined {
  const path = "args.disruptionBudget";
  const wanted = checks.plain("args.podDisruptionBudget", podDisruptionBudget, trueOrFalse);
  if (disruptionBudget === undefined) return wanted ? { maxUnavailable: 1 } : undefined;
  const given = checks.object(path, disruptionBudget);
  if (!wanted) {
    checks.report(path, given, "must not be set with args.podDisruptionBudget false; remove one");
  }
  const stated = FIELDS.filter((field) => given[field] !== undefined);
  const [field] = stated;
  if (stated.length !== 1 && !checks.isUnreadable(path)) {
    const value = stated.length === 0 ? given : stated.join(" and ");
    checks.report(path, value, `must have exactly one of ${FIELDS.join(", ")}`);
  }
  if (field === undefined) return undefined;
  const fewest = mostReplicas(scale) > 1 ? fewestReplicas(scale) : undefined;
  const number = checks.plain(`${path}.${field}`, given[field] as number, ruleOf(field, fewest));
  const kind = field.startsWith("min") ? "minAvailable" : "maxUnavailable";
  return { [kind]: field.endsWith("Percent") ? `${number}%` : number };
}

/** The rule of a field. What keeps all Pods would keep their nodes from being drained. */
function ruleOf(field: (typeof FIELDS)[number], fewest: number | undefined): Rule {
  if (field === "maxUnavailable") return int32(1);
  if (field === "maxUnavailablePercent") return integer(1, 100);
  const isPercent = field === "minAvailablePercent";
  const inRange = isPercent ? integer(0, 99) : int32(0);
  return (value) => {
    const wrong = inRange(value);
    if (wrong !== undefined || fewest === undefined || fewest === 0) return wrong;
    const kept = isPercent ? Math.ceil((Number(value) * fewest) / 100) : Number(value);
    const most = isPercent ? Math.floor((100 * (fewest - 1)) / fewest) : fewest - 1;
    return kept < fewest
      ? undefined
      : `must be at most ${most}: with ${fewest === 1 ? "1 Pod" : `${fewest} Pods`} it keeps all of them, and no node could be drained`;
  };
}

/** The spec of a Backend's PodDisruptionBudget. */
export function disruptionBudgetSpec(app: string, limit: Limit): policy.v1.PodDisruptionBudgetSpec {
  return {
    ...limit,
    // Otherwise Pods that never became ready would block the drain of their node.
    unhealthyPodEvictionPolicy: "AlwaysAllow",
    selector: { matchLabels: { app } },
  };
}
