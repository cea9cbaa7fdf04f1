import type { Forwards } from "../cloud/load-balancers/forwards.ts";
import type { EmbeddedCluster } from "../cluster/embedded-cluster.ts";
import { NodeKind } from "../nodes/kind.ts";

/** What there is to tell once everything runs. */
export interface Started {
  readonly cluster: Pick<EmbeddedCluster, "network" | "server">;
  readonly kubeconfig: string;
  readonly nodes: NodeKind;
  /** The stack's outputs. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Which ports of this machine lead into the cluster. */
  readonly forwards: Forwards;
  /** Address of the page of where-is-my-pod; undefined where it could not be served. */
  readonly page: string | undefined;
}

/** What `npm start` ends with, as JSON. */
export interface StartResult {
  /** URL of the API server. */
  readonly cluster: string;
  readonly kubeconfig: string;
  /** What the nodes are. */
  readonly nodes: NodeKind;
  /** Where the back end answers, inside the cluster. */
  readonly backendUrl: string;
  /** Where the dev entrance answers, from the nodes' network. */
  readonly nodePortUrls: readonly string[];
  /** Where the load balancer answers, from the nodes' network. */
  readonly frontUrl: string;
  /** Where the dev entrance answers on this machine; null with simulated nodes, where nothing does. */
  readonly localNodePortUrl: string | null;
  /** Where the load balancer answers on this machine; null with simulated nodes. */
  readonly localFrontUrl: string | null;
  /** The live page of the back end's namespace, on this machine; the token in it opens it. Null where it could not be served. */
  readonly pageUrl: string | null;
}

/** Puts together what there is to tell. */
export function describeStart({
  cluster,
  forwards,
  kubeconfig,
  nodes,
  outputs,
  page,
}: Started): StartResult {
  const { backendUrl, frontAddress, frontUrl, nodePort } = outputs;
  const host = (frontAddress as { readonly host?: string } | undefined)?.host;
  const listener = forwards.listeners.find(({ dnsName }) => dnsName === host);
  const opened = forwards.nodePorts.find((forward) => forward.nodePort === nodePort);
  return {
    cluster: cluster.server,
    kubeconfig,
    nodes,
    backendUrl: String(backendUrl ?? ""),
    nodePortUrls: cluster.network.instances.map(
      ({ privateIpAddress }) => `http://${privateIpAddress}:${nodePort}`,
    ),
    frontUrl: String(frontUrl ?? ""),
    localNodePortUrl: opened === undefined ? null : local(opened.hostPort),
    localFrontUrl: listener === undefined ? null : local(listener.hostPort),
    pageUrl: page === undefined ? null : pageOf(page, String(backendUrl ?? "")),
  };
}

/** The page of the namespace in which the back end answers. */
function pageOf(page: string, backendUrl: string): string {
  const [, namespace] = /^https?:\/\/[^.]+\.([^.:/]+)/.exec(backendUrl) ?? [];
  return namespace === undefined ? page : `${page}?namespace=${namespace}`;
}

const local = (port: number): string => `http://127.0.0.1:${port}`;

/** What `npm start` ends with, for people. */
export function printStart(result: StartResult): string {
  const { localFrontUrl, localNodePortUrl } = result;
  const answers =
    result.nodes === NodeKind.Real
      ? "The dev stack is up: real Pods on real nodes. AWS is simulated, and HAProxy carries what its load balancer takes."
      : "The dev stack is up. Nodes and AWS are simulated: the addresses are real objects, but no packet reaches a Pod.";
  const nowhere = "simulated: nothing listens there";
  return `
${answers}

  cluster       ${result.cluster}
                kubectl --kubeconfig ${result.kubeconfig} get services,endpointslices,pods -A
  back end      ${result.backendUrl} (ClusterIP: inside the cluster only)
  dev entrance  ${localNodePortUrl ?? result.nodePortUrls[0]} (NodePort on every node${localNodePortUrl ? `: ${result.nodePortUrls.join(", ")}` : `; ${nowhere}`})
  front         ${localFrontUrl ?? result.frontUrl} (load balancer in the simulated AWS${localFrontUrl ? `: ${result.frontUrl}` : ""})

Stop it with npm stop; use the engine yourself after eval "$(npm run --silent env)"
Where is my Pod? ${result.pageUrl ?? "Its page could not be served"}
`.trimStart();
}
