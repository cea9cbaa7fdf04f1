import type { DrainNeed } from "../../service/target.ts";
import { DRAIN_SECONDS, HEALTH_CHECK_INTERVAL_SECONDS } from "../../workload/drain.ts";
import type { HealthCheckArgs } from "./intent-args.ts";

/** Checks in a row that decide, where we set them. */
export const HEALTH_CHECK_THRESHOLD = 2;

/** What is left of the drain behind a load balancer beside its health checks, for it to learn of a change and act on it. */
const PROPAGATION_SECONDS =
  DRAIN_SECONDS.LoadBalancer - HEALTH_CHECK_INTERVAL_SECONDS * HEALTH_CHECK_THRESHOLD;

/** What a target needs to be behind a load balancer. A Backend that has it as an entrance drains for the usual time, and no longer. */
export function drainNeed(controller: string, healthCheck: HealthCheckArgs): DrainNeed {
  const seconds = loadBalancerDrainSeconds(healthCheck);
  const fix =
    seconds > DRAIN_SECONDS.LoadBalancer
      ? `lower args.healthCheckIntervalSeconds or args.healthCheckUnhealthyThreshold, the Pods of a Backend answer for ${DRAIN_SECONDS.LoadBalancer} seconds`
      : "add Entrance.LoadBalancer to the entrances of the target's Backend";
  return { seconds, by: `a load balancer of ${controller}`, fix };
}

/** How long a Pod behind a load balancer has to go on answering: until the health checks have failed, and some. */
export function loadBalancerDrainSeconds({
  healthCheckIntervalSeconds: interval = HEALTH_CHECK_INTERVAL_SECONDS,
  healthCheckUnhealthyThreshold: threshold = HEALTH_CHECK_THRESHOLD,
}: HealthCheckArgs): number {
  // What is no number has been reported.
  return Number.isFinite(interval) && Number.isFinite(threshold)
    ? Math.max(DRAIN_SECONDS.LoadBalancer, PROPAGATION_SECONDS + interval * threshold)
    : 0;
}
