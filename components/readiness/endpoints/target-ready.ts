import type { Checks } from "../../validation/checks.ts";
import { integer } from "../../validation/rules.ts";

const TARGET_READY_WITHIN_SECONDS = 120;

/** How long to wait for a target that this program does not manage. */
export interface TargetReadyArgs {
  /**
   * Seconds within which the target's Pods have to be ready, from 1. For a target that is not a Backend of this
   * program, every change of the Service or its selector is verified once: Pods must have the labels, declare the ports
   * and be ready. Otherwise the update fails with the reason, and so does every later update until it holds. 0 verifies
   * nothing. A Backend of this program needs no verification.
   *
   * @default 120, and 360 for a LoadBalancerService, whose controller may have to make Pods ready
   */
  readonly targetReadyWithinSeconds?: number;
}

/** Reads how long to wait for a target. */
export function readTargetReady(
  checks: Checks,
  args: TargetReadyArgs,
  unstated = TARGET_READY_WITHIN_SECONDS,
): number {
  const { targetReadyWithinSeconds = unstated } = args;
  return checks.plain("args.targetReadyWithinSeconds", targetReadyWithinSeconds, integer(0));
}
