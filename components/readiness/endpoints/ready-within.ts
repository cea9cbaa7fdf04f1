import type { Checks } from "../../validation/checks.ts";
import { integer } from "../../validation/rules.ts";

const READY_WITHIN_SECONDS = 120;

/** Whether and for how long a target that is not ours is waited for. */
export interface ReadyWithinArgs {
  /**
   * Seconds within which the target's Pods have to be ready, from 1. A target that is not a Backend of this program is
   * proved once, when the Service or what it selects changes: that Pods have the labels, declare the ports, and are
   * ready. What does not hold fails the update with the reason, and every later one as long as it does not hold. 0 proves
   * nothing. For a Backend of this program nothing has to be proved.
   *
   * @default 120
   */
  readonly readyWithinSeconds?: number;
}

/** Reads for how long a target is waited for. */
export function readReadyWithin(
  checks: Checks,
  args: ReadyWithinArgs,
  unstated = READY_WITHIN_SECONDS,
): number {
  const { readyWithinSeconds = unstated } = args;
  return checks.plain("args.readyWithinSeconds", readyWithinSeconds, integer(0));
}
