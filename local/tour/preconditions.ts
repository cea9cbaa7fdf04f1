import { existsSync } from "node:fs";
import { UserError } from "../errors.ts";
import { obstacleToRealNodes } from "../nodes/kind.ts";
import type { LocalPaths } from "../paths.ts";
import { isRunning, readRecord } from "../processes/record.ts";
import type { World } from "./world.ts";

/** @throws UserError with the way out when there is no running cluster with real nodes */
export async function requireRealNodes(paths: LocalPaths): Promise<void> {
  const runs = (name: string) => {
    const record = readRecord(paths.run, name);
    return record !== undefined && isRunning(record);
  };
  if (!existsSync(paths.kubeconfig) || !runs("kube-apiserver")) {
    throw new UserError("Cannot walk the tour: no cluster runs here; run npm start first");
  }
  if (runs("connect-proxy")) return;
  const obstacle = await obstacleToRealNodes();
  const wayOut =
    obstacle === undefined
      ? "run npm start -- --nodes real"
      : `real ones are not possible here: ${obstacle}`;
  throw new UserError(
    `Cannot walk the tour: the nodes are simulated, and no packet reaches a Pod; ${wayOut}`,
  );
}

/** @throws UserError with the way out when something that the steps walk through is not there */
export async function requireExample({ core, example }: World): Promise<void> {
  const { devService, frontService, insideService, namespace } = example;
  const { items } = await core.listNamespacedService({ namespace });
  const there = new Set(items.map(({ metadata }) => metadata?.name));
  const missing = [insideService, devService, frontService].filter((name) => !there.has(name));
  if (missing.length === 0) return;
  throw new UserError(
    `Cannot walk the tour: the namespace ${namespace} has no Service ${missing.join(", ")}; run npm start, which deploys the dev stack`,
  );
}
