import type { DrainNeed } from "../../service/target.ts";
import { DRAIN_SECONDS, HEALTH_CHECK_INTERVAL_SECONDS } from "../../workload/drain.ts";
import { HEALTH_CHECK_THRESHOLD, healthCheckOf } from "./health-check.ts";
import type { HealthCheckArgs } from "./intent-args.ts";

/**
 * The part of the drain that remains after the health checks, in which the load balancer learns of a change and acts on
 * it.
 */
const PROPAGATION_SECONDS =
  DRAIN_SECONDS.LoadBalancer - HEALTH_CHECK_INTERVAL_SECONDS * HEALTH_CHECK_THRESHOLD;

/**
 * The drain time that a load balancer needs. A Backend with a load balancer as an entrance drains for the default time
 * unless it states another one.
 */
export function drainNeed(controller: string, healthCheck: HealthCheckArgs): DrainNeed {
  const seconds = loadBalancerDrainSeconds(healthCheck);
  const fix =
    seconds > DRAIN_SECONDS.LoadBalancer
      ? "raise drainSeconds of the target's Backend, or lower args.healthCheckIntervalSeconds or args.healthCheckUnhealthyThreshold"
      : "add Entrance.LoadBalancer to the entrances of the target's Backend, or raise its drainSeconds";
  return { seconds, by: `a load balancer of ${controller}`, fix };
}

/**
 * How many seconds a Pod behind a load balancer must keep answering: until the health checks have failed, plus the
 * propagation.
 */
export function loadBalancerDrainSeconds(args: HealthCheckArgs): number {
  const { interval, unhealthy: threshold } = healthCheckOf(args);
  // A value that is not a number has already been reported.
  return Number.isFinite(interval) && Number.isFinite(threshold)
    ? Math.max(DRAIN_SECONDS.LoadBalancer, PROPAGATION_SECONDS + interval * threshold)
    : 0;
}
