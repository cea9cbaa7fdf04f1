import type { LocalPaths } from "../paths.ts";
import { stopProcess } from "../processes/managed-process.ts";
import { readRecords } from "../processes/record.ts";
import { NodeKind } from "./kind.ts";
import { removeVpc } from "./vpc.ts";

/** Processes that a cluster of either kind has. */
const COMMON = new Set([
  "aws",
  "aws-cloud-controller-manager",
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
]);

/** Stops what plays or is the nodes of the other kind, which an earlier start has left running. */
export async function stopOtherNodes(paths: LocalPaths, kind: NodeKind): Promise<void> {
  const others = readRecords(paths.run).filter(
    ({ name }) => !COMMON.has(name) && (name === "kwok") === (kind === NodeKind.Real),
  );
  for (const record of others.reverse()) await stopProcess(record, paths);
  if (kind === NodeKind.Simulated) await removeVpc(paths);
}
