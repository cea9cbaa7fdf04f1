import { backendsOf } from "../../diagnosis/causes/entries.ts";
import type { ObjectRef } from "../../diagnosis/diagnosis.ts";
import { endpointIsReady, endpointsOf } from "../../diagnosis/pods.ts";
import { hasLabels } from "../../diagnosis/selectors.ts";
import { slicesOf } from "../../diagnosis/view.ts";
import type { ClusterObjects, Service } from "../../state/cluster-state.ts";
import { compare, type Owner } from "./owners.ts";
import { State } from "./page-model.ts";
import type { Stated } from "./pod-state.ts";

/** What a box shows, without its place. */
export interface BoxContent extends Stated {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly string[];
  readonly ref?: ObjectRef | undefined;
}

/** A Service with everything on the way to its Pods. */
export interface ServiceChain {
  readonly name: string;
  readonly entries: readonly BoxContent[];
  readonly service: BoxContent;
  readonly endpoints: BoxContent;
  /** The ids of the owners of the Pods that it selects. */
  readonly owners: readonly string[];
}

/** The chain of every Service, by name. */
export function chainsOf(
  objects: ClusterObjects,
  owners: readonly Owner[],
): readonly ServiceChain[] {
  const services = [...(objects.services ?? [])].sort((a, b) =>
    compare(a.metadata?.name ?? "", b.metadata?.name ?? ""),
  );
  return services.map((service) => {
    const name = service.metadata?.name ?? "";
    return {
      name,
      entries: entriesOf(service, objects),
      service: serviceBox(service),
      endpoints: endpointsBox(service, objects),
      owners: owners.filter((owner) => selects(service, owner)).map(({ id }) => id),
    };
  });
}

function selects({ spec }: Service, owner: Owner): boolean {
  const labels = [owner.labels, ...owner.pods.map(({ metadata }) => metadata?.labels ?? {})];
  return labels.some((own) => hasLabels(spec?.selector ?? {}, own));
}

function serviceBox({ metadata, spec }: Service): BoxContent {
  const name = metadata?.name ?? "";
  const ports = (spec?.ports ?? []).map(({ port, targetPort, protocol }) => {
    const suffix = protocol === undefined || protocol === "TCP" ? "" : ` ${protocol}`;
    return targetPort === undefined || targetPort === port
      ? `${port}${suffix}`
      : `${port} → ${targetPort}${suffix}`;
  });
  const address = spec?.clusterIP === "None" ? "headless" : (spec?.clusterIP ?? "no cluster IP");
  const leaving = metadata?.deletionTimestamp !== undefined;
  return {
    id: `Service/${name}`,
    title: name,
    lines: [`${spec?.type ?? "ClusterIP"} ${spec?.externalName ?? address}`, ports.join(", ")],
    state: leaving ? State.Stopping : State.Fine,
    stateText: leaving ? "being deleted" : "there",
    ref: { kind: "Service", name, namespace: metadata?.namespace },
  };
}

function endpointsBox({ metadata }: Service, objects: ClusterObjects): BoxContent {
  const name = metadata?.name ?? "";
  const slices = slicesOf({ objects }, metadata?.namespace ?? "", name);
  const box = { id: `Endpoints/${name}`, title: "Endpoints" };
  if (slices === undefined) {
    return { ...box, lines: [], state: State.Unknown, stateText: "not seen" };
  }
  const endpoints = endpointsOf(slices);
  const ready = endpoints.filter(endpointIsReady).length;
  const ports = slices[0]?.ports?.flatMap(({ port }) => port ?? []) ?? [];
  const slice = slices[0]?.metadata;
  return {
    ...box,
    lines: [ports.length === 0 ? "" : `port ${ports.join(", ")}`],
    state: ready > 0 ? State.Fine : State.Idle,
    stateText: `${ready} of ${endpoints.length} ready`,
    ref: slice && { kind: "EndpointSlice", name: slice.name ?? "", namespace: slice.namespace },
  };
}

function entriesOf(service: Service, objects: ClusterObjects): readonly BoxContent[] {
  const { metadata, spec, status } = service;
  const [name, namespace] = [metadata?.name ?? "", metadata?.namespace ?? ""];
  const ref = { kind: "Service", name, namespace };
  const entries: BoxContent[] = [];
  if (spec?.type === "LoadBalancer") {
    const addresses = (status?.loadBalancer?.ingress ?? []).flatMap(
      (it) => it.hostname ?? it.ip ?? [],
    );
    const given = addresses.length > 0;
    entries.push({
      id: `LoadBalancer/${name}`,
      title: "Load balancer",
      lines: given ? addresses : ["no address yet"],
      state: given ? State.Fine : State.Starting,
      stateText: given ? "has an address" : "no address yet",
      ref,
    });
  }
  const nodePorts = (spec?.ports ?? []).flatMap(({ nodePort }) => nodePort ?? []);
  if (spec?.type === "NodePort") {
    entries.push(plain(`NodePort/${name}`, "Node port", nodePorts.join(", "), ref));
  }
  entries.push(...routesTo(name, namespace, objects));
  if (entries.length === 0) {
    entries.push(plain(`Name/${name}`, "In the cluster", `${name}.${namespace}.svc`, undefined));
  }
  return entries;
}

function routesTo(name: string, namespace: string, objects: ClusterObjects): readonly BoxContent[] {
  const ingresses = (objects.ingresses ?? []).filter((ingress) =>
    backendsOf(ingress).some((backend) => backend.name === name),
  );
  const routes = (objects.httpRoutes ?? []).filter(({ spec }) =>
    (spec?.rules ?? []).some((rule) => (rule.backendRefs ?? []).some((to) => to.name === name)),
  );
  // One box each: an Ingress that leads to two Services stands beside both.
  return [
    ...ingresses.map(({ metadata, spec }) => {
      const hosts = (spec?.rules ?? []).flatMap(({ host }) => host ?? []);
      const own = metadata?.name ?? "";
      const ref = { kind: "Ingress", name: own, namespace };
      return plain(`Ingress/${own}/${name}`, `Ingress ${own}`, hosts.join(", "), ref);
    }),
    ...routes.map(({ metadata }) => {
      const own = metadata?.name ?? "";
      const ref = { kind: "HTTPRoute", name: own, namespace };
      return plain(`HTTPRoute/${own}/${name}`, `HTTPRoute ${own}`, "", ref);
    }),
  ];
}

function plain(id: string, title: string, line: string, ref: ObjectRef | undefined): BoxContent {
  return { id, title, lines: [line], state: State.Fine, stateText: "there", ref };
}
