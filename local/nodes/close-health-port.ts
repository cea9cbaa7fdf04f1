import type { NodeParts } from "./configs.ts";
import { filterPackets } from "./filter-packets.ts";
import { GATEWAY } from "./names.ts";
import { KUBE_ROUTER_HEALTH_PORT } from "./node-processes.ts";

const TABLE = "table inet health_ports";

/**
 * Lets only the cluster itself, which asks from the gateway, come to the port at which kube-router tells its health: it listens at every
 * address of the node, serves what tells about its inside there as well, and cannot be told not to
 * (https://github.com/cloudnativelabs/kube-router/blob/v2.2.1/pkg/healthcheck/health_controller.go).
 */
export function closeHealthPort({ toolchain }: NodeParts, pid: number): Promise<void> {
  return filterPackets(toolchain.paths.nft, `/proc/${pid}/ns/net`, healthPortRules);
}

/** In place of those before, all at once; declared first, since only a table that is there can be deleted. */
export const healthPortRules = [
  TABLE,
  `delete ${TABLE}`,
  `${TABLE} {`,
  "chain input {",
  "type filter hook input priority filter",
  `meta nfproto ipv6 tcp dport ${KUBE_ROUTER_HEALTH_PORT} drop`,
  `ip saddr != ${GATEWAY} tcp dport ${KUBE_ROUTER_HEALTH_PORT} drop`,
  "}",
  "}",
].join("\n");
