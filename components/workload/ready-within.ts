import type { Checks } from "../validation/checks.ts";
import { int32 } from "../validation/rules.ts";
import type { Drain } from "./drain.ts";
import type { ProbeArgs } from "./probe-args.ts";

/** The default of Pulumi's provider for a Deployment. */
const READY_WITHIN_SECONDS = 600;
/** Kubernetes gives up before Pulumi does, so that its reason is in the error: after 480 of 600 seconds. */
const PROGRESS_SHARE = 0.8;
const PERIOD_SECONDS = 10;

/** How long a rollout of a Backend may take. */
export interface DeploymentReadyArgs {
  /**
   * Seconds within which a rollout has to be complete; after that the update fails with the reasons. Pods are replaced
   * one after another, so a rollout takes the time of one Pod times the number of Pods.
   *
   * @default 600
   */
  readonly readyWithinSeconds?: number;
}

/** Reads how long a rollout may take: at least as long as one Pod needs. */
export function readDeploymentReady(
  checks: Checks,
  args: DeploymentReadyArgs & { readonly readinessProbe: ProbeArgs },
  { minReadySeconds }: Drain,
): number {
  const { readyWithinSeconds = READY_WITHIN_SECONDS } = args;
  const probeSeconds = soonestReady(args.readinessProbe);
  const soonest = probeSeconds + minReadySeconds;
  const least = Math.ceil((soonest + 1) / PROGRESS_SHARE);
  const why =
    soonest === 0
      ? undefined
      : `a Pod is ready after ${probeSeconds} s at the earliest, and then watched for ${minReadySeconds} s`;
  return checks.plain("args.readyWithinSeconds", readyWithinSeconds, int32(least, why));
}

/** `progressDeadlineSeconds` of the Deployment. */
export function progressDeadlineSeconds(readyWithinSeconds: number): number {
  return Math.floor(readyWithinSeconds * PROGRESS_SHARE);
}

/** Seconds before which a probe cannot pass, by the values that are known now. */
function soonestReady(probe: ProbeArgs): number {
  const known = (value: unknown, otherwise: number) =>
    typeof value === "number" && Number.isFinite(value) ? value : otherwise;
  const { initialDelaySeconds, periodSeconds, successThreshold } = probe ?? {};
  // A deferred period may turn out to be the shortest possible one.
  const period = periodSeconds === undefined ? PERIOD_SECONDS : known(periodSeconds, 1);
  return known(initialDelaySeconds, 0) + (known(successThreshold, 1) - 1) * period;
}
