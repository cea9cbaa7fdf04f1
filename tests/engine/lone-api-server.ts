import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { KubeConfig } from "@kubernetes/client-node";
import {
  startApiServer,
  startControlPlane,
  stopCluster,
} from "../../local/cluster/embedded-cluster.ts";
import { checkout, type LocalPaths, localPaths } from "../../local/paths.ts";
import { report } from "../../local/terminal.ts";
import type { Toolchain, ToolName } from "../../local/toolchain/ensure-toolchain.ts";

/** By minor version, the API servers that can be started alone. */
export const apiServers = {
  "1.35": "kube-apiserver-1.35",
  "1.36": "kube-apiserver",
} as const satisfies Record<string, ToolName>;

type MinorVersion = keyof typeof apiServers;

/** Their versions. */
export const minorVersions = Object.keys(apiServers) as MinorVersion[];

/** An API server with nothing behind it but its database: it judges objects, and nobody acts on them. */
export interface LoneApiServer {
  /** Access to it. */
  readonly config: KubeConfig;
  /** Ends it and removes all it has written. */
  readonly stop: () => Promise<void>;
}

/** The same with the controllers of what it keeps: what is deleted goes, and there is nobody to run Pods. */
export interface LoneControlPlane extends LoneApiServer {
  /** Its folder. A process that is recorded there ends with it. */
  readonly paths: LocalPaths;
}

const folder = ".local/test/alone";

/** Of each worker its own: two files may start the same at once. */
const pathsOf = (name: string) =>
  localPaths(join(folder, `${name}-${process.env["VITEST_POOL_ID"]}`));

/** Starts an empty API server of a version, on ports of its own. */
export async function startLoneApiServer(
  version: MinorVersion,
  executable: string,
  toolchain: Toolchain,
): Promise<LoneApiServer> {
  const paths = pathsOf(`api-server-${version}`);
  await remove(paths);
  const tools = { ...toolchain, paths: { ...toolchain.paths, "kube-apiserver": executable } };
  await startApiServer(paths, { toolchain: tools, report });
  return { config: configOf(paths), stop: () => remove(paths) };
}

/** Starts an empty control plane without nodes, on ports of its own. */
export async function startLoneControlPlane(toolchain: Toolchain): Promise<LoneControlPlane> {
  const paths = pathsOf("control-plane");
  await remove(paths);
  await startControlPlane(paths, { toolchain, report });
  return { config: configOf(paths), paths, stop: () => remove(paths) };
}

/** Ends those that tests started and did not live to stop, and removes all they have written. */
export async function removeLoneApiServers(): Promise<void> {
  const at = join(checkout, folder);
  if (!existsSync(at)) return;
  for (const name of readdirSync(at)) await remove(localPaths(join(folder, name)));
}

function configOf({ kubeconfig }: LocalPaths): KubeConfig {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  return config;
}

async function remove(paths: LocalPaths): Promise<void> {
  await stopCluster(paths);
  rmSync(paths.root, { recursive: true, force: true });
}
