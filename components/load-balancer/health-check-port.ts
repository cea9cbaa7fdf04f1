import { reportUnknownName, type WantedPort } from "../service/ports.ts";
import type { Checks } from "../validation/checks.ts";
import type { HealthCheckArgs } from "./contract/intent-args.ts";

/** Reports a health check of a port that the Service does not have. */
export function checkHealthCheckPort(
  checks: Checks,
  { healthCheckPort: value }: HealthCheckArgs,
  ports: readonly WantedPort[],
): void {
  // A value that is not a name has already been reported, and may be of any type.
  if (typeof value === "string" && value !== "" && !ports.some(({ name }) => name === value)) {
    reportUnknownName(checks, "args.healthCheckPort", value, ports);
  }
}
