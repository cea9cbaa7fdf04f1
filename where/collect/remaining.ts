import { isExternal, type View, viewOf } from "../diagnosis/view.ts";
import type { ClusterState } from "../state/cluster-state.ts";
import { readState } from "../state/read-state.ts";
import { foreignPolicyPaths } from "./foreign-policies.ts";
import type { Reader } from "./reader.ts";

/** A request that may be made if there is room for it. */
export type Read = () => Promise<unknown>;

const POOL = /^metallb\.(io|universe\.tf)\/ip-allocated-from-pool$/;

/** The lists of MetalLB, for a Service that its annotation says has an address of a pool. */
export function metalLbReads(
  reader: Reader,
  annotations: Readonly<Record<string, string>>,
): readonly Read[] {
  if (!Object.keys(annotations).some((it) => POOL.test(it))) return [];
  const list = "/apis/metallb.io/v1beta1";
  return [
    () => reader.get("ipAddressPools", {}),
    // Both or none: a pool may be announced by either.
    async () => {
      await reader.getCustom("advertisements", `${list}/l2advertisements`);
      await reader.getCustom("advertisements", `${list}/bgpadvertisements`);
    },
  ];
}

/** What may still be wrong with a chain that looks fine, the most important first. */
export function remainingReads(
  reader: Reader,
  state: ClusterState,
  groups: readonly string[],
): readonly Read[] {
  const { namespace } = state.asked;
  const { ingresses = [], networkPolicies = [], services = [] } = state.objects;
  const view = viewOf(
    state,
    state.asked,
    services[0],
    services[0] ? undefined : state.objects.pods,
  );
  const rules = networkPolicies.flatMap(({ spec }) => [
    ...(spec?.ingress ?? []),
    ...(spec?.egress ?? []),
  ]);
  const when = (is: boolean, ...reads: readonly Read[]): readonly Read[] => (is ? reads : []);
  return [
    ...when(state.asked.from !== undefined && rules.length > 0, () => reader.get("namespaces", {})),
    ...foreignPolicyPaths(groups, namespace).map(
      (path) => () => reader.getCustom("foreignPolicies", path),
    ),
    ...when(isHinted(view) && !view.saw("nodes"), () => reader.get("nodes", {})),
    ...when(ownedByStatefulSet(view), () => statefulSets(reader, state)),
    ...when(ingresses.length > 0, () => reader.get("ingressClasses", {})),
    ...when(groups.includes("gateway.networking.k8s.io"), () =>
      reader.get("httpRoutes", { namespace }),
    ),
    ...when((view.service?.spec?.externalIPs ?? []).length > 0, () => reader.get("services", {})),
    ...when(isExternal(view), () =>
      reader.get("pods", { namespace: "kube-system", labels: "k8s-app=kube-proxy" }),
    ),
    () => reader.get("horizontalPodAutoscalers", { namespace }),
  ];
}

/** The Gateways of the routes that were found. */
export const gatewayReads = (reader: Reader, state: ClusterState): readonly Read[] => {
  const { httpRoutes = [] } = readState(state).objects;
  const parents = httpRoutes.flatMap((it) =>
    (it.spec?.parentRefs ?? []).map(({ namespace }) => namespace ?? it.metadata?.namespace),
  );
  return [...new Set(parents)].map((namespace) => () => reader.get("gateways", { namespace }));
};

const isHinted = ({ ready }: View): boolean =>
  ready.some(({ hints }) => (hints?.forZones ?? []).length > 0);

const ownedByStatefulSet = ({ live }: View): boolean =>
  live.some(({ metadata }) =>
    (metadata?.ownerReferences ?? []).some(({ kind }) => kind === "StatefulSet"),
  );

/** The StatefulSets of a namespace. */
const statefulSets = (reader: Reader, { asked }: ClusterState): Promise<unknown> =>
  reader.get("statefulSets", { namespace: asked.namespace });

/** The Services that StatefulSets name and that were not read. */
export function governingReads(reader: Reader, state: ClusterState): readonly Read[] {
  const { objects } = readState(state);
  const { namespace } = state.asked;
  const known = new Set((objects.services ?? []).map(({ metadata }) => metadata?.name));
  const owners = new Set(
    (objects.pods ?? []).flatMap(({ metadata }) =>
      (metadata?.ownerReferences ?? []).map(({ kind, name }) => `${kind} ${name}`),
    ),
  );
  const wanted = (objects.statefulSets ?? []).flatMap(({ metadata, spec }) =>
    owners.has(`StatefulSet ${metadata?.name}`) && spec?.serviceName ? [spec.serviceName] : [],
  );
  return [...new Set(wanted)]
    .filter((name) => !known.has(name))
    .map((name) => () => reader.get("services", { name, namespace }));
}
