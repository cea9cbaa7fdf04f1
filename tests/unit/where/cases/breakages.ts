import { ago, endpoint } from "./healthy-state.ts";

// What a cluster shows when something breaks: sets of changes that several cases share.

/** The slice of the Service has no endpoint. */
export const NO_ENDPOINTS = { "endpointSlices.0.endpoints": [] };

/** No Pod of the namespace exists. */
export const NO_PODS = { ...NO_ENDPOINTS, pods: [] };

/** All Pods run and are not ready. */
export const UNREADY = {
  "pods.*.status.conditions": [
    { type: "PodScheduled", status: "True" },
    { type: "ContainersReady", status: "False", lastTransitionTime: ago(300) },
    { type: "Ready", status: "False", reason: "ContainersNotReady", lastTransitionTime: ago(300) },
  ],
  "pods.*.status.containerStatuses.0.ready": false,
  "endpointSlices.0.endpoints.*.conditions": { ready: false, serving: false, terminating: false },
};

/** No Pod has a node. */
export const unscheduled = (message: string) => ({
  "pods.*.spec.nodeName": undefined,
  "pods.*.status": {
    phase: "Pending",
    conditions: [{ type: "PodScheduled", status: "False", reason: "Unschedulable", message }],
  },
  ...NO_ENDPOINTS,
});

/** All Pods have a node and no container runs. */
export const waiting = (reason: string, message?: string, status: object = {}) => ({
  ...UNREADY,
  "pods.*.status.phase": "Pending",
  "pods.*.status.containerStatuses": [
    {
      name: "web",
      ready: false,
      restartCount: 0,
      state: { waiting: { reason, message } },
      ...status,
    },
  ],
});

/** A warning about the Pods. */
export const podEvents = (reason: string, message: string, type = "Warning"): object[] =>
  ["web-a", "web-b", "web-c"].map((name) => ({
    metadata: { name: `${name}.${reason}`, namespace: "shop" },
    involvedObject: { kind: "Pod", name, namespace: "shop", uid: `uid-${name}` },
    type,
    reason,
    message,
    count: 41,
    lastTimestamp: ago(10),
  }));

/** An event about the Service. */
export const serviceEvent = (reason: string, message: string, type = "Warning"): object => ({
  metadata: { name: `web.${reason}`, namespace: "shop" },
  involvedObject: { kind: "Service", name: "web", namespace: "shop", uid: "uid-svc-web" },
  type,
  reason,
  message,
  lastTimestamp: ago(20),
});

/** The Service is a load balancer with an address. */
export const BALANCER = {
  "services.0.spec.type": "LoadBalancer",
  "services.0.spec.ports.0.nodePort": 30_080,
  "services.0.spec.externalTrafficPolicy": "Cluster",
  "services.0.status.loadBalancer": { ingress: [{ ip: "203.0.113.10" }] },
};

/** A load balancer without an address, ten minutes old. */
export const PENDING = {
  ...BALANCER,
  "services.0.status.loadBalancer": {},
  "services.0.metadata.creationTimestamp": ago(400),
};

/** A NodePort Service. */
export const NODE_PORT = {
  "services.0.spec.type": "NodePort",
  "services.0.spec.ports.0.nodePort": 30_080,
  "services.0.spec.externalTrafficPolicy": "Cluster",
};

/** A Service without a selector and with one endpoint that somebody wrote. */
export const manual = (address: string, targetRef?: object) => ({
  "services.0.spec.selector": undefined,
  deployments: [],
  replicaSets: [],
  "endpointSlices.0.endpoints": [{ addresses: [address], targetRef }],
});

/** The Deployment could make no Pod. */
export const refused = (message: string) => ({
  ...NO_PODS,
  "deployments.0.status": {
    conditions: [{ type: "ReplicaFailure", status: "True", reason: "FailedCreate", message }],
  },
  "replicaSets.0.status": {
    replicas: 0,
    conditions: [{ type: "ReplicaFailure", status: "True", reason: "FailedCreate", message }],
  },
});

/** Only the Pod on the last node is there. */
export const ONE_POD = {
  "deployments.0.spec.replicas": 1,
  "endpointSlices.0.endpoints": [endpoint("web-c", "n3", "10.244.3.5")],
  "pods.0": undefined,
  "pods.1": undefined,
};

/** A policy of the namespace. */
export const policy = (name: string, spec: object): object => ({
  metadata: { name, namespace: "shop", uid: `uid-${name}` },
  spec,
});

/** An Ingress in front of the Service. */
export const ingress = (port: object, spec: object = { ingressClassName: "nginx" }): object => ({
  metadata: { name: "front", namespace: "shop" },
  spec: {
    ...spec,
    rules: [
      {
        host: "shop.example.com",
        http: { paths: [{ path: "/", backend: { service: { name: "web", port } } }] },
      },
    ],
  },
});
