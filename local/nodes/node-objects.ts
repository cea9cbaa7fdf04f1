import type { CoreV1Api, V1Node } from "@kubernetes/client-node";
import { waitFor } from "../wait.ts";
import { NodeKind } from "./kind.ts";

const READY_TIMEOUT_SECONDS = 60;
/** The annotation by which kwok knows the nodes it plays. */
export const SIMULATED = "kwok.x-k8s.io/node";

/** Waits until that many nodes take Pods. */
export async function untilSchedulable(
  api: CoreV1Api,
  count: number,
  signal?: AbortSignal,
): Promise<void> {
  await waitFor(
    async () => {
      const { items } = await api.listNode();
      return items.length >= count && items.every(isSchedulable);
    },
    { awaited: "the nodes to take Pods", timeoutSeconds: READY_TIMEOUT_SECONDS, signal },
  );
}

/** Removes the nodes that an earlier start of the other kind has left, and the Pods on them, which nobody can end any more. */
export async function removeOtherNodes(api: CoreV1Api, kind: NodeKind): Promise<void> {
  const { items } = await api.listNode();
  const others = items.filter((node) => kindOf(node) !== kind);
  const names = new Set(others.map((node) => node.metadata?.name));
  if (names.size === 0) return;
  const pods = (await api.listPodForAllNamespaces()).items;
  for (const { metadata, spec } of pods) {
    if (!names.has(spec?.nodeName)) continue;
    const { name = "", namespace = "" } = metadata ?? {};
    await api.deleteNamespacedPod({ name, namespace, gracePeriodSeconds: 0 });
  }
  for (const name of names) await api.deleteNode({ name: name ?? "" });
}

const kindOf = (node: V1Node): NodeKind =>
  node.metadata?.annotations?.[SIMULATED] === undefined ? NodeKind.Real : NodeKind.Simulated;

/** A node that was drained and forgotten does not count. */
function isSchedulable(node: V1Node): boolean {
  const ready = node.status?.conditions?.some(
    ({ type, status }) => type === "Ready" && status === "True",
  );
  return ready === true && !node.spec?.taints?.some(({ effect }) => effect !== "PreferNoSchedule");
}
