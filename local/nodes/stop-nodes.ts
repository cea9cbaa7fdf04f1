import type { LocalPaths } from "../paths.ts";
import { stopProcess } from "../processes/managed-process.ts";
import { readRecords } from "../processes/record.ts";
import { NodeKind } from "./kind.ts";
import { removeVpc } from "./vpc.ts";

/** Processes that a cluster has whatever its nodes are, and that do not care. */
const STAYING = new Set(["aws", "etcd"]);

/** Those that a cluster of either kind has. The API server begins anew with other nodes, and those that watch it would take up to a minute to find it again. */
const CONTROL_PLANE = new Set([
  "aws-cloud-controller-manager",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
]);

/** Where nodes of the other kind run, which an earlier start has left, stops all processes that the kind matters to. */
export async function stopOtherNodes(paths: LocalPaths, kind: NodeKind): Promise<void> {
  const running = readRecords(paths.run).filter(({ name }) => !STAYING.has(name));
  const isOther = ({ name }: { readonly name: string }) =>
    !CONTROL_PLANE.has(name) && (name === "kwok") === (kind === NodeKind.Real);
  if (running.some(isOther)) {
    for (const record of running.reverse()) await stopProcess(record, paths);
  }
  if (kind === NodeKind.Simulated) await removeVpc(paths);
}
