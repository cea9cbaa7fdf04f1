import type { Checks } from "../../validation/checks.ts";
import { integer } from "../../validation/rules.ts";

/** Longer than the longest pause of a controller between two retries, 300 seconds. */
const RECONCILED_WITHIN_SECONDS = 360;

/** How long to wait for a load balancer's controller. */
export interface ReconciledWithinArgs {
  /**
   * Seconds within which the controller has to reconcile the Service: assign an address and, after each change that it
   * acts on, report success. If the controller rejects the Service, the update fails with its message, and so does
   * every later update until it succeeds. 0 does not wait.
   *
   * Controllers retry after at most 300 seconds.
   *
   * @default 360
   */
  readonly reconciledWithinSeconds?: number;
}

/** Reads how long to wait for the controller. */
export function readReconciledWithin(checks: Checks, args: ReconciledWithinArgs): number {
  const { reconciledWithinSeconds = RECONCILED_WITHIN_SECONDS } = args;
  return checks.plain("args.reconciledWithinSeconds", reconciledWithinSeconds, integer(0));
}
