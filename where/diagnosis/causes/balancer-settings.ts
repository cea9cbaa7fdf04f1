import { isAddress, isInside, isPrivate } from "../addresses.ts";
import { Certainty, Link } from "../diagnosis.ts";
import { conditionOf, isReady } from "../pods.ts";
import type { Rule } from "../rule.ts";
import { since, type View } from "../view.ts";
import { brief, list, refOf, span } from "../words.ts";
import { CONTROLLERS, controllerOfClass } from "./controllers.ts";

/** The annotations that make a load balancer internal, with their values. */
const INTERNAL: Readonly<Record<string, RegExp>> = {
  "service.beta.kubernetes.io/aws-load-balancer-scheme": /^internal$/,
  "service.beta.kubernetes.io/aws-load-balancer-internal": /^(true|0\.0\.0\.0\/0)$/,
  "networking.gke.io/load-balancer-type": /^Internal$/,
  "cloud.google.com/load-balancer-type": /^Internal$/,
  "service.beta.kubernetes.io/azure-load-balancer-internal": /^true$/,
  "service.beta.kubernetes.io/do-loadbalancer-network": /^INTERNAL$/,
  "load-balancer.hetzner.cloud/use-private-ip": /^true$/,
};

const GATE = "target-health.";
const EXCLUDED = "node.kubernetes.io/exclude-from-external-load-balancers";

const isBalancer = ({ type }: View): boolean => type === "LoadBalancer";
const annotationsOf = ({ service }: View) => service?.metadata?.annotations ?? {};
const finalizersOf = ({ service }: View) => service?.metadata?.finalizers ?? [];
const ingressOf = ({ service }: View) => service?.status?.loadBalancer?.ingress ?? [];
const addressesOf = (view: View): readonly string[] =>
  ingressOf(view).flatMap(({ ip }) => ip ?? []);

/** Whether the load balancer sends traffic to Pods and needs no node port. */
const targetsPods = (view: View): boolean => {
  const annotations = annotationsOf(view);
  const target = annotations["service.beta.kubernetes.io/aws-load-balancer-nlb-target-type"];
  const type = annotations["service.beta.kubernetes.io/aws-load-balancer-type"];
  return (
    target === "ip" ||
    type === "nlb-ip" ||
    /^eks\./.test(view.service?.spec?.loadBalancerClass ?? "")
  );
};

/** Whether the load balancer is known to send traffic to node ports. */
const targetsNodes = (view: View): boolean => {
  const keys = Object.keys(annotationsOf(view)).join(" ");
  const aws =
    /aws-load-balancer-/.test(keys) ||
    /^service\.k8s\.aws\//.test(view.service?.spec?.loadBalancerClass ?? "");
  return !targetsPods(view) && (aws || /do-loadbalancer-|load-balancer\.hetzner\.cloud/.test(keys));
};

/** What is wrong with a load balancer, its address aside. */
export const balancerRules: readonly Rule[] = [
  {
    cause: "service-kept-by-finalizer",
    link: Link.LoadBalancer,
    means:
      "Somebody deleted the Service, and a finalizer keeps it: its controller has not cleaned up, or is gone.",
    evidence: "`metadata.deletionTimestamp` and `metadata.finalizers` of the Service",
    remedy:
      "Start the controller that owns the finalizer again; remove the finalizer by hand only if its load balancer is gone.",
    find: (view) => {
      const deleted = view.service?.metadata?.deletionTimestamp;
      if (deleted === undefined) return undefined;
      const finalizers = finalizersOf(view);
      return {
        sentence: `The Service was deleted ${span(since(view, deleted))} ago and waits for the finalizer ${list(finalizers)}`,
        fix: "Start the controller that owns the finalizer; remove the finalizer by hand only if its load balancer is gone",
        about: [refOf("Service", view.service)],
      };
    },
  },
  {
    cause: "load-balancer-class-changed",
    link: Link.LoadBalancer,
    means:
      "A controller has owned the Service since its creation, and the class names another one. Neither serves it fully.",
    evidence: "`spec.loadBalancerClass` and `metadata.finalizers` of the Service",
    remedy: "Delete the Service and create it with the class.",
    find: (view) => {
      const name = view.service?.spec?.loadBalancerClass ?? "";
      const wanted = isBalancer(view) ? controllerOfClass(name) : undefined;
      const owner = CONTROLLERS.find(({ finalizers }) =>
        finalizersOf(view).some((it) => finalizers.test(it)),
      );
      const legacy = finalizersOf(view).includes("service.kubernetes.io/load-balancer-cleanup");
      const other = owner ?? (legacy ? { name: "the cloud's own controller" } : undefined);
      if (wanted === undefined || other === undefined || other === wanted) return undefined;
      if (finalizersOf(view).some((it) => wanted.finalizers.test(it))) return undefined;
      // The class is handled by somebody else than the cloud's controller, which adds this finalizer to its own alone.
      if (owner === undefined && ingressOf(view).length > 0) return undefined;
      return {
        sentence: `The finalizer shows that ${other.name} owns the Service, and class ${name} belongs to ${wanted.name}`,
        fix: "Delete the Service and create it with the class; the class of a Service cannot change hands",
        about: [refOf("Service", view.service)],
      };
    },
  },
  {
    cause: "load-balancer-two-controllers",
    link: Link.LoadBalancer,
    means:
      "The class belongs to one controller and the annotations to another, which has no say: they have no effect.",
    evidence: "`spec.loadBalancerClass` and `metadata.annotations` of the Service",
    remedy: "Use the class and the annotations of one controller.",
    find: (view) => {
      const name = view.service?.spec?.loadBalancerClass ?? "";
      const wanted = isBalancer(view) ? controllerOfClass(name) : undefined;
      const keys = Object.keys(annotationsOf(view));
      const key = keys.find((it) =>
        CONTROLLERS.some((one) => one !== wanted && one.annotations.test(it)),
      );
      const other = CONTROLLERS.find(({ annotations }) => annotations.test(key ?? ""));
      if (wanted === undefined || other === undefined) return undefined;
      if (keys.some((it) => wanted.annotations.test(it))) return undefined;
      return {
        certainty: ingressOf(view).length === 0 ? Certainty.Broken : Certainty.Suspect,
        sentence: `Class ${name} belongs to ${wanted.name}, and annotation ${key} to ${other.name}: the annotation has no effect`,
        fix: "Use the class and the annotations of one controller",
        about: [refOf("Service", view.service)],
      };
    },
  },
  {
    cause: "load-balancer-public",
    link: Link.LoadBalancer,
    means:
      "The Service asks for an internal load balancer in a way that its controller does not read, and got a public address.",
    evidence: "`metadata.annotations` and `status.loadBalancer` of the Service",
    remedy: "Correct the annotation; most controllers need a new load balancer for it.",
    find: (view) => {
      const meant = Object.entries(annotationsOf(view)).find(
        ([key, value]) =>
          (/internal/i.test(value) || (/internal/i.test(key) && value !== "false")) &&
          !(INTERNAL[key]?.test(value) ?? false),
      );
      const open = addressesOf(view).filter((it) => !isPrivate(it));
      const named = ingressOf(view).some(
        ({ hostname }) => hostname !== undefined && !/^internal-/.test(hostname),
      );
      if (!isBalancer(view) || meant === undefined || (open.length === 0 && !named))
        return undefined;
      if (Object.entries(annotationsOf(view)).some(([key, value]) => INTERNAL[key]?.test(value)))
        return undefined;
      const address = open[0] ?? ingressOf(view)[0]?.hostname ?? "?";
      return {
        sentence: `The address ${address} is public, and ${meant[0]}: "${meant[1]}" is not what makes a load balancer internal`,
        fix: `Correct the annotation, for example one of ${list(Object.keys(INTERNAL), 2)}, and recreate the Service`,
        about: [refOf("Service", view.service)],
      };
    },
  },
  {
    cause: "load-balancer-internal",
    link: Link.LoadBalancer,
    means: "The caller is on the internet, and the load balancer has a private address.",
    evidence: "`status.loadBalancer` of the Service and `--from`",
    remedy: "Call from the same network, or ask for a public load balancer.",
    find: (view) => {
      const from = view.asked.from?.ip;
      const addresses = addressesOf(view);
      if (!isBalancer(view) || from === undefined || !isAddress(from) || isPrivate(from))
        return undefined;
      if (addresses.length === 0 || !addresses.every(isPrivate)) return undefined;
      return {
        sentence: `The address ${list(addresses)} is private: ${from} is on the internet and cannot reach it`,
        fix: "Call from the same network, or ask the controller for a public load balancer",
        about: [refOf("Service", view.service)],
      };
    },
  },
  {
    cause: "source-ranges-exclude-caller",
    link: Link.LoadBalancer,
    means: "`loadBalancerSourceRanges` has no range with the caller's address.",
    evidence: "`spec.loadBalancerSourceRanges` of the Service and `--from`",
    remedy: "Add the caller's range.",
    find: (view) => {
      const ranges = view.service?.spec?.loadBalancerSourceRanges ?? [];
      const from = view.asked.from?.ip;
      if (!isBalancer(view) || from === undefined || ranges.length === 0) return undefined;
      if (isInside(from, ranges)) return undefined;
      return {
        sentence: `${from} is not in loadBalancerSourceRanges ${list(ranges)}`,
        fix: `Add the range of ${from} to loadBalancerSourceRanges`,
        about: [refOf("Service", view.service)],
      };
    },
  },
  {
    cause: "address-not-announced",
    link: Link.LoadBalancer,
    means:
      "MetalLB has given an address from a pool that no L2Advertisement or BGPAdvertisement announces.",
    evidence:
      "`status.loadBalancer` of the Service, IPAddressPools, L2Advertisements and BGPAdvertisements",
    remedy: "Create an L2Advertisement or a BGPAdvertisement for the pool.",
    find: (view) => {
      const { advertisements, ipAddressPools = [] } = view.objects;
      if (!isBalancer(view) || advertisements === undefined) return undefined;
      const pool = ipAddressPools.find(({ spec }) =>
        addressesOf(view).some((it) => isInside(it, spec?.addresses ?? [])),
      );
      const name = pool?.metadata?.name;
      const isAnnounced = advertisements.some(({ spec }) => {
        const pools = spec?.ipAddressPools ?? [];
        return (
          (spec?.ipAddressPoolSelectors ?? []).length > 0 ||
          pools.length === 0 ||
          pools.includes(name ?? "")
        );
      });
      if (name === undefined || isAnnounced) return undefined;
      return {
        sentence: `Nobody announces ${list(addressesOf(view))}: pool ${name} has no L2Advertisement and no BGPAdvertisement`,
        fix: `Create an L2Advertisement with ipAddressPools: [${name}]`,
        about: [refOf("Service", view.service), refOf("IPAddressPool", pool)],
      };
    },
  },
  {
    cause: "load-balancer-targets-unhealthy",
    link: Link.LoadBalancer,
    means: "The Pods run, and the load balancer's own health checks of them fail.",
    evidence: "Conditions `target-health.…` of the Pods, which the load balancer controller sets",
    remedy:
      "Make the health check's path and port answer, and let the load balancer's addresses through to the Pods.",
    find: (view) => {
      const failed = view.live.flatMap((pod) => {
        const { conditions = [] } = pod.status ?? {};
        const works = isReady(pod) || conditionOf(conditions, "ContainersReady")?.status === "True";
        const gate = conditions.find(
          ({ status, type = "" }) => type.startsWith(GATE) && status === "False",
        );
        return works && gate !== undefined ? [{ gate, pod }] : [];
      });
      const [first] = failed;
      if (first === undefined || failed.length < view.live.length) return undefined;
      return {
        sentence: `0 of ${view.live.length} targets of the load balancer are healthy: ${brief(first.gate.message ?? first.gate.reason)}`,
        fix: "Make the health check's path and port answer, and let the load balancer's addresses through to the Pods",
        about: failed.map(({ pod }) => refOf("Pod", pod)),
      };
    },
  },
  {
    cause: "nodes-excluded-from-load-balancer",
    link: Link.LoadBalancer,
    means: "Every node has the label that keeps it out of load balancers.",
    evidence: `The label \`${EXCLUDED}\` of the nodes`,
    remedy: "Remove the label from the nodes that should take traffic.",
    find: (view) => {
      const { nodes = [] } = view.objects;
      const all =
        nodes.length > 0 &&
        nodes.every(({ metadata }) => metadata?.labels?.[EXCLUDED] !== undefined);
      if (!isBalancer(view) || !all || targetsPods(view)) return undefined;
      return {
        sentence: `All ${nodes.length} nodes have the label ${EXCLUDED}, so the load balancer has no target`,
        fix: `Remove the label: kubectl label node NAME ${EXCLUDED}-`,
        about: nodes.slice(0, 3).map((it) => refOf("Node", it)),
      };
    },
  },
  {
    cause: "node-ports-off",
    link: Link.LoadBalancer,
    means: "The load balancer sends traffic to node ports, and the Service has none.",
    evidence:
      "`spec.allocateLoadBalancerNodePorts` and `spec.ports[].nodePort` of the Service; class and annotations",
    remedy: "Set `allocateLoadBalancerNodePorts` to true, or let the load balancer target Pods.",
    find: (view) => {
      const off = view.service?.spec?.allocateLoadBalancerNodePorts === false;
      if (!isBalancer(view) || !off || !targetsNodes(view)) return undefined;
      if (view.ports.every(({ nodePort = 0 }) => nodePort > 0)) return undefined;
      return {
        sentence:
          "The load balancer targets node ports, and allocateLoadBalancerNodePorts is false",
        fix: "Set allocateLoadBalancerNodePorts to true, or let the load balancer target Pods",
        about: [refOf("Service", view.service)],
      };
    },
  },
];
