import type { ObjectKind } from "../state/cluster-state.ts";
import type { Shape } from "../state/shape.ts";
import * as shapes from "../state/shapes.ts";

/** A kind of objects that is watched. */
export interface WatchedKind {
  /** The key of `ClusterObjects`. */
  readonly key: ObjectKind;
  /** The kind in the API, such as `Pod`. */
  readonly kind: string;
  /** The path of the API version, such as `/apis/apps/v1`. */
  readonly api: string;
  /** The name of the resource, such as `pods`. */
  readonly resource: string;
  /** Whether its objects belong to no namespace. */
  readonly clusterWide?: true;
  /** The fields that are kept. */
  readonly shape: Shape;
}

const CORE = "/api/v1";
const APPS = "/apis/apps/v1";
const NETWORKING = "/apis/networking.k8s.io/v1";
const GATEWAY = "/apis/gateway.networking.k8s.io/v1";

/** What is watched for one namespace. Secrets and ConfigMaps are absent on purpose. */
export const WATCHED: readonly WatchedKind[] = [
  of("services", "Service", CORE, "services", shapes.SERVICE),
  of(
    "endpointSlices",
    "EndpointSlice",
    "/apis/discovery.k8s.io/v1",
    "endpointslices",
    shapes.ENDPOINT_SLICE,
  ),
  of("pods", "Pod", CORE, "pods", shapes.POD),
  of("events", "Event", CORE, "events", shapes.EVENT),
  of("deployments", "Deployment", APPS, "deployments", shapes.DEPLOYMENT),
  of("replicaSets", "ReplicaSet", APPS, "replicasets", shapes.WORKLOAD),
  of("statefulSets", "StatefulSet", APPS, "statefulsets", shapes.WORKLOAD),
  of("daemonSets", "DaemonSet", APPS, "daemonsets", shapes.WORKLOAD),
  of(
    "horizontalPodAutoscalers",
    "HorizontalPodAutoscaler",
    "/apis/autoscaling/v2",
    "horizontalpodautoscalers",
    shapes.HORIZONTAL_POD_AUTOSCALER,
  ),
  of("networkPolicies", "NetworkPolicy", NETWORKING, "networkpolicies", shapes.NETWORK_POLICY),
  of("ingresses", "Ingress", NETWORKING, "ingresses", shapes.INGRESS),
  of("httpRoutes", "HTTPRoute", GATEWAY, "httproutes", shapes.HTTP_ROUTE),
  of("gateways", "Gateway", GATEWAY, "gateways", shapes.GATEWAY),
  of(
    "persistentVolumeClaims",
    "PersistentVolumeClaim",
    CORE,
    "persistentvolumeclaims",
    shapes.PERSISTENT_VOLUME_CLAIM,
  ),
  of("resourceQuotas", "ResourceQuota", CORE, "resourcequotas", shapes.RESOURCE_QUOTA),
  { ...of("nodes", "Node", CORE, "nodes", shapes.NODE), clusterWide: true },
  { ...of("namespaces", "Namespace", CORE, "namespaces", shapes.NAMESPACE), clusterWide: true },
  {
    ...of("ingressClasses", "IngressClass", NETWORKING, "ingressclasses", shapes.INGRESS_CLASS),
    clusterWide: true,
  },
];

function of(
  key: ObjectKind,
  kind: string,
  api: string,
  resource: string,
  shape: Shape,
): WatchedKind {
  return { key, kind, api, resource, shape };
}

/** The path of a kind's objects in a namespace, or of all if they belong to none. */
export function collectionPath({ api, clusterWide, resource }: WatchedKind, namespace: string) {
  return clusterWide
    ? `${api}/${resource}`
    : `${api}/namespaces/${encodeURIComponent(namespace)}/${resource}`;
}
