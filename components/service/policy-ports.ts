import type { TargetPort } from "./target.ts";

/** The ports of a NetworkPolicy's rule. */
export function policyPorts(ports: readonly TargetPort[]) {
  return ports.map(({ containerPort, protocol }) => ({ port: containerPort, protocol }));
}
