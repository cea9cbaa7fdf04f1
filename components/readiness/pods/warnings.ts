import type { CoreV1Event } from "@kubernetes/client-node";
import type { KubernetesApis } from "../../cluster/client.ts";

/** The warnings of a namespace; none if they cannot be read, because they only explain. */
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
