import { isInside } from "../addresses.ts";
import { Certainty, Link } from "../diagnosis.ts";
import { conditionOf, endpointIsReady, isReady, isTerminating } from "../pods.ts";
import type { Rule } from "../rule.ts";
import { readyFor, since, type View } from "../view.ts";
import { count, list, refOf, span } from "../words.ts";

/** How far slices may lag behind Pods: the controller batches changes for at most some seconds. */
const LAG = 15_000;

const hasSelector = ({ selector, type }: View): boolean =>
  type !== "ExternalName" && Object.keys(selector).length > 0;

const service = (view: View) => refOf("Service", view.service);

/** The family of an address. */
const familyOf = (address: string): string => (address.includes(":") ? "IPv6" : "IPv4");

/** The families of a Service that none of its Pods has. */
function lostFamilies(view: View): readonly string[] {
  const have = new Set(
    view.live.flatMap(({ status }) => {
      const all = (status?.podIPs ?? []).flatMap(({ ip }) => ip ?? []);
      return (all.length > 0 ? all : status?.podIP === undefined ? [] : [status.podIP]).map(
        familyOf,
      );
    }),
  );
  const wanted = view.service?.spec?.ipFamilies ?? [];
  return have.size === 0 ? [] : wanted.filter((it) => !have.has(it));
}

/** Ready Pods with an address that no slice has. */
const absent = (view: View) => {
  const addresses = new Set(view.endpoints.flatMap((it) => it.addresses ?? []));
  return view.live.filter(
    (pod) =>
      isReady(pod) &&
      pod.status?.podIP !== undefined &&
      !addresses.has(pod.status.podIP) &&
      !(pod.status.podIPs ?? []).some(({ ip }) => ip !== undefined && addresses.has(ip)) &&
      (since(view, conditionOf(pod.status.conditions, "Ready")?.lastTransitionTime) ?? LAG) >= LAG,
  );
};

/** The EndpointSlices: they are what kube-proxy reads. */
export const endpointRules: readonly Rule[] = [
  {
    cause: "address-family-mismatch",
    link: Link.Endpoints,
    means: "The Service has an IP family that its Pods do not have.",
    evidence:
      "`spec.ipFamilies` of the Service; `status.podIPs` of the Pods; `addressType` of the EndpointSlices",
    remedy: "Use `ipFamilyPolicy: SingleStack` with the family of the Pods.",
    find: (view) => {
      const lost = lostFamilies(view);
      if (!hasSelector(view) || lost.length === 0) return undefined;
      const all = lost.length === (view.service?.spec?.ipFamilies ?? []).length;
      if (!all && view.service?.spec?.ipFamilyPolicy !== "RequireDualStack") return undefined;
      return {
        sentence: `The Service has the family ${list(lost)}, and no Pod has an address of it`,
        fix: "Set ipFamilyPolicy: SingleStack and ipFamilies to the family of the Pods",
        about: [service(view)],
      };
    },
  },
  {
    cause: "slices-behind",
    link: Link.Endpoints,
    means:
      "A Pod is ready and its address is in no EndpointSlice: the endpoint slice controller is behind or does not run.",
    evidence: "Condition `Ready` of the Pods; addresses of the EndpointSlices",
    remedy: "See whether kube-controller-manager runs and can reach the API server.",
    find: (view) => {
      const pods = absent(view);
      if (
        !hasSelector(view) ||
        view.slices === undefined ||
        pods.length === 0 ||
        lostFamilies(view).length > 0
      )
        return undefined;
      const age = since(
        view,
        conditionOf(pods[0]?.status?.conditions, "Ready")?.lastTransitionTime,
      );
      return {
        sentence: `${count(pods.length, "ready Pod")} (${list(pods.map(({ metadata }) => metadata?.name ?? "?"))}) ${pods.length === 1 ? "is" : "are"} in no EndpointSlice, ready for ${span(age)}`,
        fix: "See whether kube-controller-manager runs; it writes the EndpointSlices",
        about: [service(view), ...pods.slice(0, 3).map((it) => refOf("Pod", it))],
      };
    },
  },
  {
    cause: "all-endpoints-terminating",
    link: Link.Endpoints,
    means: "Every endpoint is shutting down, and no Pod replaces them.",
    evidence: "`conditions.terminating` of the endpoints; `metadata.deletionTimestamp` of the Pods",
    remedy: "Start new Pods, and see why the workload makes none.",
    find: (view) => {
      const ending =
        view.endpoints.length > 0
          ? view.endpoints.every(({ conditions }) => conditions?.terminating === true)
          : view.selected.length > 0 && view.selected.every(isTerminating);
      if (view.service === undefined || !ending || view.live.length > 0) return undefined;
      const number = view.endpoints.length || view.selected.length;
      return {
        sentence: `${count(number, "Pod")}, ${number === 1 ? "and it shuts down" : "and all shut down"}`,
        fix: "Start new Pods: scale the workload up, or see why it makes none",
        about: [service(view), ...view.selected.slice(0, 3).map((it) => refOf("Pod", it))],
      };
    },
  },
  {
    cause: "manual-endpoint-stale",
    link: Link.Endpoints,
    means:
      "The Service has no selector, and an EndpointSlice that somebody wrote names a Pod or a Pod address that does not exist.",
    evidence:
      "`endpoints[].addresses` and `targetRef` of the EndpointSlices; addresses of Pods; `podCIDRs` of the nodes",
    remedy: "Correct the EndpointSlice, or give the Service a selector.",
    find: (view) => {
      if (hasSelector(view) || view.service === undefined || !view.saw("pods")) return undefined;
      const pods = view.objects.pods ?? [];
      const taken = new Set(
        pods.flatMap(({ status }) => [
          status?.podIP,
          ...(status?.podIPs ?? []).map(({ ip }) => ip),
        ]),
      );
      const ranges = (view.objects.nodes ?? []).flatMap(({ spec }) => spec?.podCIDRs ?? []);
      const stale = view.ready.find(({ addresses = [], targetRef }) => {
        if (targetRef?.kind === "Pod" && (targetRef.namespace ?? view.namespace) === view.namespace)
          return !pods.some(
            ({ metadata }) =>
              metadata?.name === targetRef.name && metadata?.namespace === view.namespace,
          );
        return addresses.some((it) => isInside(it, ranges) && !taken.has(it));
      });
      if (stale === undefined) return undefined;
      const named = stale.targetRef?.name === undefined ? "" : ` (Pod ${stale.targetRef.name})`;
      return {
        certainty: stale.targetRef === undefined ? Certainty.Suspect : Certainty.Broken,
        sentence: `The address ${list(stale.addresses ?? [])}${named} was set by hand and belongs to no Pod`,
        fix: "Correct the EndpointSlice, or give the Service a selector",
        about: [service(view)],
      };
    },
  },
  {
    cause: "manual-endpoint-port-name",
    link: Link.Endpoints,
    means:
      "The ports of an EndpointSlice that somebody wrote have other names than the Service's ports. kube-proxy joins them by name.",
    evidence: "`ports[].name` of the EndpointSlices and of the Service",
    remedy: "Give the ports of the EndpointSlice the names of the Service's ports.",
    find: (view) => {
      if (hasSelector(view) || view.type === "ExternalName" || view.ready.length === 0) {
        return undefined;
      }
      const lost = view.ports.find((it) => readyFor(view, it).length === 0);
      if (lost === undefined) return undefined;
      const names = [
        ...new Set(view.ready.flatMap(({ ports }) => ports.map(({ name = "" }) => `"${name}"`))),
      ];
      return {
        sentence: `Port "${lost.name ?? ""}" (${lost.port}) of the Service has no endpoint; the EndpointSlices have ${list(names)}`,
        fix: `Name the port of the EndpointSlice "${lost.name ?? ""}"`,
        about: [service(view)],
      };
    },
  },
  {
    cause: "unready-pods-served",
    link: Link.Endpoints,
    means: "`publishNotReadyAddresses` is true, so Pods that are not ready get calls.",
    evidence: "`spec.publishNotReadyAddresses` of the Service; conditions of the Pods",
    remedy:
      "Remove `publishNotReadyAddresses`, unless the Pods must find each other before they are ready.",
    find: (view) => {
      const served =
        view.service?.spec?.publishNotReadyAddresses === true &&
        view.endpoints.some(endpointIsReady);
      if (!served || view.unready.length === 0) return undefined;
      return {
        sentence: `${view.unready.length} of ${view.live.length} Pods are not ready and get calls all the same: publishNotReadyAddresses is true`,
        fix: "Remove publishNotReadyAddresses, unless the Pods must find each other before they are ready",
        about: [service(view), ...view.unready.slice(0, 3).map((it) => refOf("Pod", it))],
      };
    },
  },
  {
    cause: "session-affinity-skew",
    link: Link.Endpoints,
    means:
      "`sessionAffinity: ClientIP` sends all calls from one address to one Pod. The cluster does not show whether many callers share that address, for example behind a NAT.",
    evidence: "`spec.type` and `spec.sessionAffinity` of the Service and an address in `--from`",
    remedy: "Remove `sessionAffinity`, or keep sessions by a cookie in an Ingress.",
    find: (view) => {
      const sticky = view.service?.spec?.sessionAffinity === "ClientIP" && view.ready.length > 1;
      const from = view.asked.from?.ip;
      if (!sticky || view.type !== "LoadBalancer" || from === undefined) return undefined;
      return {
        certainty: Certainty.Suspect,
        sentence: `sessionAffinity is ClientIP: all callers behind ${from} reach 1 of ${view.ready.length} Pods`,
        fix: "Remove sessionAffinity, or keep sessions by a cookie in an Ingress",
        about: [service(view)],
      };
    },
  },
  {
    cause: "pod-calls-itself",
    link: Link.Endpoints,
    means:
      "The caller is the Service's only endpoint. Whether a Pod reaches itself through its Service depends on the hairpin mode of the node.",
    evidence: "The endpoints and `--from`",
    remedy: "Call localhost, or enable hairpin mode in the network plugin.",
    find: (view) => {
      const from = view.asked.from?.pod;
      const [only, ...others] = view.ready;
      if (from === undefined || only === undefined || others.length > 0) return undefined;
      if (only.targetRef?.name !== from.name || from.namespace !== view.namespace) return undefined;
      return {
        certainty: Certainty.Suspect,
        sentence: `Pod ${from.name} calls itself: it is the only endpoint, and that needs the hairpin mode of the network plugin`,
        fix: "Call localhost, or enable hairpin mode in the network plugin",
        about: [service(view), { kind: "Pod", ...from }],
      };
    },
  },
];
