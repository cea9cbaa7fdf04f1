import { rmSync } from "node:fs";
import type { TestProject } from "vitest/node";
import { startCluster, stopCluster } from "../../local/cluster/embedded-cluster.ts";
import { localPaths } from "../../local/paths.ts";
import { report } from "../../local/terminal.ts";
import {
  ensureToolchain,
  type Toolchain,
  type ToolName,
} from "../../local/toolchain/ensure-toolchain.ts";
import { toolNames } from "../../local/toolchain/recipes.ts";
import { removeLoneApiServers } from "./lone-api-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The tools, found by the set-up. */
    toolchain: Toolchain<ToolName>;
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
  const toolchain = await ensureToolchain({ tools: toolNames, report });
  const { aws } = await startCluster(paths, { toolchain, report });
  project.provide("toolchain", toolchain);
  project.provide("awsEndpoint", aws.endpoint);
  project.provide("root", root);
  return async () => {
    await stopCluster(paths);
    await removeLoneApiServers();
    if (!process.env["KEEP_TEST_CLUSTER"]) rmSync(paths.root, { recursive: true });
  };
}
