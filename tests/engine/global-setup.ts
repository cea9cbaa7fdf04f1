import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { checkout } from "../../local/paths.ts";
import { report } from "../../local/terminal.ts";
import { ensureToolchain, type Toolchain } from "../../local/toolchain/ensure-toolchain.ts";
import { nodeToolNames, testToolNames } from "../../local/toolchain/recipes.ts";
import { buildTestTools } from "../shared/test-tools.ts";
import { bundleClient } from "./bundled-client.ts";
import { removeLoneApiServers } from "./lone-api-server.ts";
import { startTestCluster, stopTestCluster } from "./test-cluster.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The tools of the cluster and its engine, found by the set-up. */
    toolchain: Toolchain;
    /** What the build of the tests' own tools failed with, once it has. */
    testToolsFailure: string;
  }
}

const folder = join(".local", "test");

/** A cluster for each worker, apart from the one of `npm start`, and gone afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { maxWorkers } = project.config;
  const roots = Array.from({ length: maxWorkers }, (_, index) =>
    join(folder, `engine-${index + 1}`),
  );
  const toolchain = await ensureToolchain({ report });
  const testToolsFailure = join(checkout, folder, "test-tools-failure");
  const stopBuilding = buildTestTools(toolsLeft(project), testToolsFailure);
  await bundleClient();
  const clusters = await Promise.all(
    roots.map((root) => startTestCluster(root, { toolchain, report })),
  );
  project.provide("toolchain", toolchain);
  project.provide("testToolsFailure", testToolsFailure);
  project.provide("clusters", clusters);
  return async () => {
    await stopBuilding();
    await Promise.all(roots.map(stopTestCluster));
    await removeLoneApiServers();
  };
}

/** What is built while tests run: what only some of these use and, in one go with it, what the next suites need. */
function toolsLeft({ vitest }: TestProject) {
  const withRealNodes = vitest.projects.some(({ name }) => name === "nodes");
  return [...testToolNames, ...(withRealNodes ? nodeToolNames : [])];
}
