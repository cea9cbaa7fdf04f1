import { later } from "../../support/run-program.ts";
import type { Way } from "./way.ts";

type Args = Record<string, unknown>;

const port = { name: "http", containerPort: 8080, port: 80 };
const unserved = { ports: [{ name: "http", containerPort: 8080 }] };
const worker = { ports: [], readinessProbe: { exec: { command: ["true"] } } };
const claim = { name: "d", mountPath: "/d", persistentVolumeClaimName: "d" };
const shared = { ...claim, accessMode: "ReadWriteMany" };
const dir = { name: "c", mountPath: "/c", emptyDirSizeLimit: "1Mi" };
const map = { name: "m", mountPath: "/m", configMapName: "m" };
const scaled = { autoscaling: { minReplicas: 2, maxReplicas: 4 } };
const metric = (more: Args) => ({
  autoscaling: {
    minReplicas: 2,
    maxReplicas: 4,
    metrics: [{ type: "Pods", name: "requests", ...more }],
  },
});
const init = (...more: Args[]) => ({
  initContainers: more.map((it, index) => ({ name: `i${index}`, image: "a", ...it })),
});
const sidecar = (more: Args) => init({ sidecar: true, ...more });
const deployment = (spec: object) => ({ patches: { deployment: { spec } } });
const container = (fields: object) =>
  deployment({ template: { spec: { containers: [{ name: "web", ...fields }] } } });
const target = {
  namespace: "data",
  selector: { app: "db" },
  serviceName: "db",
  drainSeconds: 1,
  ports: [{ name: "sql", containerPort: 1, protocol: "TCP", port: 5432 }],
};
const calls = (more: Args, key = "DB") => ({
  connectsTo: { [key]: { target, port: "sql", ...more } },
});
const external = (more: Args, key = "DB") => ({
  connectsToExternal: { [key]: { port: 1, ...more } },
});
const http = { target: { ...target, ports: [{ ...target.ports[0], appProtocol: "http" }] } };
const affinity = (more: Args) => ({ nodeAffinity: [{ key: "a", operator: "In", ...more }] });
const affine = (more: Args) => ({ nodeAffinity: [{ key: "a", ...more }] });
const volumes = (...all: Args[]) => ({ volumes: all });
const caller = (more: Args) => ({ allowedCallers: [more] });
const toleration = (more: Args) => ({ tolerations: [{ key: "a", ...more }] });
const resources = (kind: "limits" | "requests", more: Args) => ({ resources: { [kind]: more } });
const gpu = "nvidia.com/gpu";

/** Arguments of a Backend that are refused, each with those that its text names. */
export const backends: readonly Way<Args>[] = [
  [
    { networkPolicy: false, allowedCallers: [] },
    { networkPolicy: true, allowedCallers: [] },
  ],
  [{ dnsServerRanges: ["10.0.0.1/32"] }, { dnsServerRanges: ["10.0.0.1/32"], closeEgress: true }],
  [
    metric({ name: "a/b", averageValue: "1" }),
    metric({ name: "http_requests_per_second", averageValue: "1" }),
  ],
  [metric({ averageValue: "0" }), metric({ averageValue: "1" })],
  [metric({ value: "1", averageValue: "1" }), metric({ averageValue: "1" })],
  [metric({}), metric({ averageValue: "1" })],
  [metric({ type: "External" }), metric({ type: "External", value: "1" })],
  [{ ...scaled, ...volumes(claim) }, volumes(claim), { ...scaled, ...volumes(shared) }],
  [{ ...scaled, replicas: 2 }, scaled],
  [{ ...scaled, externalAutoscaler: true }, scaled, { externalAutoscaler: true }],
  [
    { autoscaling: { minReplicas: 4, maxReplicas: 2 } },
    { autoscaling: { minReplicas: 4, maxReplicas: 4 } },
  ],
  [
    { ...scaled, ...resources("requests", { cpu: "0" }) },
    { ...scaled, ...resources("requests", { cpu: "1m" }) },
  ],
  [caller({ ranges: ["10.0.0.0/8"], podLabels: { a: "b" } }), caller({ ranges: ["10.0.0.0/8"] })],
  [
    caller({ ranges: ["10.0.0.0/8"], namespace: "a" }),
    caller({ namespace: "a" }),
    caller({ ranges: ["10.0.0.0/8"] }),
  ],
  [
    caller({ anyNamespace: true, namespace: "a" }),
    caller({ anyNamespace: true }),
    caller({ namespace: "a" }),
  ],
  [caller({ anyNamespace: true, namespaceLabels: { a: "b" } }), caller({ anyNamespace: true })],
  [
    caller({ namespaceLabels: {} }),
    caller({ namespaceLabels: { a: "b" } }),
    caller({ anyNamespace: true }),
  ],
  [
    { ...unserved, ...caller({ namespace: "a" }) },
    { ...unserved, ...caller({ namespace: "a", ports: ["http"] }) },
  ],
  [calls({}, "db"), calls({}, "MY_BACKEND")],
  [calls({ target: { ...target, serviceName: undefined } }), calls({})],
  [calls({ target: { ...target, ports: [{ ...target.ports[0], port: undefined }] } }), calls({})],
  [calls({ port: "other" }), calls({ port: "sql" })],
  [
    { ...calls(http), env: { DB_URL: "a" } },
    { ...calls(http, "SQL"), env: { DB_URL: "a" } },
    { ...calls({}), env: { DB_URL: "a" } },
  ],
  [
    { ports: [port, { ...port, name: "b", port: 81 }] },
    { ports: [port, { ...port, name: "b", containerPort: 8081, port: 81 }] },
  ],
  [
    { podDisruptionBudget: false, disruptionBudget: { minAvailable: 1 } },
    { podDisruptionBudget: false },
    { disruptionBudget: { minAvailable: 1 } },
  ],
  [{ disruptionBudget: {} }, { disruptionBudget: { maxUnavailable: 1 } }],
  [{ disruptionBudget: { minAvailable: 2 } }, { disruptionBudget: { minAvailable: 1 } }],
  [{ env: { A: "$(B)", B: "$(A)" } }, { env: { A: "$$(B)", B: "$(A)" } }],
  [{ env: { A: "1" }, secretEnv: { A: "2" } }, { secretEnv: { A: "2" } }],
  [
    { ...calls({}), ...external({ externalName: "a.example" }) },
    { ...calls({}), ...external({ externalName: "a.example" }, "OTHER") },
  ],
  [external({}), external({ externalName: "a.example" }), external({ addresses: ["10.0.0.1"] })],
  [
    external({ addresses: ["10.0.0.1"] }, "A".repeat(60)),
    external({ addresses: ["10.0.0.1"], serviceName: "a" }, "A".repeat(60)),
  ],
  [
    external({ addresses: ["10.0.0.1", "2001:db8::1"] }),
    {
      connectsToExternal: {
        DB: { port: 1, addresses: ["10.0.0.1"] },
        SIX: { port: 1, addresses: ["2001:db8::1"] },
      },
    },
  ],
  [
    external({ externalName: "a.example", ranges: ["10.0.0.0/8"] }),
    { closeEgress: true, ...external({ externalName: "a.example", ranges: ["10.0.0.0/8"] }) },
  ],
  [
    { closeEgress: true, ...external({ externalName: "a.example" }) },
    { closeEgress: true, ...external({ externalName: "a.example", ranges: ["0.0.0.0/0"] }) },
  ],
  [
    volumes({ ...map, mountPath: "/etc/a.conf" }),
    volumes({ ...map, mountPath: "/etc/a.conf", subPath: "a.conf" }),
  ],
  [
    { app: "web", serviceAccountName: "a", serviceAccountAnnotations: { a: "b" } },
    { serviceAccountName: "a" },
  ],
  [init({ name: "web" }), init({ name: "other" })],
  [init({ name: "a" }, { name: "a" }), init({ name: "a" }, { name: "b" })],
  [
    init({ ports: [{ name: "a", containerPort: 1 }] }),
    sidecar({ ports: [{ name: "a", containerPort: 1 }] }),
  ],
  [affine({ operator: "Gt", values: ["a"] }), affine({ operator: "Gt", values: ["4"] })],
  [affine({ operator: "Exists", values: ["a"] }), affine({ operator: "In", values: ["a"] })],
  [affine({ operator: "Gt", values: ["1", "2"] }), affine({ operator: "Gt", values: ["1"] })],
  [affinity({}), affinity({ values: ["a"] }), affine({ operator: "Exists" })],
  [{ sysctls: { "a b": "1" } }, { sysctls: { "net.ipv4.tcp_keepalive_time": "1" } }],
  [
    {
      hostAliases: [
        { ip: "10.0.0.1", hostnames: ["a"] },
        { ip: "10.0.0.1", hostnames: ["b"] },
      ],
    },
    { hostAliases: [{ ip: "10.0.0.1", hostnames: ["a", "b"] }] },
  ],
  [
    { dnsConfig: { nameservers: ["1.1.1.1", "1.1.1.2", "1.1.1.3", "1.1.1.4"] } },
    { dnsConfig: { nameservers: ["1.1.1.1", "1.1.1.2", "1.1.1.3"] } },
  ],
  [{ dnsPolicy: "None" }, { dnsPolicy: "None", dnsConfig: { nameservers: ["1.1.1.1"] } }],
  [
    {
      dnsConfig: {
        searches: Array.from(
          { length: 20 },
          (_, index) => `${"a".repeat(60)}.${"b".repeat(60)}.${index}`,
        ),
      },
    },
    { dnsConfig: { searches: ["a.example"] } },
  ],
  [{ dnsConfig: { options: { "a b": "1" } } }, { dnsConfig: { options: { ndots: "1" } } }],
  [
    sidecar({ ports: [{ name: "a", containerPort: 8080 }] }),
    sidecar({ ports: [{ name: "a", containerPort: 8081 }] }),
  ],
  [
    sidecar({ ports: [{ name: "a", containerPort: 1, port: 80 }] }),
    sidecar({ ports: [{ name: "a", containerPort: 1, port: 81 }] }),
  ],
  [
    sidecar({ ports: [{ name: "http", containerPort: 1 }] }),
    sidecar({ ports: [{ name: "b", containerPort: 1 }] }),
  ],
  [
    { preStop: {} },
    { preStop: { exec: { command: ["a"] } } },
    { preStop: { httpGet: { path: "/", port: "http" } } },
  ],
  [
    { readinessProbe: { httpGet: { path: "/", port: "http", httpHeaders: { "a b": "c" } } } },
    { readinessProbe: { httpGet: { path: "/", port: "http", httpHeaders: { "X-Probe": "c" } } } },
  ],
  [{ ports: [], readinessProbe: { tcpSocket: { port: "http" } } }, worker],
  [
    { readinessProbe: { tcpSocket: { port: "other" } } },
    { readinessProbe: { tcpSocket: { port: "http" } } },
  ],
  [
    { ports: [{ ...port, protocol: "UDP" }] },
    { ports: [port] },
    { ports: [{ ...port, protocol: "UDP" }], readinessProbe: worker.readinessProbe },
  ],
  [{ readinessProbe: {} }, { readinessProbe: { tcpSocket: { port: "http" } } }],
  [
    resources("limits", { disk: "1" }),
    resources("limits", { "ephemeral-storage": "1Gi" }),
    resources("limits", { [gpu]: "1" }),
  ],
  [resources("limits", { [gpu]: "1.5" }), resources("limits", { [gpu]: "1" })],
  [
    resources("requests", { [gpu]: "1" }),
    { resources: { requests: { [gpu]: "1" }, limits: { [gpu]: "1" } } },
  ],
  [
    { resources: { requests: { [gpu]: "1" }, limits: { [gpu]: "2" } } },
    { resources: { requests: { [gpu]: "2" }, limits: { [gpu]: "2" } } },
  ],
  [
    { resources: { requests: { cpu: "2" }, limits: { cpu: "1" } } },
    { resources: { requests: { cpu: "1" }, limits: { cpu: "1" } } },
  ],
  [{ tolerations: [{ value: "a" }] }, toleration({ value: "a" })],
  [
    toleration({ effect: "NoSchedule", tolerationSeconds: 1 }),
    toleration({ effect: "NoExecute", tolerationSeconds: 1 }),
  ],
  [{ strategy: "Recreate", maxSurge: 1 }, { strategy: "Recreate" }],
  [
    { maxSurge: 0, maxUnavailable: 0 },
    { maxSurge: 1, maxUnavailable: 0 },
    { maxSurge: 0, maxUnavailable: 1 },
  ],
  [
    { strategy: "RollingUpdate", ...volumes(claim) },
    { strategy: "Recreate", ...volumes(claim) },
    { strategy: "RollingUpdate", ...volumes(shared) },
  ],
  [
    volumes({ ...map, items: [{ key: "a", path: "../a" }] }),
    volumes({ ...map, items: [{ key: "a", path: "nginx.conf" }] }),
  ],
  [
    volumes({
      ...map,
      items: [
        { key: "a", path: "a" },
        { key: "b", path: "a/b" },
      ],
    }),
    volumes({
      ...map,
      items: [
        { key: "a", path: "a" },
        { key: "b", path: "b" },
      ],
    }),
  ],
  [volumes({ ...map, mountPath: "/m/" }), volumes({ ...map, mountPath: "/etc/my-backend" })],
  [volumes({ name: "a", mountPath: "/a" }), volumes(map), volumes(claim), volumes(dir)],
  [
    volumes({ ...dir, items: [{ key: "a", path: "a" }] }),
    volumes(dir),
    volumes({ ...map, items: [{ key: "a", path: "a" }] }),
  ],
  [volumes({ ...map, emptyDirMedium: "Memory" }), volumes({ ...dir, emptyDirMedium: "Memory" })],
  [volumes({ ...dir, accessMode: "ReadWriteMany" }), volumes(dir), volumes(shared)],
  [volumes({ ...map, readOnly: true }), volumes(map), volumes({ ...claim, readOnly: true })],
  [volumes(map, { ...dir, name: "m" }), volumes(map, dir)],
  [volumes(map, { ...dir, mountPath: "/m" }), volumes(map, dir)],
  [{ replica: 1 }, { replicas: 1 }],
  [{ patches: { deployment: { spec: () => 1 } } }, { patches: { deployment: { spec: {} } } }],
  [
    { ports: [{ ...port, name: "HTTP" }], readinessProbe: worker.readinessProbe },
    { ports: [port] },
  ],
  [{ app: "" }, { app: "a" }],
  [
    { ports: [{ ...port, appProtocol: "a b" }] },
    { ports: [{ ...port, appProtocol: "example.com/a" }] },
  ],
  [{ env: { A: undefined } }, { env: { A: "a" } }, { env: {} }],
  [{ env: { "1A": "a" } }, { env: { A: "a" } }],
  [{ secretEnv: { A: "a".repeat(2 ** 20 + 1) } }, { secretEnv: { A: "a" } }],
  [
    { serviceName: "kubernetes", namespace: "default" },
    { serviceName: "web", namespace: "default" },
  ],
  [
    { headless: true, ports: [{ ...port, port: 8080 }], internalTrafficPolicy: "Local" },
    { headless: true, ports: [{ ...port, port: 8080 }] },
  ],
  [{ headless: true }, { headless: true, ports: [{ ...port, port: 8080 }] }],
  [
    { headlessPublishNotReadyAddresses: true },
    { headlessServiceName: "a", headlessPublishNotReadyAddresses: true },
  ],
  [
    { headless: true, ports: [{ ...port, port: 8080 }], headlessServiceName: "a" },
    { headless: true, ports: [{ ...port, port: 8080 }] },
    { headlessServiceName: "a" },
  ],
  [{ ...worker, headlessServiceName: "a" }, { headlessServiceName: "a" }],
  [
    { ipFamilies: ["IPv4", "IPv4"], ipFamilyPolicy: "PreferDualStack" },
    { ipFamilies: ["IPv4", "IPv6"], ipFamilyPolicy: "PreferDualStack" },
  ],
  [
    { ipFamilies: ["IPv4", "IPv6"] },
    { ipFamilies: ["IPv4", "IPv6"], ipFamilyPolicy: "RequireDualStack" },
  ],
  [
    { sessionAffinityTimeoutSeconds: 1 },
    { sessionAffinityTimeoutSeconds: 1, sessionAffinity: "ClientIP" },
  ],
  [deployment({ template: { spec: { containers: [{ image: "a" }] } } }), container({ image: "a" })],
  [
    container({
      env: [
        { name: "A", value: "a" },
        { name: "A", value: "b" },
      ],
    }),
    container({ env: [{ name: "A", value: "a" }] }),
  ],
  [
    container({ readinessProbe: { exec: { command: ["a"] }, grpc: { port: 1 } } }),
    container({ readinessProbe: { grpc: { port: 1 } } }),
  ],
  [
    deployment({ strategy: { type: "Recreate", rollingUpdate: { maxSurge: 1 } } }),
    deployment({ strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1 } } }),
  ],
  [deployment({ selector: { matchLabels: { app: "a" } } }), {}],
  [
    { serviceName: "a", headlessServiceName: "a" },
    { serviceName: "a", headlessServiceName: "b" },
  ],
  [{ labels: { app: "a" } }, { app: "a" }],
  [{ ...unserved, sessionAffinity: "ClientIP" }, { sessionAffinity: "ClientIP" }, unserved],
  [{ imagePullSecrets: ["a", "a"] }, { imagePullSecrets: ["a"] }],
  [{ ...worker, entrances: ["LoadBalancer"] }, worker, { entrances: ["LoadBalancer"] }],
  [
    {
      drainSeconds: 60,
      ...deployment({ template: { spec: { terminationGracePeriodSeconds: 20 } } }),
    },
    {
      drainSeconds: 60,
      ...deployment({ template: { spec: { terminationGracePeriodSeconds: 60 } } }),
    },
    {
      drainSeconds: 20,
      ...deployment({ template: { spec: { terminationGracePeriodSeconds: 20 } } }),
    },
  ],
  [{ ...unserved, patches: { service: {} } }, unserved, { patches: { service: {} } }],
  [
    deployment({ template: { spec: { containers: [{ name: "wbe", env: [] }] } } }),
    container({ env: [] }),
    deployment({ template: { spec: { containers: [{ name: "wbe", image: "a" }] } } }),
  ],
  [volumes(dir, { ...map, name: "c" }), volumes(dir, map)],
  [
    {
      ...volumes({ ...dir, emptyDirSizeLimit: "5Gi" }),
      ...resources("limits", { "ephemeral-storage": "1Gi" }),
    },
    {
      ...volumes({ ...dir, emptyDirSizeLimit: "5Gi" }),
      ...resources("limits", { "ephemeral-storage": "6Gi" }),
    },
  ],
  [{ env: { A: later("$(B)"), B: later("$(A)") } }, { env: { B: later("a"), A: later("$(B)") } }],
  [
    external({ addresses: ["127.0.0.1"] }),
    external({ addresses: ["10.20.0.5"] }),
    external({ externalName: "a.example" }),
  ],
  [{ dnsConfig: { nameservers: ["a"] } }, { dnsConfig: { nameservers: ["10.20.0.5"] } }],
  [
    sidecar({
      ports: [
        { name: "a", containerPort: 1 },
        { name: "a", containerPort: 2 },
      ],
    }),
    sidecar({
      ports: [
        { name: "a", containerPort: 1 },
        { name: "b", containerPort: 2 },
      ],
    }),
  ],
  [
    init(
      { sidecar: true, ports: [{ name: "a", containerPort: 1 }] },
      { sidecar: true, ports: [{ name: "a", containerPort: 2 }] },
    ),
    init(
      { sidecar: true, ports: [{ name: "a", containerPort: 1 }] },
      { sidecar: true, ports: [{ name: "b", containerPort: 2 }] },
    ),
  ],
  [
    volumes({ ...map, items: [{ key: "a", path: "..a" }] }),
    volumes({ ...map, items: [{ key: "a", path: "nginx.conf" }] }),
  ],
  [{ patches: { service: { spec: { selector: { app: "a" } } } } }, {}],
  [{ patches: { networkPolicy: { spec: { podSelector: { matchLabels: { app: "a" } } } } } }, {}],
  [calls({ target: "a" }), calls({})],
  [calls({ target: { ...target, selector: {} } }), calls({})],
  [calls({ target: { ...target, ports: [] } }), calls({})],
  [
    { adopt: { deploymentUrn: "a" } },
    {
      adopt: { deploymentUrn: `urn:pulumi:dev::shop-project::kubernetes:apps/v1:Deployment::web` },
    },
  ],
  [{ app: later("a") }, { app: "a" }],
  [{ imagePullSecrets: "a" }, { imagePullSecrets: ["a"] }],
  [
    caller({ namespace: "a", namespaceLabels: { a: "b" } }),
    caller({ namespace: "a" }),
    caller({ namespaceLabels: { a: "b" } }),
  ],
];
