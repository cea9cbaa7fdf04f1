import { join } from "node:path";
import type { LocalPaths } from "../../local/paths.ts";
import { startProxyOf } from "../../tests/shared/api-proxy.ts";

/**
 * Does something with a kubeconfig that leads through a proxy, and counts the requests to the API server by verb. What the cluster's own
 * controllers ask is not counted.
 */
export async function countedThrough(
  { kubeconfig }: LocalPaths,
  folder: string,
  work: (kubeconfig: string) => Promise<void>,
): Promise<Readonly<Record<string, number>>> {
  const verbs: Record<string, number> = {};
  const path = join(folder, "kubeconfig");
  const proxy = await startProxyOf(kubeconfig, path, (request) => {
    const verb = verbOf(request);
    verbs[verb] = (verbs[verb] ?? 0) + 1;
    return undefined;
  });
  try {
    await work(path);
  } finally {
    await proxy.close();
  }
  return verbs;
}

/** The path below a version of the API, such as `namespaces/default/services`. */
const RESOURCE = /^\/(?:api\/v1|apis\/[^/]+\/[^/]+)\/(.+)$/;

/** The verb of a request: the HTTP method, with watches, lists, discovery and dry runs apart. */
export function verbOf({ method, url }: { readonly method: string; readonly url: string }): string {
  const { pathname, searchParams } = new URL(url, "http://api");
  if (method !== "GET") return searchParams.has("dryRun") ? `${method} dry run` : method;
  const resource = RESOURCE.exec(pathname)?.[1];
  if (resource === undefined) return "discovery";
  if (["1", "true"].includes(searchParams.get("watch") ?? "")) return "WATCH";
  return resource.split("/").length % 2 === 1 ? "LIST" : "GET";
}
