import type { TestProject } from "vitest/node";
import { UserError } from "../../local/errors.ts";
import { obstacleToRealNodes } from "../../local/nodes/kind.ts";
import { report } from "../../local/terminal.ts";
import { ensureToolchain, type Toolchain } from "../../local/toolchain/ensure-toolchain.ts";
import {
  type LocalToolName,
  localToolNames,
  type NodeToolName,
  nodeToolNames,
} from "../../local/toolchain/recipes.ts";
import { bundleClient } from "../engine/bundled-client.ts";
import { startTestCluster, stopTestCluster } from "../engine/test-cluster.ts";

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
  const tools = [...localToolNames, ...nodeToolNames];
  const toolchain = await ensureToolchain({ tools, report });
  await bundleClient();
  const cluster = await startTestCluster(root, { toolchain, realNodes: toolchain, report });
  project.provide("toolchain", toolchain);
  project.provide("nodeToolchain", toolchain);
  project.provide("clusters", [cluster]);
  return () => stopTestCluster(root);
}
