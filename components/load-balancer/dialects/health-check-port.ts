import type { ServicePort } from "../../service/ports.ts";
import type { Finding } from "../../validation/checks.ts";
import { healthCheckPortOf } from "../contract/health-check.ts";
import type { Intent } from "../contract/intent.ts";

const PATH = "args.healthCheckPort";

/** Rejects a health check of a port that cannot answer: no controller checks UDP or SCTP. */
export function healthCheckPortFindings(
  ports: readonly ServicePort[],
  { healthCheckPort: value }: Intent,
): readonly Finding[] {
  const checked = ports.find(({ name }) => name === value);
  const tcp = ports.filter(({ protocol }) => protocol === "TCP").map(({ name }) => `"${name}"`);
  const must =
    tcp.length === 0
      ? "must not be set: no port is TCP, and health checks use nothing else"
      : `must be the name of a TCP port: ${tcp.join(" or ")}`;
  return checked === undefined || checked.protocol === "TCP" ? [] : [{ path: PATH, value, must }];
}

/**
 * Rejects a health check of a port without a fixed node port. The controller reads the number of a node port, which is
 * not known before the API server has chosen one.
 */
export function fixedNodePortFindings(name: string, intent: Intent): readonly Finding[] {
  const checked = healthCheckPortOf(intent);
  const must = `must be a port with a fixed nodePort: ${name} reads its number`;
  return checked !== undefined && checked.nodePort === undefined
    ? [{ path: PATH, value: intent.healthCheckPort, must }]
    : [];
}
