import type { policy } from "@pulumi/kubernetes/types/input.js";
import type { Checks } from "../validation/checks.ts";
import { trueOrFalse } from "../validation/rules.ts";

/** How draining a node affects the Pods. */
export interface DisruptionArgs {
  /**
   * Whether at most one Pod is evicted at a time, if there are several Pods or an autoscaler may create several. A
   * single Pod never has a budget, which would keep its node from being drained.
   *
   * @default true
   * @see https://kubernetes.io/docs/concepts/workloads/pods/disruptions/
   */
  readonly podDisruptionBudget?: boolean;
}

/** Reads whether several Pods get a PodDisruptionBudget. */
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
