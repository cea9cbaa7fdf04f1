import type { NetworkPolicy, Pod } from "../../state/cluster-state.ts";
import { type Answer, admits, type Peer, selecting, type Target } from "../admission.ts";
import { Certainty, Link } from "../diagnosis.ts";
import { declaredPorts, protocolOf } from "../pods.ts";
import type { Found, Rule } from "../rule.ts";
import type { ServicePort, View } from "../view.ts";
import { list, refOf } from "../words.ts";

/** The Pod that calls; undefined if nobody named one or if it was not found. */
export const callerOf = ({ asked, objects }: View): Pod | undefined =>
  (objects.pods ?? []).find(
    ({ metadata }) =>
      metadata?.name === asked.from?.pod?.name &&
      metadata?.namespace === asked.from?.pod?.namespace,
  );

const peerOf = (view: View): Peer | undefined => {
  const { from } = view.asked;
  const pod = callerOf(view);
  if (pod !== undefined)
    return {
      ip: pod.status?.podIP,
      labels: pod.metadata?.labels ?? {},
      namespace: pod.metadata?.namespace,
    };
  if (from?.namespace !== undefined) return { namespace: from.namespace };
  return from?.ip === undefined ? undefined : { ip: from.ip };
};

const callerText = ({ asked: { from } }: View): string =>
  from?.pod !== undefined
    ? `Pod ${from.pod.namespace}/${from.pod.name}`
    : from?.namespace !== undefined
      ? `namespace ${from.namespace}`
      : (from?.ip ?? "anybody");

/** The ports of a Pod that calls to the Service reach. */
function targetsOf(view: View, pod: Pod): readonly Target[] {
  const called = view.ports.filter(
    ({ port }) => view.asked.port === undefined || port === view.asked.port,
  );
  return called.flatMap((port: ServicePort) => {
    const wanted = port.targetPort ?? port.port;
    const number =
      typeof wanted === "number"
        ? wanted
        : declaredPorts(pod).find(({ name }) => name === wanted)?.containerPort;
    return number === undefined ? [] : [{ pod, port: number, protocol: protocolOf(port) }];
  });
}

/** The Pods that should answer: those that policies are judged for. */
const SHOWN = 50;
const served = ({ live }: View): readonly Pod[] => live.slice(0, SHOWN);

interface Judged {
  readonly answer: Answer;
  readonly policies: readonly NetworkPolicy[];
  readonly target: Target;
}

/** What the policies of each Pod say on each port. */
const ingressOf = (view: View, peer: Peer | undefined): readonly Judged[] =>
  served(view).flatMap((pod) => {
    const policies = selecting(view.objects, pod, "Ingress");
    return targetsOf(view, pod).map((target) => ({
      answer: admits(view.objects, policies, "Ingress", target, peer),
      policies,
      target,
    }));
  });

const names = (policies: readonly NetworkPolicy[]): string =>
  list(policies.map(({ metadata }) => metadata?.name ?? "?"));

const refs = (policies: readonly NetworkPolicy[]) =>
  policies.slice(0, 5).map((it) => refOf("NetworkPolicy", it));

/** A port that all Pods answer with the same refusal. */
function refused(judged: readonly Judged[]): Judged | undefined {
  const groups = Map.groupBy(judged, ({ target }) => `${target.port}/${target.protocol}`);
  return [...groups.values()].find((them) => them.every(({ answer }) => answer === "no"))?.[0];
}

/** The answer for a call from the caller's Pods to others; undefined where no Pod is known. */
function egress(view: View, target: Target, peer: Peer): Judged | undefined {
  const caller = callerOf(view);
  if (caller === undefined) return undefined;
  const policies = selecting(view.objects, caller, "Egress");
  return { answer: admits(view.objects, policies, "Egress", target, peer), policies, target };
}

/** NetworkPolicies of networking.k8s.io. No single policy denies: what selects a Pod admits only what its rules name. */
export const policyRules: readonly Rule[] = [
  {
    cause: "policy-admits-nobody",
    link: Link.Policy,
    means: "NetworkPolicies select the Pods, and no rule of them admits anybody on the port.",
    evidence: "NetworkPolicies of the namespace: `podSelector`, `policyTypes` and `ingress`",
    remedy: "Add an `ingress` rule for the port to one of the policies.",
    find: (view) => {
      const it = refused(ingressOf(view, undefined));
      if (it === undefined) return undefined;
      return {
        sentence: `NetworkPolicy ${names(it.policies)} ${it.policies.length === 1 ? "selects" : "select"} the Pods, and no rule admits anybody on port ${it.target.port}`,
        fix: `Add an ingress rule for port ${it.target.port} to one of these policies`,
        about: refs(it.policies),
      };
    },
  },
  {
    cause: "policy-excludes-caller",
    link: Link.Policy,
    means: "NetworkPolicies select the Pods, and no rule of them admits the caller on the port.",
    evidence:
      "NetworkPolicies of the namespace, labels of the caller's Pod and namespace; `--from`",
    remedy: "Add the caller to an `ingress` rule.",
    find: (view) => {
      const peer = peerOf(view);
      const it = peer && refused(ingressOf(view, peer));
      if (it === undefined || refused(ingressOf(view, undefined)) !== undefined) return undefined;
      return {
        sentence: `NetworkPolicy ${names(it.policies)} ${it.policies.length === 1 ? "selects" : "select"} the Pods, and no rule admits ${callerText(view)} on port ${it.target.port}`,
        fix: `Add ${callerText(view)} to an ingress rule of one of these policies`,
        about: refs(it.policies),
      };
    },
  },
  {
    cause: "egress-policy-blocks-dns",
    link: Link.Policy,
    means:
      "NetworkPolicies select the caller, and no rule lets it ask the cluster's DNS on port 53.",
    evidence: "NetworkPolicies of the caller's namespace: `podSelector` and `egress`; `--from POD`",
    remedy: "Add an `egress` rule for port 53, UDP and TCP, to the namespace `kube-system`.",
    find: (view) => {
      const dns = { labels: { "k8s-app": "kube-dns" }, namespace: "kube-system" };
      const it = egress(view, { port: 53, protocol: "UDP" }, dns);
      if (it === undefined || it.answer !== "no") return undefined;
      return {
        sentence: `${callerText(view)} may not leave to DNS on port 53: NetworkPolicy ${names(it.policies)} has no rule for it, so no name resolves`,
        fix: "Add an egress rule for port 53, UDP and TCP, to namespace kube-system",
        about: refs(it.policies),
      };
    },
  },
  {
    cause: "egress-policy-blocks-call",
    link: Link.Policy,
    means: "NetworkPolicies select the caller, and no rule lets it leave to the Pods.",
    evidence: "NetworkPolicies of the caller's namespace: `podSelector` and `egress`; `--from POD`",
    remedy: "Add an `egress` rule to the Pods of the Service.",
    find: (view) => {
      const judged = served(view).flatMap((pod) =>
        targetsOf(view, pod).flatMap((target) => {
          const peer = {
            ip: pod.status?.podIP,
            labels: pod.metadata?.labels ?? {},
            namespace: view.namespace,
          };
          return egress(view, target, peer) ?? [];
        }),
      );
      const it = refused(judged);
      if (it === undefined) return undefined;
      return {
        sentence: `${callerText(view)} may not leave to port ${it.target.port} of the Pods: NetworkPolicy ${names(it.policies)} has no rule for it`,
        fix: "Add an egress rule to the Pods of the Service",
        about: refs(it.policies),
      };
    },
  },
  {
    cause: "policy-undecided",
    link: Link.Policy,
    means:
      "Whether a NetworkPolicy admits the caller depends on something that could not be seen: labels of a namespace, an address, or which Pod calls.",
    evidence: "NetworkPolicies of the namespace; namespaces; `--from`",
    remedy: "Grant `get` and `list` for namespaces, or name the calling Pod.",
    find: (view) => undecided(view),
  },
  {
    cause: "foreign-policy",
    link: Link.Policy,
    means:
      "Policies of another API select the Pods: Cilium, Calico, AdminNetworkPolicy or a mesh. They are not judged.",
    evidence:
      "Objects of `cilium.io`, `projectcalico.org`, `policy.networking.k8s.io` and `security.istio.io`",
    remedy: "Ask the tool of that API whether it admits the call.",
    find: (view) => {
      const foreign = (view.objects.foreignPolicies ?? []).filter(({ metadata, spec }) => {
        const inside =
          metadata?.namespace === undefined ||
          metadata.namespace === view.namespace ||
          metadata.namespace === "istio-system";
        const selector = spec?.endpointSelector ?? spec?.selector;
        return inside && view.live.some((pod) => selectsForeign(selector?.matchLabels, pod));
      });
      const [first] = foreign;
      if (first === undefined) return undefined;
      const named = foreign.map(
        ({ kind, metadata }) => `${kind ?? "policy"} ${metadata?.name ?? "?"}`,
      );
      return {
        certainty: Certainty.NotSeen,
        sentence: `Cannot judge the policies of another API that select the Pods: ${list(named)}`,
        fix: "Ask the tool of that API whether it admits the call",
        about: foreign.slice(0, 5).map((it) => refOf(it.kind ?? "Policy", it)),
      };
    },
  },
];

/** Whether the labels of a foreign selector match; Cilium writes the source of a label before it. */
const selectsForeign = (labels: Readonly<Record<string, string>> | undefined, pod: Pod): boolean =>
  Object.entries(labels ?? {}).every(([key, value]) => {
    const name = key.replace(/^(k8s|any):/, "");
    return name.startsWith("io.kubernetes.pod.") || pod.metadata?.labels?.[name] === value;
  });

function undecided(view: View): Found | undefined {
  const { from } = view.asked;
  const peer = peerOf(view);
  const isLost = from?.pod !== undefined && callerOf(view) === undefined;
  const judged = peer === undefined ? [] : ingressOf(view, peer);
  const open = judged.find(({ answer }) => answer === "unknown");
  if (!isLost && (open === undefined || judged.some(({ answer }) => answer === "yes")))
    return undefined;
  return {
    certainty: Certainty.NotSeen,
    sentence: isLost
      ? `The caller ${callerText(view)} was not found, so network policies were not judged for it`
      : `Whether NetworkPolicy ${names(open?.policies ?? [])} admits ${callerText(view)} depends on what could not be seen`,
    fix: isLost
      ? "Correct --from"
      : "Name the calling Pod with --from NAMESPACE/POD, and grant get and list for namespaces",
    about: refs(open?.policies ?? []),
  };
}
