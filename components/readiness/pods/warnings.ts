import type { CoreV1Event } from "@kubernetes/client-node";
import type { KubernetesApis } from "../../cluster/client.ts";

/** The warnings of a namespace; none where they may not be read, for they only explain. */
export async function warningsOf(
  core: KubernetesApis["core"],
  namespace: string,
): Promise<readonly CoreV1Event[]> {
  try {
    const { items } = await core.listNamespacedEvent({ namespace, fieldSelector: "type=Warning" });
    return items;
  } catch {
    return [];
  }
}
