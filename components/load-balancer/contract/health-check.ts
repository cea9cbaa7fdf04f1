import { HEALTH_CHECK_INTERVAL_SECONDS } from "../../workload/drain.ts";
import type { HealthCheckProtocol } from "./enums.ts";
import type { Intent } from "./intent.ts";
import type { HealthCheckArgs } from "./intent-args.ts";

/** The default number of checks in a row that change a target's health. */
export const HEALTH_CHECK_THRESHOLD = 2;

/** The health check of a load balancer, with every default that does not depend on the controller. */
export interface HealthCheck {
  /** Seconds between two checks. */
  readonly interval: number;
  /** How many checks in a row must succeed before a target receives traffic. */
  readonly healthy: number;
  /** How many checks in a row must fail before a target receives no more traffic. */
  readonly unhealthy: number;
  /** The protocol: HTTP if a path is set, otherwise TCP. */
  readonly protocol: HealthCheckProtocol;
}

/** The health check that a program requests. Values may be invalid if they have not been validated. */
export function healthCheckOf({
  healthCheckHealthyThreshold: healthy = HEALTH_CHECK_THRESHOLD,
  healthCheckIntervalSeconds: interval = HEALTH_CHECK_INTERVAL_SECONDS,
  healthCheckPath,
  healthCheckProtocol: protocol = healthCheckPath === undefined ? "Tcp" : "Http",
  healthCheckUnhealthyThreshold: unhealthy = HEALTH_CHECK_THRESHOLD,
}: HealthCheckArgs): HealthCheck {
  return { interval, healthy, unhealthy, protocol };
}

/** The port that health checks connect to. Undefined if each port is checked itself, or no port has the name. */
export function healthCheckPortOf({
  healthCheckPort,
  ports,
}: Intent): Intent["ports"][number] | undefined {
  return healthCheckPort === undefined
    ? undefined
    : ports.find(({ name }) => name === healthCheckPort);
}
