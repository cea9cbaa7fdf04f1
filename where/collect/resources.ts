import type { ObjectKind } from "../state/cluster-state.ts";

/** Where the API has a kind of objects. */
interface Resource {
  /** The API, such as `apis/apps/v1`. */
  readonly api: string;
  /** The resource, such as `deployments`. */
  readonly plural: string;
  /** Whether its objects belong to no namespace. */
  readonly global?: boolean;
}

const core = (plural: string, global = false): Resource => ({ api: "api/v1", plural, global });
const apps = (plural: string): Resource => ({ api: "apis/apps/v1", plural });

/** Where the API has each kind. Secrets are not among them. */
export const RESOURCES = {
  services: core("services"),
  pods: core("pods"),
  nodes: core("nodes", true),
  namespaces: core("namespaces", true),
  events: core("events"),
  persistentVolumeClaims: core("persistentvolumeclaims"),
  endpointSlices: { api: "apis/discovery.k8s.io/v1", plural: "endpointslices" },
  networkPolicies: { api: "apis/networking.k8s.io/v1", plural: "networkpolicies" },
  ingresses: { api: "apis/networking.k8s.io/v1", plural: "ingresses" },
  ingressClasses: { api: "apis/networking.k8s.io/v1", plural: "ingressclasses", global: true },
  deployments: apps("deployments"),
  replicaSets: apps("replicasets"),
  statefulSets: apps("statefulsets"),
  daemonSets: apps("daemonsets"),
  horizontalPodAutoscalers: { api: "apis/autoscaling/v2", plural: "horizontalpodautoscalers" },
  httpRoutes: { api: "apis/gateway.networking.k8s.io/v1", plural: "httproutes" },
  gateways: { api: "apis/gateway.networking.k8s.io/v1", plural: "gateways" },
  ipAddressPools: { api: "apis/metallb.io/v1beta1", plural: "ipaddresspools" },
} as const satisfies Partial<Record<ObjectKind, Resource>>;

/** A kind that can be read. */
export type ReadableKind = keyof typeof RESOURCES;

/** What is asked for. */
export interface Query {
  /** The namespace; absent for every one. */
  readonly namespace?: string | undefined;
  /** The name; absent for a list. */
  readonly name?: string | undefined;
  /** Labels, as `app=web`. */
  readonly labels?: string | undefined;
  /** Fields, as `metadata.name=web`. */
  readonly fields?: string | undefined;
  /** The most objects. */
  readonly limit?: number | undefined;
}

/** The path of a request. */
export function pathOf(resource: Resource, query: Query): string {
  const { fields, labels, limit, name, namespace } = query;
  const inside =
    resource.global === true || namespace === undefined
      ? ""
      : `/namespaces/${encodeURIComponent(namespace)}`;
  const one = name === undefined ? "" : `/${encodeURIComponent(name)}`;
  const parameters = new URLSearchParams();
  if (labels !== undefined) parameters.set("labelSelector", labels);
  if (fields !== undefined) parameters.set("fieldSelector", fields);
  if (limit !== undefined) parameters.set("limit", `${limit}`);
  const text = parameters.size === 0 ? "" : `?${parameters}`;
  return `/${resource.api}${inside}/${resource.plural}${one}${text}`;
}
