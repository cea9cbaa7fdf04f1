import type { CoreV1Api } from "@kubernetes/client-node";

/** The uid of the namespace `kube-system`, by which one cluster is known from another. */
export async function clusterUid(core: CoreV1Api): Promise<string> {
  const { metadata } = await core.readNamespace({ name: "kube-system" });
  return metadata?.uid ?? "";
}
