import { rmSync } from "node:fs";
import { type StartOptions, startCluster, stopCluster } from "../local/cluster/embedded-cluster.ts";
import type { LocalPaths } from "../local/paths.ts";

/** Does something with an embedded cluster that was empty before, and leaves nothing of it. */
export async function onFreshCluster(
  paths: LocalPaths,
  options: StartOptions,
  work: () => Promise<void>,
): Promise<void> {
  await stopCluster(paths);
  rmSync(paths.root, { recursive: true, force: true });
  await startCluster(paths, options);
  try {
    await work();
  } finally {
    await stopCluster(paths);
    rmSync(paths.root, { recursive: true });
  }
}
