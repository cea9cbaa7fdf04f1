import type { ClusterState } from "./cluster-state.ts";
import { readShape, type Shape } from "./shape.ts";
import * as shapes from "./shapes.ts";

/** The shape of each kind of objects. */
export const OBJECTS = {
  services: [shapes.SERVICE],
  endpointSlices: [shapes.ENDPOINT_SLICE],
  pods: [shapes.POD],
  nodes: [shapes.NODE],
  namespaces: [shapes.NAMESPACE],
  events: [shapes.EVENT],
  networkPolicies: [shapes.NETWORK_POLICY],
  foreignPolicies: [shapes.FOREIGN_POLICY],
  deployments: [shapes.DEPLOYMENT],
  replicaSets: [shapes.WORKLOAD],
  statefulSets: [shapes.WORKLOAD],
  daemonSets: [shapes.WORKLOAD],
  horizontalPodAutoscalers: [shapes.HORIZONTAL_POD_AUTOSCALER],
  ingresses: [shapes.INGRESS],
  ingressClasses: [shapes.INGRESS_CLASS],
  httpRoutes: [shapes.HTTP_ROUTE],
  gateways: [shapes.GATEWAY],
  persistentVolumeClaims: [shapes.PERSISTENT_VOLUME_CLAIM],
  ipAddressPools: [shapes.IP_ADDRESS_POOL],
  advertisements: [shapes.ADVERTISEMENT],
} as const satisfies Record<keyof ClusterState["objects"], Shape>;

const ASKED = {
  kind: "string",
  name: "string",
  namespace: "string",
  port: "number",
  from: { pod: { namespace: "string", name: "string" }, namespace: "string", ip: "string" },
} as const;

const STATE = {
  schemaVersion: "number",
  recordedAt: "string",
  asked: ASKED,
  apiGroups: ["string"],
  objects: OBJECTS,
  notSeen: [{ kind: "string", namespace: "string", reason: "string" }],
  logs: [{ namespace: "string", pod: "string", container: "string", lastLine: "masked" }],
  missing: [{ kind: "string", namespace: "string", name: "string" }],
} as const;

/** Reads a state in which anything may be missing or of another type, such as a recording that somebody has edited. */
export function readState(value: unknown): ClusterState {
  const {
    asked,
    notSeen = [],
    objects = {},
    recordedAt = "",
    ...rest
  } = readShape(STATE, value) ?? {};
  const { kind = "Service", name = "", namespace = "default", ...details } = asked ?? {};
  return {
    ...rest,
    schemaVersion: 1,
    recordedAt,
    asked: { ...details, kind, name, namespace },
    objects,
    notSeen,
  } as ClusterState;
}
