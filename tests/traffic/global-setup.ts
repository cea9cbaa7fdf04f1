import { rmSync } from "node:fs";
import type { TestProject } from "vitest/node";
import { startCluster, stopCluster } from "../../local/cluster/embedded-cluster.ts";
import { UserError } from "../../local/errors.ts";
import { obstacleToRealNodes } from "../../local/nodes/kind.ts";
import { localPaths } from "../../local/paths.ts";
import { report } from "../../local/terminal.ts";
import { ensureToolchain, type Toolchain } from "../../local/toolchain/ensure-toolchain.ts";
import {
  type LocalToolName,
  localToolNames,
  type NodeToolName,
  nodeToolNames,
} from "../../local/toolchain/recipes.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The tools of real nodes, found by the set-up. */
    nodeToolchain: Toolchain<LocalToolName | NodeToolName>;
  }
}

const root = ".local/test/traffic";

/** One cluster with real nodes for all traffic tests, apart from the one of `npm start`, and gone afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const obstacle = await obstacleToRealNodes();
  if (obstacle !== undefined) throw new UserError(`Cannot test with real nodes: ${obstacle}`);
  const paths = localPaths(root);
  await stopCluster(paths); // of a run that was killed
  rmSync(paths.root, { recursive: true, force: true });
  const tools = [...localToolNames, ...nodeToolNames];
  const toolchain = await ensureToolchain({ tools, report });
  const { aws } = await startCluster(paths, { toolchain, realNodes: toolchain, report });
  project.provide("toolchain", toolchain);
  project.provide("nodeToolchain", toolchain);
  project.provide("awsEndpoint", aws.endpoint);
  project.provide("root", root);
  return async () => {
    await stopCluster(paths);
    if (!process.env["KEEP_TEST_CLUSTER"]) rmSync(paths.root, { recursive: true });
  };
}
