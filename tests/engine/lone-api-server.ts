import { rmSync } from "node:fs";
import { KubeConfig } from "@kubernetes/client-node";
import { startApiServer, stopCluster } from "../../local/cluster/embedded-cluster.ts";
import { localPaths } from "../../local/paths.ts";
import { report } from "../../local/terminal.ts";
import type { Toolchain, ToolName } from "../../local/toolchain/ensure-toolchain.ts";

/** By minor version, the tool. */
const apiServers = {
  "1.35": "kube-apiserver-1.35",
  "1.36": "kube-apiserver",
} as const satisfies Record<string, ToolName>;

type MinorVersion = keyof typeof apiServers;

/** The versions of the API servers that can be started alone. */
export const minorVersions = Object.keys(apiServers) as MinorVersion[];

/** An API server with nothing behind it but its database: it judges objects, and nobody acts on them. */
export interface LoneApiServer {
  /** Access to it. */
  readonly config: KubeConfig;
  /** Ends it and removes all it has written. */
  readonly stop: () => Promise<void>;
}

const pathsOf = (version: MinorVersion) => localPaths(`.local/test/api-server-${version}`);

/** Starts an empty API server of a version, on ports of its own. */
export async function startLoneApiServer(
  version: MinorVersion,
  toolchain: Toolchain<ToolName>,
): Promise<LoneApiServer> {
  await removeLoneApiServer(version);
  const paths = pathsOf(version);
  const server = { "kube-apiserver": toolchain.paths[apiServers[version]] };
  const tools = { ...toolchain, paths: { ...toolchain.paths, ...server } };
  await startApiServer(paths, { toolchain: tools, report });
  const config = new KubeConfig();
  config.loadFromFile(paths.kubeconfig);
  return { config, stop: () => removeLoneApiServer(version) };
}

/** Ends those that tests started and did not live to stop, and removes all they have written. */
export async function removeLoneApiServers(): Promise<void> {
  for (const version of minorVersions) await removeLoneApiServer(version);
}

async function removeLoneApiServer(version: MinorVersion): Promise<void> {
  const paths = pathsOf(version);
  await stopCluster(paths);
  rmSync(paths.root, { recursive: true, force: true });
}
