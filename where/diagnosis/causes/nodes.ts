import type { Node } from "../../state/cluster-state.ts";
import { Certainty, Link } from "../diagnosis.ts";
import { conditionOf, isReady } from "../pods.ts";
import type { Rule } from "../rule.ts";
import { eventsOf, isExternal, since, type View } from "../view.ts";
import { brief, count, list, refOf, span } from "../words.ts";
import { callerOf } from "./policies.ts";

const ZONE = "topology.kubernetes.io/zone";

const nameOf = ({ metadata }: Node): string => metadata?.name ?? "?";
const readyCondition = ({ status }: Node) => conditionOf(status?.conditions, "Ready");
const isUp = (node: Node): boolean => (readyCondition(node)?.status ?? "True") === "True";

/** Nodes on which Pods of users run: without taints that keep them off, such as the control plane's. */
const workers = ({ objects }: View): readonly Node[] =>
  (objects.nodes ?? []).filter(
    ({ spec }) =>
      spec?.unschedulable !== true &&
      !(spec?.taints ?? []).some(({ effect }) => effect === "NoSchedule" || effect === "NoExecute"),
  );

const nodesWithEndpoint = (view: View): ReadonlySet<string> =>
  new Set(view.ready.flatMap(({ nodeName }) => nodeName ?? []));

const ports = (view: View): string =>
  list(view.ports.flatMap(({ nodePort }) => (nodePort ? `${nodePort}` : [])));

/** The node that a call reaches first. */
export const nodeRules: readonly Rule[] = [
  {
    cause: "node-port-taken",
    link: Link.Node,
    means: "Another Service has the node port, so this one has none of its own.",
    evidence: "Events of the Service; `spec.ports[].nodePort` of all Services",
    remedy: "Choose another `nodePort`, or let the API server choose one.",
    find: (view) => {
      const [event] = eventsOf(
        view,
        view.service?.metadata?.uid,
        /PortAlreadyAllocated|PortConflict/,
      );
      const others = (view.objects.services ?? []).filter(
        ({ metadata, spec }) =>
          metadata?.uid !== view.service?.metadata?.uid &&
          (spec?.ports ?? []).some(({ nodePort, protocol = "TCP" }) =>
            view.ports.some(
              (it) =>
                it.nodePort && it.nodePort === nodePort && (it.protocol ?? "TCP") === protocol,
            ),
          ),
      );
      if (!isExternal(view) || (event === undefined && others.length === 0)) return undefined;
      const who = others.map(({ metadata }) => `${metadata?.namespace}/${metadata?.name}`);
      return {
        sentence:
          who.length > 0
            ? `Node port ${ports(view)} belongs to ${list(who)} too`
            : `Node port ${ports(view)} belongs to another Service: ${brief(event?.message)}`,
        fix: "Remove nodePort from one of the Services, so that the API server chooses another one",
        about: [refOf("Service", view.service), ...others.map((it) => refOf("Service", it))],
      };
    },
  },
  {
    cause: "external-ip-shared",
    link: Link.Node,
    means:
      "Two Services have the same external IP and port; the nodes send the calls to one of them.",
    evidence: "`spec.externalIPs` and `spec.ports` of Services",
    remedy: "Remove the external IP from one of the Services.",
    find: (view) => {
      const own = view.service?.spec?.externalIPs ?? [];
      const other = (view.objects.services ?? []).find(
        ({ metadata, spec }) =>
          metadata?.uid !== view.service?.metadata?.uid &&
          (spec?.externalIPs ?? []).some((it) => own.includes(it)) &&
          (spec?.ports ?? []).some(({ port }) => view.ports.some((it) => it.port === port)),
      );
      if (own.length === 0 || other === undefined) return undefined;
      return {
        sentence: `Service ${other.metadata?.namespace}/${other.metadata?.name} has the same external IP ${list(own)} and port`,
        fix: "Remove the external IP from one of the Services",
        about: [refOf("Service", view.service), refOf("Service", other)],
      };
    },
  },
  {
    cause: "node-port-node-not-ready",
    link: Link.Node,
    means: "A node is not ready. Calls to the node port of this node get no answer.",
    evidence: "Condition `Ready` of the nodes",
    remedy: "Call another node, and repair or remove this one.",
    find: (view) => {
      const down = (view.objects.nodes ?? []).filter((it) => !isUp(it));
      const all = down.length === (view.objects.nodes ?? []).length;
      if (!isExternal(view) || down.length === 0 || view.ready.length === 0) return undefined;
      if (view.type === "LoadBalancer" && !all) return undefined;
      const age = since(view, down[0] && readyCondition(down[0])?.lastTransitionTime);
      return {
        sentence: `Node ${list(down.map(nameOf))} has not been ready for ${span(age)}, so its node port ${ports(view)} does not answer`,
        fix: "Call another node, and repair or remove this one",
        about: down.map((it) => refOf("Node", it)),
      };
    },
  },
  {
    cause: "kube-proxy-not-ready",
    link: Link.Node,
    means: "kube-proxy does not run on a node, so the node does not know the Services.",
    evidence: "Pods of `kube-system` with the label `k8s-app: kube-proxy`",
    remedy: "Look at the kube-proxy Pod of the node.",
    find: (view) => {
      const failed = (view.objects.pods ?? []).filter(
        (pod) =>
          pod.metadata?.namespace === "kube-system" &&
          pod.metadata.labels?.["k8s-app"] === "kube-proxy" &&
          !isReady(pod),
      );
      if (failed.length === 0 || view.service === undefined) return undefined;
      const names = failed.map(({ metadata, spec }) => spec?.nodeName ?? metadata?.name ?? "?");
      return {
        sentence: `Node ${list(names)} does not forward calls to Services: its kube-proxy is not ready`,
        fix: "Look at the kube-proxy Pod of the node: kubectl -n kube-system get pods -l k8s-app=kube-proxy -o wide",
        about: failed.map((it) => refOf("Pod", it)),
      };
    },
  },
  {
    cause: "external-policy-local-no-pod",
    link: Link.Node,
    means:
      "With `externalTrafficPolicy: Local` a node answers only where it has a ready Pod. The others drop the call.",
    evidence:
      "`spec.externalTrafficPolicy` of the Service; `nodeName` of the ready endpoints; the nodes",
    remedy:
      "Use `externalTrafficPolicy: Cluster`, or run a Pod on every node, or call the nodes that have one.",
    find: (view) => {
      const local = isExternal(view) && view.service?.spec?.externalTrafficPolicy === "Local";
      const up = workers(view).filter(isUp);
      if (!local || view.ready.length === 0 || up.length === 0) return undefined;
      const having = nodesWithEndpoint(view);
      const empty = up.map(nameOf).filter((it) => !having.has(it));
      // Load balancers leave out nodes without a Pod by their health checks.
      if (empty.length === 0 || (view.type === "LoadBalancer" && empty.length < up.length))
        return undefined;
      return {
        sentence: `externalTrafficPolicy is Local: ${count(empty.length, "node")} (${list(empty)}) drop the call; ready Pods are on ${list([...having])}`,
        fix: "Use externalTrafficPolicy: Cluster, or run a Pod on every node that is called",
        about: [
          refOf("Service", view.service),
          ...empty.slice(0, 3).map((name) => ({ kind: "Node", name })),
        ],
      };
    },
  },
  {
    cause: "internal-policy-local-no-pod",
    link: Link.Node,
    means:
      "With `internalTrafficPolicy: Local` a Pod reaches only endpoints on its own node. Where there are none, the call is dropped.",
    evidence:
      "`spec.internalTrafficPolicy` of the Service; `nodeName` of the ready endpoints; the nodes",
    remedy: "Use `internalTrafficPolicy: Cluster`, or run a Pod on every node.",
    find: (view) => {
      if (view.service?.spec?.internalTrafficPolicy !== "Local" || view.ready.length === 0)
        return undefined;
      const having = nodesWithEndpoint(view);
      const from = callerOf(view)?.spec?.nodeName;
      const empty =
        from === undefined
          ? workers(view)
              .map(nameOf)
              .filter((it) => !having.has(it))
          : having.has(from)
            ? []
            : [from];
      if (empty.length === 0) return undefined;
      return {
        sentence: `internalTrafficPolicy is Local: calls from ${list(empty)} are dropped, because no ready Pod runs there`,
        fix: "Use internalTrafficPolicy: Cluster, or run a Pod on every node",
        about: [
          refOf("Service", view.service),
          ...empty.slice(0, 3).map((name) => ({ kind: "Node", name })),
        ],
      };
    },
  },
  {
    cause: "zone-without-endpoint",
    link: Link.Node,
    means: "Topology hints give every endpoint to some zone, and a zone with nodes has none.",
    evidence:
      "`hints.forZones` of the endpoints; the label `topology.kubernetes.io/zone` of the nodes",
    remedy: "Run at least one Pod in every zone, or remove `trafficDistribution`.",
    find: (view) => {
      const hinted = view.ready.filter(({ hints }) => (hints?.forZones ?? []).length > 0);
      if (hinted.length === 0 || hinted.length < view.ready.length) return undefined;
      const served = new Set(
        hinted.flatMap(({ hints }) => (hints?.forZones ?? []).map(({ name }) => name)),
      );
      const zones = new Set(
        workers(view).flatMap(({ metadata }) => metadata?.labels?.[ZONE] ?? []),
      );
      const empty = [...zones].filter((it) => !served.has(it));
      if (empty.length === 0) return undefined;
      return {
        certainty: Certainty.Suspect,
        sentence: `Zone ${list(empty)} has nodes and no endpoint is meant for it`,
        fix: "Run at least one Pod in every zone, or remove trafficDistribution and topology annotations",
        about: [refOf("Service", view.service)],
      };
    },
  },
];
