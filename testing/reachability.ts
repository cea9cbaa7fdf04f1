import { isIP } from "node:net";
import { describeManifest, type Manifest } from "./manifest.ts";
import { type Direction, isNetworkPolicy, isolates, opens, type Peer } from "./network-policy.ts";
import { podOf, podTemplateOf } from "./pod-template.ts";

/** An attempted connection. */
export interface ConnectionAttempt {
  /** The client: a Pod, an object that makes Pods, or an address outside the cluster such as `203.0.113.7`. */
  readonly from: Manifest | string;
  /** The server: a Pod, an object that makes Pods, or an address outside the cluster. */
  readonly to: Manifest | string;
  /** The port on which the Pod listens, not the port of a Service in front of it. */
  readonly port: number;
  /**
   * The transport protocol: `TCP`, `UDP` or `SCTP`.
   *
   * @default - TCP
   */
  readonly protocol?: string;
}

/**
 * Whether the NetworkPolicies among some manifests allow a connection: those that select the client Pod allow its
 * egress, and those that select the server Pod allow its ingress. A Pod that no policy selects is open.
 *
 * A namespace has the labels of its Namespace among the manifests, plus its name, which Kubernetes sets as a label. The
 * network itself is not considered: it may not enforce policies, a node always reaches its own Pods, and an address may
 * be translated on its way.
 *
 * @param manifests The objects of a program, usually of {@link renderManifests}, or read from a cluster.
 * @param attempt The client and the server.
 * @throws TypeError if an end is neither a Pod, an object that makes Pods nor an address; if it is a Pod in its node's
 * network, for which Kubernetes does not define the effect of policies; or if the answer depends on the address of a
 * Pod that has none yet.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function mayConnect(manifests: readonly Manifest[], attempt: ConnectionAttempt): boolean {
  return whyRefused(manifests, attempt) === undefined;
}

/** Why a connection is not allowed; undefined if it is. */
export function whyRefused(
  manifests: readonly Manifest[],
  attempt: ConnectionAttempt,
): string | undefined {
  const [at, elsewhere] = [true, false].map((assumed) => reason(manifests, attempt, assumed));
  // Rules only ever open connections: a connection that is refused even if addresses match is refused in any case.
  if (at === undefined && elsewhere !== undefined) {
    unfit("it depends on the address of a Pod, which is not known; give a Pod with status.podIP");
  }
  return at;
}

function reason(
  manifests: readonly Manifest[],
  { from, port, protocol = "TCP", to }: ConnectionAttempt,
  assumed: boolean,
): string | undefined {
  const [client, server] = [peerOf(manifests, from), peerOf(manifests, to)];
  if (isSamePod(from, to)) {
    return undefined;
  }
  const way = `${port}/${protocol}`;
  const closed = (direction: Direction, own: Peer, peer: Peer) =>
    closedBy(manifests, direction, own, { assumed, peer, port, protocol, server });
  const out = closed("Egress", client, server);
  if (out.length > 0) {
    return `${out.join(" and ")} of ${nameOfEnd(from)} lets no connection out to ${nameOfEnd(to)} on ${way}`;
  }
  const into = closed("Ingress", server, client);
  return into.length > 0
    ? `${into.join(" and ")} of ${nameOfEnd(to)} lets no connection in from ${nameOfEnd(from)} on ${way}`
    : undefined;
}

/** The policies that close a direction of a Pod, if none of them opens it. */
function closedBy(
  manifests: readonly Manifest[],
  direction: Direction,
  { pod }: Peer,
  question: Parameters<typeof opens>[2],
): readonly string[] {
  const policies = manifests.filter(
    (it) => pod !== undefined && isNetworkPolicy(it) && isolates(it, pod, direction),
  );
  return policies.some((policy) => opens(policy, direction, question))
    ? []
    : policies.map(describeManifest).sort();
}

function peerOf(manifests: readonly Manifest[], end: Manifest | string): Peer {
  if (typeof end === "string") {
    return isIP(end) === 0 ? unfit(`"${end}" is no IP address`) : { ip: end, pod: undefined };
  }
  // A test may not have found the manifest that it searched for.
  const template = (end as Manifest | undefined) && podTemplateOf(end);
  if (template === undefined) {
    return unfit(`${end === undefined ? "undefined" : nameOfEnd(end)} makes no Pods`);
  }
  if (podOf(end)?.spec?.hostNetwork === true) {
    return unfit(`${nameOfEnd(end)} is in the network of its node`);
  }
  const { namespace } = end.metadata;
  const { podIP } = (end["status"] ?? {}) as { readonly podIP?: string };
  const namespaceLabels = labelsOf(manifests, namespace);
  return { ip: podIP, pod: { ...template, namespace, namespaceLabels } };
}

function unfit(why: string): never {
  throw new TypeError(`Cannot judge a connection: ${why}`);
}

/** No policy prevents a Pod from connecting to itself. */
function isSamePod(one: Manifest | string, other: Manifest | string): boolean {
  return (
    typeof one !== "string" &&
    typeof other !== "string" &&
    one.kind === "Pod" &&
    describeManifest(one) === describeManifest(other)
  );
}

function labelsOf(manifests: readonly Manifest[], name: string | undefined) {
  const found = manifests.find(
    (it) => it.apiVersion === "v1" && it.kind === "Namespace" && it.metadata.name === name,
  );
  const labels = (found?.metadata["labels"] ?? {}) as Record<string, string>;
  return name === undefined ? labels : { ...labels, "kubernetes.io/metadata.name": name };
}

/** An end of a connection in a message. */
export function nameOfEnd(end: Manifest | string): string {
  return typeof end === "string" ? end : describeManifest(end);
}
