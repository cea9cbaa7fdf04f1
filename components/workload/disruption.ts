import type { policy } from "@pulumi/kubernetes/types/input.js";
import type { Checks } from "../validation/checks.ts";
import { trueOrFalse } from "../validation/rules.ts";

/** What a node that is drained may do to Pods. */
export interface DisruptionArgs {
  /**
   * Whether at most one Pod at a time is evicted where there are several, or an autoscaler may make it several. What is
   * always a single Pod has no budget in any case: it would keep its node from ever being drained.
   *
   * @default true
   * @see https://kubernetes.io/docs/concepts/workloads/pods/disruptions/
   */
  readonly podDisruptionBudget?: boolean;
}

/** Reads whether several Pods have a PodDisruptionBudget. */
export function readDisruption(
  checks: Checks,
  { podDisruptionBudget = true }: DisruptionArgs,
): boolean {
  return checks.plain("args.podDisruptionBudget", podDisruptionBudget, trueOrFalse);
}

/** The spec of a Backend's PodDisruptionBudget. */
export function disruptionBudgetSpec(app: string): policy.v1.PodDisruptionBudgetSpec {
  return {
    maxUnavailable: 1,
    // Otherwise Pods that never became ready would block the drain of their node.
    unhealthyPodEvictionPolicy: "AlwaysAllow",
    selector: { matchLabels: { app } },
  };
}
