import type { ClusterState } from "../../../../where/state/cluster-state.ts";

/** When the states were recorded. */
export const NOW = "2026-11-30T12:00:00Z";

/** A point of time so many seconds before the recording. */
export const ago = (seconds: number): string =>
  new Date(Date.parse(NOW) - seconds * 1000).toISOString();

const HASH = "6d4b75cb6d";
export const LABELS = { app: "web", "app.kubernetes.io/name": "web" };

/** A Pod as a kubelet reports it. */
export const pod = (name: string, node: string, ip: string, labels: object = LABELS): object => ({
  metadata: {
    name,
    namespace: "shop",
    uid: `uid-${name}`,
    creationTimestamp: ago(86_400),
    labels: { ...labels, "pod-template-hash": HASH },
    ownerReferences: [
      { kind: "ReplicaSet", name: `web-${HASH}`, uid: "uid-rs-web", controller: true },
    ],
  },
  spec: {
    nodeName: node,
    containers: [
      {
        name: "web",
        image: "registry.example.com/web:1.4.2",
        ports: [{ name: "http", containerPort: 8080, protocol: "TCP" }],
        readinessProbe: { httpGet: { path: "/ready", port: "http" }, periodSeconds: 5 },
        resources: { requests: { cpu: "100m" }, limits: { memory: "128Mi" } },
      },
    ],
  },
  status: {
    phase: "Running",
    podIP: ip,
    podIPs: [{ ip }],
    startTime: ago(86_400),
    conditions: ["PodScheduled", "Initialized", "ContainersReady", "Ready"].map((type) => ({
      type,
      status: "True",
      lastTransitionTime: ago(86_000),
    })),
    containerStatuses: [
      {
        name: "web",
        ready: true,
        started: true,
        restartCount: 0,
        state: { running: { startedAt: ago(86_000) } },
      },
    ],
  },
});

/** The endpoint of a Pod. */
export const endpoint = (name: string, node: string, ip: string): object => ({
  addresses: [ip],
  conditions: { ready: true, serving: true, terminating: false },
  nodeName: node,
  targetRef: { kind: "Pod", name, namespace: "shop", uid: `uid-${name}` },
});

/** A node that is ready. */
export const node = (name: string, zone: string): object => ({
  metadata: { name, uid: `uid-${name}`, labels: { "topology.kubernetes.io/zone": zone } },
  spec: { podCIDRs: ["10.244.0.0/16"] },
  status: { conditions: [{ type: "Ready", status: "True", lastTransitionTime: ago(90_000) }] },
});

const PODS = [
  ["web-a", "n1", "10.244.1.5"],
  ["web-b", "n2", "10.244.2.5"],
  ["web-c", "n3", "10.244.3.5"],
] as const;

const template = (labels: object): object => ({
  metadata: { labels },
  spec: { containers: [{ name: "web", image: "registry.example.com/web:1.4.2" }] },
});

/** A Deployment with three ready Pods on three nodes behind a ClusterIP Service. Each call gives a state of its own. */
export function healthyState(): ClusterState {
  const objects = {
    services: [
      {
        metadata: {
          name: "web",
          namespace: "shop",
          uid: "uid-svc-web",
          creationTimestamp: ago(90_000),
        },
        spec: {
          type: "ClusterIP",
          clusterIP: "10.96.0.20",
          clusterIPs: ["10.96.0.20"],
          ipFamilies: ["IPv4"],
          ipFamilyPolicy: "SingleStack",
          internalTrafficPolicy: "Cluster",
          sessionAffinity: "None",
          selector: { app: "web" },
          ports: [{ name: "http", port: 80, targetPort: "http", protocol: "TCP" }],
        },
        status: { loadBalancer: {} },
      },
    ],
    endpointSlices: [
      {
        metadata: {
          name: "web-x1",
          namespace: "shop",
          labels: { "kubernetes.io/service-name": "web" },
        },
        addressType: "IPv4",
        ports: [{ name: "http", port: 8080, protocol: "TCP" }],
        endpoints: PODS.map(([name, on, ip]) => endpoint(name, on, ip)),
      },
      {
        metadata: {
          name: "kube-dns-x1",
          namespace: "kube-system",
          labels: { "kubernetes.io/service-name": "kube-dns", "k8s-app": "kube-dns" },
        },
        addressType: "IPv4",
        ports: [{ name: "dns", port: 53, protocol: "UDP" }],
        endpoints: [{ addresses: ["10.244.1.2"], conditions: { ready: true } }],
      },
    ],
    pods: PODS.map(([name, on, ip]) => pod(name, on, ip)),
    nodes: [node("n1", "a"), node("n2", "b"), node("n3", "c")],
    events: [],
    networkPolicies: [],
    foreignPolicies: [],
    deployments: [
      {
        metadata: { name: "web", namespace: "shop", uid: "uid-deploy-web" },
        spec: {
          replicas: 3,
          selector: { matchLabels: { app: "web" } },
          template: template(LABELS),
        },
        status: { replicas: 3, readyReplicas: 3, availableReplicas: 3 },
      },
    ],
    replicaSets: [
      {
        metadata: {
          name: `web-${HASH}`,
          namespace: "shop",
          uid: "uid-rs-web",
          ownerReferences: [{ kind: "Deployment", name: "web", uid: "uid-deploy-web" }],
        },
        spec: { replicas: 3, template: template(LABELS) },
        status: { replicas: 3, readyReplicas: 3 },
      },
    ],
    statefulSets: [],
    daemonSets: [],
  };
  return {
    schemaVersion: 1,
    recordedAt: NOW,
    asked: { kind: "Service", name: "web", namespace: "shop" },
    objects: structuredClone(objects) as ClusterState["objects"],
    notSeen: [],
  };
}
