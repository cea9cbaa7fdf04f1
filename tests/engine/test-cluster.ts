import { rmSync } from "node:fs";
import {
  type StartOptions,
  startCluster,
  stopCluster,
} from "../../local/cluster/embedded-cluster.ts";
import { localPaths } from "../../local/paths.ts";

/** A cluster that a set-up has started for tests, as they are told of it. */
export interface TestCluster {
  /** Its folder. */
  readonly root: string;
  /** URL of its simulated AWS. */
  readonly awsEndpoint: string;
}

declare module "vitest" {
  interface ProvidedContext {
    /** A cluster for each worker, in the order of their ids. */
    clusters: readonly TestCluster[];
  }
}

/** Starts a cluster that is empty, whatever a killed run has left in its folder. */
export async function startTestCluster(root: string, options: StartOptions): Promise<TestCluster> {
  const paths = localPaths(root);
  await stopCluster(paths);
  rmSync(paths.root, { recursive: true, force: true });
  const { aws } = await startCluster(paths, options);
  return { root, awsEndpoint: aws.endpoint };
}

/** Stops it and, unless somebody wants to look at it, removes what it has written. */
export async function stopTestCluster(root: string): Promise<void> {
  const paths = localPaths(root);
  await stopCluster(paths);
  if (!process.env["KEEP_TEST_CLUSTER"]) rmSync(paths.root, { recursive: true, force: true });
}
