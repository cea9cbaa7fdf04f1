import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { stopCluster } from "../cluster/embedded-cluster.ts";
import { localPaths } from "../paths.ts";

/** Stops the clusters of tests that were interrupted or killed, which had no time to do so. Nobody else may be testing meanwhile. */
export async function stopTestClusters(): Promise<void> {
  const folder = dirname(localPaths().testLock);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const paths = localPaths(join(folder, name));
    if (existsSync(paths.run)) await stopCluster(paths);
  }
}
