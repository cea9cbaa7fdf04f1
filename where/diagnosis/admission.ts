import type { ClusterObjects, NetworkPolicy, Pod } from "../state/cluster-state.ts";
import { isInside } from "./addresses.ts";
import { declaredPorts, protocolOf } from "./pods.ts";
import { selects } from "./selectors.ts";

/** Whether something is admitted. */
export type Answer = "yes" | "no" | "unknown";

/** Who is at the other end. An absent field is not known. */
export interface Peer {
  /** Its namespace; absent for an address outside of the cluster. */
  readonly namespace?: string | undefined;
  /** The labels of its Pod; absent for any Pod of the namespace. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Its address. */
  readonly ip?: string | undefined;
}

/** A port that is called, as the Pod that serves it has it. */
export interface Target {
  /** The number. */
  readonly port: number;
  /** The protocol. */
  readonly protocol: string;
  /** The Pod that serves it; absent if it is not known. */
  readonly pod?: Pod | undefined;
}

type PolicySpec = NonNullable<NetworkPolicy["spec"]>;
type PolicyPort = NonNullable<NonNullable<PolicySpec["ingress"]>[number]["ports"]>[number];
type PolicyPeer = NonNullable<NonNullable<PolicySpec["ingress"]>[number]["from"]>[number];

/** The policies that select a Pod in one direction. Without any, everything is admitted. */
export function selecting(
  objects: ClusterObjects,
  pod: Pod,
  direction: "Ingress" | "Egress",
): readonly NetworkPolicy[] {
  return (objects.networkPolicies ?? []).filter(({ metadata, spec }) => {
    const types = spec?.policyTypes ?? [
      "Ingress",
      ...(spec?.egress === undefined ? [] : ["Egress"]),
    ];
    return (
      metadata?.namespace === pod.metadata?.namespace &&
      types.includes(direction) &&
      selects(spec?.podSelector ?? {}, pod.metadata?.labels)
    );
  });
}

/** Whether policies admit a call. Without a peer: whether they admit anybody. */
export function admits(
  objects: ClusterObjects,
  policies: readonly NetworkPolicy[],
  direction: "Ingress" | "Egress",
  target: Target,
  peer: Peer | undefined,
): Answer {
  if (policies.length === 0) return "yes";
  const answers = policies.flatMap(({ metadata, spec }) => {
    const rules =
      direction === "Ingress"
        ? (spec?.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports }))
        : (spec?.egress ?? []).map(({ to, ports }) => ({ peers: to, ports }));
    return rules
      .filter(({ ports = [] }) => ports.length === 0 || ports.some((it) => hasPort(it, target)))
      .map(
        ({ peers = [] }): Answer =>
          peers.length === 0 || peer === undefined
            ? "yes"
            : any(peers.map((it) => isPeer(objects, it, peer, metadata?.namespace))),
      );
  });
  return any(answers);
}

const any = (answers: readonly Answer[]): Answer =>
  answers.includes("yes") ? "yes" : answers.includes("unknown") ? "unknown" : "no";

function hasPort({ endPort, port, protocol = "TCP" }: PolicyPort, target: Target): boolean {
  if (protocol !== target.protocol) return false;
  if (port === undefined) return true;
  if (typeof port === "number") return target.port >= port && target.port <= (endPort ?? port);
  return (target.pod === undefined ? [] : declaredPorts(target.pod)).some(
    (it) => it.name === port && it.containerPort === target.port && protocolOf(it) === protocol,
  );
}

function isPeer(
  objects: ClusterObjects,
  { ipBlock, namespaceSelector, podSelector }: PolicyPeer,
  peer: Peer,
  home: string | undefined,
): Answer {
  if (ipBlock !== undefined) {
    if (peer.ip === undefined) return "unknown";
    const inside =
      isInside(peer.ip, [ipBlock.cidr ?? ""]) && !isInside(peer.ip, ipBlock.except ?? []);
    return inside ? "yes" : "no";
  }
  if (peer.namespace === undefined) return "no";
  const space =
    namespaceSelector === undefined
      ? answer(peer.namespace === home)
      : selectsNamespace(objects, namespaceSelector, peer.namespace);
  if (space === "no" || podSelector === undefined) return space;
  if (peer.labels === undefined) return isEmpty(podSelector) ? space : "unknown";
  return selects(podSelector, peer.labels) ? space : "no";
}

const answer = (is: boolean): Answer => (is ? "yes" : "no");

const isEmpty = ({
  matchExpressions = [],
  matchLabels = {},
}: NonNullable<PolicyPeer["podSelector"]>): boolean =>
  matchExpressions.length === 0 && Object.keys(matchLabels).length === 0;

/** Every namespace has its name as a label: https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name */
const NAME_LABEL = "kubernetes.io/metadata.name";

function selectsNamespace(
  { namespaces }: ClusterObjects,
  selector: NonNullable<PolicyPeer["namespaceSelector"]>,
  name: string,
): Answer {
  const labels = namespaces?.find(({ metadata }) => metadata?.name === name)?.metadata?.labels;
  const keys = [
    ...Object.keys(selector.matchLabels ?? {}),
    ...(selector.matchExpressions ?? []).map(({ key }) => key),
  ];
  if (labels === undefined && keys.some((it) => it !== NAME_LABEL)) return "unknown";
  return answer(selects(selector, { [NAME_LABEL]: name, ...labels }));
}
