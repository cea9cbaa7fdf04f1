import { rmSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startCluster, stopCluster } from "../../local/cluster/embedded-cluster.ts";
import { localPaths } from "../../local/paths.ts";
import { report } from "../../local/terminal.ts";
import { ensureToolchain, type Toolchain } from "../../local/toolchain/ensure-toolchain.ts";
import { testToolNames } from "../../local/toolchain/recipes.ts";
import { removeLoneApiServers } from "./lone-api-server.ts";
import { buildTestTools } from "./test-tools.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The tools of the cluster and its engine, found by the set-up. */
    toolchain: Toolchain;
    /** What the build of the tests' own tools failed with, once it has. */
    testToolsFailure: string;
    /** URL of the simulated AWS. */
    awsEndpoint: string;
    /** The folder of the cluster the set-up started. */
    root: string;
  }
}

const root = ".local/test/engine";

/** One cluster for all engine tests, apart from the one of `npm start`, and gone afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const paths = localPaths(root);
  await stopCluster(paths); // of a run that was killed
  rmSync(paths.root, { recursive: true, force: true });
  const toolchain = await ensureToolchain({ report });
  const testToolsFailure = join(paths.root, "test-tools-failure");
  const stopBuilding = buildTestTools(testToolNames, testToolsFailure);
  const { aws } = await startCluster(paths, { toolchain, report });
  project.provide("toolchain", toolchain);
  project.provide("testToolsFailure", testToolsFailure);
  project.provide("awsEndpoint", aws.endpoint);
  project.provide("root", root);
  return async () => {
    await stopBuilding();
    await stopCluster(paths);
    await removeLoneApiServers();
    if (!process.env["KEEP_TEST_CLUSTER"]) rmSync(paths.root, { recursive: true });
  };
}
