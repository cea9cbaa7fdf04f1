import { BlockList, isIPv6 } from "node:net";
import { type LabelSelector, type Labels, matchesSelector } from "./label-selector.ts";
import type { Manifest } from "./manifest.ts";
import type { ContainerPort } from "./pod.ts";

/** One end of a connection. */
export interface Peer {
  /** The address; undefined if it is not known. */
  readonly ip: string | undefined;
  /** The Pod; undefined for an address outside the cluster. */
  readonly pod: PeerPod | undefined;
}

/** A Pod, as policies select it. */
export interface PeerPod {
  readonly namespace: string | undefined;
  readonly namespaceLabels: Labels;
  readonly labels: Labels;
  readonly ports: readonly ContainerPort[];
}

/** The connection that a Pod's policies decide on. */
export interface Question {
  readonly peer: Peer;
  /** The Pod that accepts the connection: a port's name refers to its ports. */
  readonly server: Peer;
  readonly port: number;
  readonly protocol: string;
  /** Thrown if the answer depends on whether a Pod without a known address is in an address range. */
  readonly assumed: boolean;
}

/** The two directions of a connection as seen from a Pod. */
export type Direction = "Egress" | "Ingress";

interface PolicySpec {
  readonly podSelector?: LabelSelector;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

interface Rule {
  readonly from?: readonly PolicyPeer[];
  readonly to?: readonly PolicyPeer[];
  readonly ports?: readonly PolicyPort[];
}

interface PolicyPeer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

interface PolicyPort {
  readonly port?: number | string;
  readonly endPort?: number;
  readonly protocol?: string;
}

/** Whether a manifest is a NetworkPolicy of Kubernetes, and not another API's kind with this name. */
export function isNetworkPolicy(manifest: Manifest): boolean {
  return manifest.apiVersion === "networking.k8s.io/v1" && manifest.kind === "NetworkPolicy";
}

/** Whether a policy closes one direction of a Pod, except for what its rules open. */
export function isolates(policy: Manifest, pod: PeerPod, direction: Direction): boolean {
  const { egress = [], podSelector = {}, policyTypes = [] } = specOf(policy);
  const both = egress.length > 0 ? ["Ingress", "Egress"] : ["Ingress"];
  return (
    policy.metadata.namespace === pod.namespace &&
    matchesSelector(pod.labels, podSelector) &&
    (policyTypes.length > 0 ? policyTypes : both).includes(direction)
  );
}

/** Whether a policy opens one direction to a peer. The caller has checked that the policy selects the Pod. */
export function opens(policy: Manifest, direction: Direction, question: Question): boolean {
  const { egress, ingress } = specOf(policy);
  const rules = (direction === "Ingress" ? ingress : egress) ?? [];
  return rules.some((rule) => {
    const peers = (direction === "Ingress" ? rule.from : rule.to) ?? [];
    const ports = rule.ports ?? [];
    return (
      (peers.length === 0 || peers.some((peer) => isPeer(policy, peer, question))) &&
      (ports.length === 0 || ports.some((port) => isPort(port, question)))
    );
  });
}

function specOf(policy: Manifest): PolicySpec {
  return (policy["spec"] ?? {}) as PolicySpec;
}

function isPeer(policy: Manifest, wanted: PolicyPeer, { assumed, peer }: Question): boolean {
  const { ipBlock, namespaceSelector, podSelector } = wanted;
  if (ipBlock !== undefined) {
    const { cidr, except = [] } = ipBlock;
    return peer.ip === undefined
      ? assumed
      : isIn(peer.ip, cidr) && !except.some((range) => isIn(peer.ip as string, range));
  }
  const { pod } = peer;
  if (pod === undefined || (namespaceSelector ?? podSelector) === undefined) {
    return false;
  }
  const inNamespace =
    namespaceSelector === undefined
      ? pod.namespace === policy.metadata.namespace
      : matchesSelector(pod.namespaceLabels, namespaceSelector);
  return inNamespace && matchesSelector(pod.labels, podSelector ?? {});
}

function isPort(wanted: PolicyPort, { port, protocol, server }: Question): boolean {
  const { endPort, port: first, protocol: its = "TCP" } = wanted;
  if (its !== protocol) {
    return false;
  }
  if (typeof first === "string") {
    const declared = server.pod?.ports ?? [];
    return declared.some(
      (it) => it.name === first && it.containerPort === port && (it.protocol ?? "TCP") === its,
    );
  }
  return first === undefined || (port >= first && port <= (endPort ?? first));
}

/** Whether an address is in a range such as `10.0.0.0/8`. An address of the other family is not. */
function isIn(ip: string, cidr: string): boolean {
  const [network = "", length = ""] = cidr.split("/");
  const family = isIPv6(network) ? "ipv6" : "ipv4";
  const list = new BlockList();
  list.addSubnet(network, Number(length), family);
  return list.check(ip, family);
}
