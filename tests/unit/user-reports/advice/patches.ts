import type { Way } from "./way.ts";

type Args = Record<string, unknown>;

const spec = (fields: object): Args => ({ patches: { deployment: { spec: fields } } });
const pod = (fields: object): Args => spec({ template: { spec: fields } });
const container = (fields: object): Args => pod({ containers: [{ name: "web", ...fields }] });
const service = (fields: object): Args => ({ patches: { service: { spec: fields } } });
const budget = (fields: object): Args => ({ patches: { podDisruptionBudget: { spec: fields } } });
const scaler = (fields: object): Args => ({
  autoscaling: { minReplicas: 2, maxReplicas: 4 },
  patches: { horizontalPodAutoscaler: { spec: fields } },
});
const metric = (fields: object): Args =>
  scaler({
    metrics: [
      {
        resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 50 } },
        ...fields,
      },
    ],
  });
const egress = (port: object): Args => ({
  patches: { networkPolicy: { spec: { egress: [{ ports: [port] }] } } },
});
const nodes = (term: object): Args =>
  pod({
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] },
      },
    },
  });
const expression = (fields: object): Args => nodes({ matchExpressions: [{ key: "a", ...fields }] });
const byName = (...values: string[]): Args =>
  nodes({ matchFields: [{ key: "metadata.name", operator: "In", values }] });
const tolerated = (fields: object): Args => pod({ tolerations: [fields] });
const named = (metadata: object): Args => ({ patches: { deployment: { metadata } } });
const resize = (...names: string[]): Args =>
  container({
    resizePolicy: names.map((resourceName) => ({ resourceName, restartPolicy: "NotRequired" })),
  });
const claim = (name: string): Args =>
  pod({
    volumes: [{ name: "d", persistentVolumeClaim: { claimName: "d" } }],
    containers: [{ name: "web", volumeDevices: [{ name, devicePath: "/dev/a" }] }],
  });

/** Patches that are refused, each with those that the text names. */
export const patches: readonly Way<Args>[] = [
  [metric({ type: "Pods" }), metric({ type: "Resource" })],
  [egress({ endPort: 9 }), egress({ port: 1, endPort: 9 })],
  [expression({ operator: "Gt", values: ["a"] }), expression({ operator: "Gt", values: ["1"] })],
  [expression({ operator: "In" }), expression({ operator: "In", values: ["a"] })],
  [expression({ operator: "Exists", values: ["a"] }), expression({ operator: "Exists" })],
  [byName("a", "b"), byName("a")],
  [named({ finalizers: ["a.b/c", "a.b/c"] }), named({ finalizers: ["a.b/c"] })],
  [
    container({ volumeMounts: [{ name: "x", mountPath: "/x" }] }),
    pod({
      volumes: [{ name: "x", emptyDir: {} }],
      containers: [{ name: "web", volumeMounts: [{ name: "x", mountPath: "/x" }] }],
    }),
  ],
  [claim("e"), claim("d")],
  [
    container({ resources: { requests: { cpu: "9" } } }),
    container({ resources: { requests: { cpu: "9" }, limits: { cpu: "9" } } }),
  ],
  [
    container({ resources: { limits: { cpu: "1m" } } }),
    container({ resources: { limits: { cpu: "1" } } }),
  ],
  [
    service({ clusterIPs: ["10.0.0.1"], clusterIP: "10.0.0.2" }),
    service({ clusterIPs: ["10.0.0.1"], clusterIP: "10.0.0.1" }),
  ],
  [
    service({ externalTrafficPolicy: "Local" }),
    service({ externalTrafficPolicy: "Local", externalIPs: ["203.0.113.4"] }),
  ],
  [service({ ipFamilies: ["IPv4", "IPv4"] }), service({ ipFamilies: ["IPv4"] })],
  [
    container({ envFrom: [{ secretRef: {} }] }),
    container({ envFrom: [{ secretRef: { name: "a" } }] }),
  ],
  [tolerated({ operator: "Equal" }), tolerated({ operator: "Exists" })],
  [
    tolerated({ key: "a", operator: "Exists", value: "b" }),
    tolerated({ key: "a", operator: "Exists" }),
  ],
  [
    budget({ maxUnavailable: "a" }),
    budget({ maxUnavailable: "25%" }),
    budget({ maxUnavailable: 1 }),
  ],
  [resize("cpu", "cpu"), resize("cpu", "memory")],
  [pod({ containers: [{ name: "other" }] }), pod({ containers: [{ name: "other", image: "a" }] })],
  [
    container({ readinessProbe: { httpGet: null } }),
    container({ readinessProbe: { exec: { command: ["a"] }, httpGet: null } }),
  ],
  [container({ env: [{ name: "A", value: 1 }] }), container({ env: [{ name: "A", value: "1" }] })],
  [spec({ revisionHistoryLimit: 1.5 }), spec({ revisionHistoryLimit: 1 })],
  [
    { secretEnv: { A: "a" }, patches: { secret: { data: { B: "?" } } } },
    { secretEnv: { A: "a" }, patches: { secret: { data: { B: "Yg==" } } } },
  ],
  [
    container({ resources: { limits: { cpu: "much" } } }),
    container({ resources: { limits: { cpu: "500m" } } }),
  ],
  [
    spec({ strategy: { rollingUpdate: { maxSurge: true } } }),
    spec({ strategy: { rollingUpdate: { maxSurge: 1 } } }),
  ],
  [spec({ revisionHistoryLimit: -1 }), spec({ revisionHistoryLimit: 0 })],
  [
    container({ securityContext: { runAsUser: 2 ** 31 } }),
    container({ securityContext: { runAsUser: 2 ** 31 - 1 } }),
  ],
  [pod({ tolerations: {} }), pod({ tolerations: [] })],
  [spec({ replica: 3 }), spec({ revisionHistoryLimit: 3 })],
  [
    pod({ hostAliases: [{ hostnames: ["a"] }] }),
    pod({ hostAliases: [{ ip: "10.0.0.1", hostnames: ["a"] }] }),
  ],
  [named({ creationTimestamp: "today" }), named({})],
  [
    container({ lifecycle: { preStop: { httpGet: { path: "/" } } } }),
    container({ lifecycle: { preStop: { httpGet: { path: "/", port: 8080 } } } }),
  ],
];
