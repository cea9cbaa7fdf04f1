import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Answer, Connection } from "../../../where/collect/connection.ts";
import { RESOURCES } from "../../../where/collect/resources.ts";
import type { ClusterState } from "../../../where/state/cluster-state.ts";

/** An API server that answers from a state: lists, names, namespaces and equality of labels. */
export interface StateApi {
  /** How many requests it got. */
  readonly paths: readonly string[];
  /** Answers a path. */
  readonly get: (path: string) => Answer;
}

/** The kinds of lists that belong to other APIs. */
const CUSTOM: Readonly<Record<string, string>> = {
  ciliumnetworkpolicies: "foreignPolicies",
  l2advertisements: "advertisements",
};

interface Item {
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

/** A server with the objects of a state. Resources that are `forbidden` answer 403. */
export function fakeApi(state: ClusterState, forbidden: readonly string[] = []): StateApi {
  const paths: string[] = [];
  const answer = (status: number, body: unknown): Answer => ({
    status,
    text: typeof body === "string" ? body : JSON.stringify(body),
    date: state.recordedAt,
  });
  return {
    paths,
    get: (path) => {
      paths.push(path);
      const [, log] = /\/pods\/([^/]+)\/log\?/.exec(path) ?? [];
      if (log !== undefined) {
        const line = state.logs?.find(({ pod }) => pod === log)?.lastLine;
        return forbidden.includes("log") ? answer(403, {}) : answer(200, `first\n${line}\n`);
      }
      if (path === "/apis") return answer(200, { groups: groupsOf(state) });
      const { pathname, searchParams } = new URL(path, "http://x");
      const [, namespace, plural, name] =
        /^\/(?:api\/v1|apis\/[^/]+\/[^/]+)(?:\/namespaces\/([^/]+))?\/([a-z]+)(?:\/([^/]+))?$/.exec(
          pathname,
        ) ?? [];
      if (plural === undefined || forbidden.includes(plural) || forbidden.includes("*"))
        return answer(403, {});
      const [kind = CUSTOM[plural]] =
        Object.entries(RESOURCES).find(([, it]) => it.plural === plural) ?? [];
      const all = (state.objects[kind as keyof typeof state.objects] ?? []) as readonly Item[];
      const labels = (searchParams.get("labelSelector") ?? "").split(",").filter(Boolean);
      const wanted =
        /^metadata\.name=(.+)$/.exec(searchParams.get("fieldSelector") ?? "")?.[1] ?? name;
      const items = all.filter(
        ({ metadata }) =>
          (namespace === undefined || metadata?.namespace === namespace) &&
          (wanted === undefined || metadata?.name === wanted) &&
          labels.every(
            (it) =>
              metadata?.labels?.[it.slice(0, it.indexOf("="))] === it.slice(it.indexOf("=") + 1),
          ),
      );
      if (name === undefined) return answer(200, { items });
      return items.length === 0 ? answer(404, {}) : answer(200, items[0]);
    },
  };
}

/** The API groups that a cluster with these objects has. */
const groupsOf = ({ objects }: ClusterState): readonly object[] => [
  ...(objects.httpRoutes === undefined ? [] : [{ name: "gateway.networking.k8s.io" }]),
  ...(objects.foreignPolicies?.length ? [{ name: "cilium.io" }] : []),
];

/** A connection to it, without a network. */
export const connectionTo = (api: StateApi): Connection => ({
  namespace: "shop",
  get: async (path) => api.get(path),
});

/** Serves it, by default on a free port; `undefined` accepts connections and never answers. */
export async function serve(
  api: StateApi | undefined,
  wanted = 0,
): Promise<{ readonly url: string; readonly port: number; close(): void }> {
  const server = createServer((request, response) => {
    if (api === undefined) return;
    const { date, status, text } = api.get(request.url ?? "/");
    response.writeHead(status, {
      "Content-Type": "application/json",
      Date: new Date(date ?? 0).toUTCString(),
    });
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(wanted, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
