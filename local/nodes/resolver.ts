import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LocalPaths } from "../paths.ts";
import type { ProcessSpec } from "../processes/managed-process.ts";
import type { NodeParts } from "./configs.ts";
import { answersInVpc } from "./connect.ts";
import { clusterKey, RESOLVER } from "./names.ts";
import { inNamespace } from "./run-in.ts";

const HEALTH_PORT = 8053;

/** The names of the simulated load balancers and their addresses, as in a hosts file. */
export const hostsFile = (paths: LocalPaths): string => join(paths.run, "hosts");

/** The VPC's resolver: it knows the load balancers' names and no other. */
export function resolver({ paths, toolchain }: NodeParts): ProcessSpec {
  const hosts = hostsFile(paths);
  const config = `. {
  bind ${RESOLVER}
  errors
  health ${RESOLVER}:${HEALTH_PORT}
  hosts ${hosts} {
    reload 100ms
    ttl 1
  }
}
`;
  const file = join(paths.run, "resolver.conf");
  writeFileSync(file, config);
  if (!existsSync(hosts)) writeFileSync(hosts, "");
  const [command = "", ...namespace] = inNamespace(clusterKey(paths));
  return {
    name: "resolver",
    order: 4,
    command,
    args: [...namespace, toolchain.paths.coredns, `-conf=${file}`],
    restartOn: config,
    isReady: () => answersInVpc(paths, `http://${RESOLVER}:${HEALTH_PORT}/health`),
    readyTimeoutSeconds: 20,
  };
}
