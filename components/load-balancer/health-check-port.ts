import type { WantedPort } from "../service/ports.ts";
import type { Checks } from "../validation/checks.ts";
import type { HealthCheckArgs } from "./contract/intent-args.ts";

/** Reports a health check of a port that the Service does not have. */
export function checkHealthCheckPort(
  checks: Checks,
  { healthCheckPort: value }: HealthCheckArgs,
  ports: readonly WantedPort[],
): void {
  // A value that is not a name has already been reported, and may be of any type.
  const names = ports.flatMap(({ name }) => (typeof name === "string" ? [name] : []));
  if (typeof value === "string" && value !== "" && !names.includes(value)) {
    const known = names.map((name) => `"${name}"`).join(" or ");
    checks.report("args.healthCheckPort", value, `must be the name of a port: ${known}`);
  }
}
