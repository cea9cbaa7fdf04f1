import { pathOf, RESOURCES, type ReadableKind } from "../collect/resources.ts";
import { OBJECTS } from "../state/read-state.ts";
import type { Shape } from "../state/shape.ts";

/** What is watched for one namespace, by the kind in the API. Secrets and ConfigMaps are absent on purpose. */
const KINDS = {
  services: "Service",
  endpointSlices: "EndpointSlice",
  pods: "Pod",
  events: "Event",
  deployments: "Deployment",
  replicaSets: "ReplicaSet",
  statefulSets: "StatefulSet",
  daemonSets: "DaemonSet",
  horizontalPodAutoscalers: "HorizontalPodAutoscaler",
  networkPolicies: "NetworkPolicy",
  ingresses: "Ingress",
  httpRoutes: "HTTPRoute",
  gateways: "Gateway",
  persistentVolumeClaims: "PersistentVolumeClaim",
  nodes: "Node",
  namespaces: "Namespace",
  ingressClasses: "IngressClass",
} as const satisfies Partial<Record<ReadableKind, string>>;

/** A kind of objects that is watched. */
export interface WatchedKind {
  /** The key of `ClusterObjects`. */
  readonly key: ReadableKind;
  /** The kind in the API, such as `Pod`. */
  readonly kind: string;
  /** Where the API has it. */
  readonly resource: Parameters<typeof pathOf>[0];
  /** The fields that are kept. */
  readonly shape: Shape;
}

/** The kinds that are watched. */
export const WATCHED: readonly WatchedKind[] = (Object.keys(KINDS) as (keyof typeof KINDS)[]).map(
  (key) => ({ key, kind: KINDS[key], resource: RESOURCES[key], shape: OBJECTS[key][0] }),
);

/** The path of a kind's objects in a namespace, or of all if they belong to none. */
export const collectionPath = ({ resource }: WatchedKind, namespace: string): string =>
  pathOf(resource, { namespace });
