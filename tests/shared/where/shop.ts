import type { ClusterObjects, Pod } from "../../../where/state/cluster-state.ts";

/** A Pod of the namespace `shop` that a ReplicaSet owns. */
export function podOf(app: string, uid: string, changes: Partial<Pod> = {}): Pod {
  return {
    metadata: {
      name: `${app}-${uid}`,
      namespace: "shop",
      uid,
      creationTimestamp: "2026-11-30T10:00:00Z",
      labels: { app },
      ownerReferences: [
        { kind: "ReplicaSet", name: `${app}-1`, uid: `${app}-1`, controller: true },
      ],
      ...changes.metadata,
    },
    spec: { nodeName: "node-1", ...changes.spec },
    status: {
      phase: "Running",
      podIP: "10.0.0.1",
      conditions: [{ type: "Ready", status: "True" }],
      ...changes.status,
    },
  };
}

/** The objects of an app: a Service, its EndpointSlice, a Deployment and a ReplicaSet, with the Pods given. */
export function appObjects(
  app: string,
  pods: readonly Pod[],
  type = "ClusterIP",
): Required<
  Pick<ClusterObjects, "services" | "endpointSlices" | "deployments" | "replicaSets" | "pods">
> {
  const metadata = { name: app, namespace: "shop", uid: `${app}-uid` };
  const template = { metadata: { labels: { app } } };
  return {
    services: [
      {
        metadata: { ...metadata, uid: `${app}-service` },
        spec: {
          type,
          clusterIP: "10.96.0.10",
          selector: { app },
          ports: [
            { port: 80, targetPort: 8080, ...(type === "ClusterIP" ? {} : { nodePort: 30080 }) },
          ],
        },
        status: { loadBalancer: {} },
      },
    ],
    endpointSlices: [
      {
        metadata: {
          ...metadata,
          name: `${app}-abc`,
          uid: `${app}-slice`,
          labels: { "kubernetes.io/service-name": app },
        },
        ports: [{ port: 8080 }],
        endpoints: pods.map(({ metadata: own, status }) => ({
          addresses: [status?.podIP ?? ""],
          conditions: { ready: status?.conditions?.[0]?.status === "True" },
          targetRef: { kind: "Pod", name: own?.name, uid: own?.uid },
        })),
      },
    ],
    deployments: [{ metadata, spec: { replicas: pods.length, template } }],
    replicaSets: [
      {
        metadata: {
          ...metadata,
          name: `${app}-1`,
          uid: `${app}-1`,
          ownerReferences: [{ kind: "Deployment", name: app, uid: `${app}-uid`, controller: true }],
        },
      },
    ],
    pods,
  };
}

/** Several apps on two nodes. */
export function shopObjects(...apps: readonly ReturnType<typeof appObjects>[]): ClusterObjects {
  const ready = { conditions: [{ type: "Ready", status: "True" }] };
  return {
    services: apps.flatMap((it) => it.services),
    endpointSlices: apps.flatMap((it) => it.endpointSlices),
    deployments: apps.flatMap((it) => it.deployments),
    replicaSets: apps.flatMap((it) => it.replicaSets),
    pods: apps.flatMap((it) => it.pods),
    nodes: ["node-1", "node-2"].map((name) => ({ metadata: { name, uid: name }, status: ready })),
    namespaces: [{ metadata: { name: "shop" } }, { metadata: { name: "billing" } }],
    events: [],
  };
}
