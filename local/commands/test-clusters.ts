import { existsSync, globSync } from "node:fs";
import { dirname, join } from "node:path";
import { stopCluster } from "../cluster/embedded-cluster.ts";
import { localPaths } from "../paths.ts";

/** Stops the clusters of tests that were interrupted or killed, which had no time to do so. Nobody else may be testing meanwhile. */
export async function stopTestClusters(
  folder: string = dirname(localPaths().testLock),
): Promise<void> {
  // Some have a folder of their own among those of their kind.
  for (const name of globSync(["*", "*/*"], { cwd: folder })) {
    const paths = localPaths(join(folder, name));
    if (existsSync(paths.run)) await stopCluster(paths);
  }
}
