import { whyNotPublic } from "./exposure.ts";
import { byPlace, type Manifest } from "./manifest.ts";
import { podTemplateOf } from "./pod-template.ts";
import { calledServices, isRoute, routedServices, type ServiceReference } from "./references.ts";
import {
  isService,
  protocolOf,
  type ServicePort,
  selectorOf,
  selects,
  serviceSpec,
  targetPortOf,
} from "./service.ts";

/** A source of traffic outside the cluster. */
const ENTRANCES = {
  internet: "Internet",
  network: "Network of the cluster",
  nodes: "Every node",
} as const;
type Entrance = keyof typeof ENTRANCES;

/** A manifest with its id in the diagram. */
interface Placed {
  readonly id: string;
  readonly manifest: Manifest;
}

/**
 * Draws the flow of traffic as a Mermaid flowchart: from the entrances to the Services, on to the workloads that they
 * select, and from those to the Services to which they connect. Namespaces are boxes. An arrow from an entrance or to a
 * workload names its ports: the open port and the port of the Pods. A Service that selects no workload among the
 * manifests has a dashed arrow to an empty node.
 *
 * A workload connects to a Service if an environment variable is its DNS name, `my-backend-service.shop.svc`, or a URL
 * with that name. An Ingress or a route of the Gateway API has arrows to its Services; its own entrance is not drawn. A
 * Service that is not among the manifests is drawn outside the boxes.
 *
 * The internet is an entrance of a load balancer that the matcher `toBePublic` accepts; an internal one has the
 * cluster's network as its entrance.
 *
 * The diagram does not depend on the order of the manifests.
 *
 * @param manifests The objects of a program, usually of {@link renderManifests}.
 * @returns The text between the fences of a Markdown block of the language `mermaid`, ending with a line break.
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function topology(manifests: readonly Manifest[]): string {
  // Equal manifests are equal in every field, so sorting by place and then by content gives one order.
  const sorted = manifests.toSorted((one, other) => byPlace(one, other) || byContent(one, other));
  const services = sorted.filter(isService).map(placed("service"));
  const workloads = sorted.filter((it) => podTemplateOf(it) !== undefined).map(placed("workload"));
  const routes = sorted.filter(isRoute).map(placed("route"));
  const references = [
    ...routes.map((route) => ({ from: route, to: routedServices(route.manifest) })),
    ...workloads.map((workload) => ({ from: workload, to: calledServices(workload.manifest) })),
  ];
  const places = placesOf(
    services,
    references.flatMap(({ to }) => to),
  );
  const entrances = Object.entries(ENTRANCES).filter(([entrance]) =>
    services.some(({ manifest }) => entrancesOf(manifest).includes(entrance as Entrance)),
  );
  return `${[
    "flowchart LR",
    ...entrances.map(([entrance, label]) => `  ${entrance}(["${text(label)}"])`),
    ...namespaceBoxes([...routes, ...services, ...workloads]),
    ...places.outside.map(([id, place]) => `  ${id}["${text(place)}<br>not in this stack"]`),
    ...services.flatMap((service) => [...arrowsIn(service), ...arrowsOut(service, workloads)]),
    ...references.flatMap(({ from, to }) =>
      [...new Set(to.map(placeOf))].sort().map((place) => `  ${from.id} --> ${places.idOf(place)}`),
    ),
  ].join("\n")}\n`;
}

/** The ids of the referenced Services. Services that are not among the manifests get a new id. */
function placesOf(services: readonly Placed[], references: readonly ServiceReference[]) {
  const known = new Map(services.map(({ id, manifest }) => [placeOf(manifest.metadata), id]));
  const unknown = new Set(references.map(placeOf).filter((place) => !known.has(place)));
  const outside = [...unknown]
    .sort()
    .map((place, index) => [`outside${index + 1}`, place] as const);
  const ids = new Map([...known, ...outside.map(([id, place]) => [place, id] as const)]);
  return { outside, idOf: (place: string) => ids.get(place) };
}

function placeOf({ name, namespace }: ServiceReference): string {
  return namespace === undefined ? name : `${name}.${namespace}`;
}

function placed(prefix: string) {
  return (manifest: Manifest, index: number): Placed => ({ id: `${prefix}${index + 1}`, manifest });
}

function namespaceBoxes(nodes: readonly Placed[]): readonly string[] {
  const namespaces = nodes.map(({ manifest }) => manifest.metadata.namespace ?? "");
  return [...new Set(namespaces)]
    .sort()
    .flatMap((namespace, index) => [
      `  subgraph namespace${index + 1}["${text(namespace || "namespace of the provider")}"]`,
      ...nodes
        .filter(({ manifest }) => (manifest.metadata.namespace ?? "") === namespace)
        .map(
          ({ id, manifest }) =>
            `    ${id}["${text(manifest.metadata.name)}<br>${kindOf(manifest)}"]`,
        ),
      "  end",
    ]);
}

function kindOf(manifest: Manifest): string {
  const { type = "ClusterIP" } = serviceSpec(manifest);
  return text(isService(manifest) ? `${type} Service` : manifest.kind);
}

/** A load balancer usually reaches the Pods through node ports, but clients should not use those. */
function entrancesOf(service: Manifest): readonly Entrance[] {
  const { type } = serviceSpec(service);
  if (type === "LoadBalancer") {
    return [whyNotPublic(service) === undefined ? "internet" : "network"];
  }
  return type === "NodePort" ? ["nodes"] : [];
}

function arrowsIn({ id, manifest }: Placed): readonly string[] {
  const opened = (serviceSpec(manifest).ports ?? []).map((port) =>
    serviceSpec(manifest).type === "NodePort"
      ? `${port.nodePort ?? "a free port"}/${protocolOf(port)}`
      : `${port.port}/${protocolOf(port)}`,
  );
  return entrancesOf(manifest).map((entrance) => `  ${entrance} ${arrow(opened)} ${id}`);
}

function arrowsOut({ id, manifest }: Placed, workloads: readonly Placed[]): readonly string[] {
  if (selectorOf(manifest) === undefined) {
    return [];
  }
  const ways = (serviceSpec(manifest).ports ?? []).map(way);
  const selected = workloads.filter((workload) => selects(manifest, workload.manifest));
  return selected.length === 0
    ? [`  ${id} -. "selects nothing here" .-> nothing${id}[" "]`]
    : selected.map((workload) => `  ${id} ${arrow(ways)} ${workload.id}`);
}

function way(port: ServicePort): string {
  const target = targetPortOf(port);
  const through = target === port.port ? `${port.port}` : `${port.port} to ${target}`;
  return `${through}/${protocolOf(port)}`;
}

function arrow(labels: readonly string[]): string {
  return labels.length === 0 ? "-->" : `-->|"${labels.map(text).join("<br>")}"|`;
}

/** Mermaid's special characters, as entity codes. */
function text(value: string): string {
  return value.replaceAll(/[#"<>&`\n]/g, (character) => `#${character.codePointAt(0)};`);
}

function byContent(one: Manifest, other: Manifest): number {
  const [first, second] = [canonical(one), canonical(other)];
  return first < second ? -1 : Number(first > second);
}

/** A string that does not depend on the order of an object's fields. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, field: unknown) =>
    typeof field === "object" && field !== null && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).sort(([one], [other]) => (one < other ? -1 : 1)))
      : field,
  );
}
