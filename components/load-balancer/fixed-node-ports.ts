import type { PortRangeArgs } from "../cluster/args.ts";
import type { NodePortClaim } from "../service/node-port-registry.ts";
import { type NodePortArgs, readPorts, type WantedPort } from "../service/ports.ts";
import type { Checks } from "../validation/checks.ts";
import { integer } from "../validation/rules.ts";
import type { LoadBalancerDialect } from "./contract/dialect.ts";
import type { Intent } from "./contract/intent.ts";

/** Reads the ports, whose fixed node ports must be in the cluster's range. */
export function readLoadBalancerPorts(
  checks: Checks,
  ports: readonly NodePortArgs[],
  { first, last }: PortRangeArgs,
): readonly WantedPort[] {
  const inRange = integer(first, last);
  return readPorts(checks, ports, (path, { nodePort }) =>
    nodePort === undefined ? undefined : checks.plain(`${path}.nodePort`, nodePort, inRange),
  );
}

/** Rejects fixed node ports where the controller uses none: they would be open without need, and no range limits them. */
export function checkNodePortsNeeded(
  checks: Checks,
  dialect: LoadBalancerDialect,
  intent: Intent,
): void {
  const must = `must not be set: ${dialect.name} sends no traffic to node ports here`;
  const claims = nodePortClaims(intent.ports, {}).filter(({ port }) => port !== undefined);
  checks.gate(intent, () =>
    dialect.needsNodePorts(intent)
      ? []
      : claims.map(({ path, port: value }) => ({ path, value, must })),
  );
}

/** The fixed node ports of a load balancer: those of its ports, and the one for the health check of nodes. */
export function nodePortClaims(
  ports: readonly WantedPort[],
  { healthCheckNodePort }: { readonly healthCheckNodePort?: number },
): readonly NodePortClaim[] {
  const ofPorts = ports.flatMap(({ nodePort }, index) => {
    // Two protocols may share one number.
    const first = ports.findIndex((other) => other.nodePort === nodePort);
    return first < index ? [] : [{ path: `args.ports[${index}].nodePort`, port: nodePort }];
  });
  return [...ofPorts, { path: "args.healthCheckNodePort", port: healthCheckNodePort }];
}
