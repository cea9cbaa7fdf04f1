import { expect } from "vitest";
import { later } from "../../support/run-program.ts";
import { backendMade, backendRefused, type Row } from "./row.ts";

const named = (...names: string[]) => ({ env: names.map((name) => ({ name })) });
const patched = (spec: object) => ({ patches: { deployment: { spec: { template: { spec } } } } });
const container = (fields: object) => patched({ containers: [{ name: "web", ...fields }] });
const cache = { name: "cache", mountPath: "/cache", emptyDirSizeLimit: "5Gi" };
const limit = (it: string) => ({ resources: { limits: { "ephemeral-storage": it } } });
const seconds = (failureThreshold: number, periodSeconds: number) => ({
  startupProbe: { tcpSocket: { port: "http" }, failureThreshold, periodSeconds },
});
const deadline = (progressDeadlineSeconds: number) => ({ spec: { progressDeadlineSeconds } });
const IMAGE = "must be a container image";
const dns = [{ name: "dns", containerPort: 5353, port: 53, protocol: "UDP" }];
const both = [...dns, { name: "http", containerPort: 8080, port: 80 }];
const calls = (port: object) => ({
  connectsTo: {
    CALLEE: {
      port: "it",
      target: {
        namespace: "data",
        selector: { app: "callee" },
        serviceName: "callee",
        drainSeconds: 10,
        ports: [{ name: "it", containerPort: 1, protocol: "TCP", ...port }],
      },
    },
  },
});
const file = (name: string, mountPath: string, more: object = {}) => ({
  volumes: [{ name, configMapName: name, mountPath, ...more }],
});

/** What users' programs made of workloads. */
export const workloads: readonly Row[] = [
  {
    id: "A1",
    reported: backendMade(
      "a variable that refers to one of secretEnv comes after it",
      { env: { URL: "postgres://app:$(PASSWORD)@db" }, secretEnv: { PASSWORD: "x" } },
      "container",
      named("PASSWORD", "URL"),
    ),
    neighbours: [
      backendMade(
        "one that refers to a key of a Secret",
        { env: { A: "$(Z)" }, envFromSecretKeys: { Z: { name: "s", key: "k" } } },
        "container",
        named("Z", "A"),
      ),
      backendMade(
        "one that refers to another one of env, which is written later",
        { env: { A: "$(B)", B: "$(C)", C: "x" } },
        "container",
        named("C", "B", "A"),
      ),
      backendMade(
        "one that refers to a field of the Pod",
        { env: { A: "$(POD_IP)" }, envFromFields: { POD_IP: "status.podIP" } },
        "container",
        named("POD_IP", "A"),
      ),
      backendMade(
        "one that refers to the address of a connection",
        { env: { A: "$(CALLEE_HOST)" }, ...calls({ port: 5432 }) },
        "container",
        named("CALLEE_HOST", "CALLEE_PORT", "A"),
      ),
      backendMade(
        "one of a patch",
        { env: { A: "$(B)" }, ...container({ env: [{ name: "B", value: "x" }] }) },
        "container",
        named("B", "A"),
      ),
      backendRefused("two that refer to each other", { env: { A: "$(B)", B: "$(A)" } }, "must not"),
    ],
  },
  {
    id: "A2",
    reported: backendMade(
      "a patch mounts a volume at a second path",
      {
        volumes: [{ name: "data", emptyDirSizeLimit: "1Gi", mountPath: "/config" }],
        ...container({ volumeMounts: [{ name: "data", mountPath: "/more", subPath: "more" }] }),
      },
      "container",
      { volumeMounts: [{ mountPath: "/tmp" }, { mountPath: "/config" }, { mountPath: "/more" }] },
    ),
    neighbours: [
      backendRefused(
        "a patch adds UDP to a number that has TCP, which a Service relies on",
        container({ ports: [{ containerPort: 8080, protocol: "UDP", name: "udp" }] }),
        "must not be changed",
      ),
      backendMade(
        "a patch adds a name to an address of hostAliases",
        {
          hostAliases: [{ ip: "10.0.0.9", hostnames: ["a"] }],
          ...patched({ hostAliases: [{ ip: "10.0.0.9", hostnames: ["b"] }] }),
        },
        "pod",
        { hostAliases: [{ ip: "10.0.0.9", hostnames: expect.arrayContaining(["b"]) }] },
      ),
      backendRefused(
        "a patch mounts one path twice",
        container({
          volumeMounts: [
            { name: "a", mountPath: "/a" },
            { name: "b", mountPath: "/a" },
          ],
        }),
        "must differ from",
      ),
      backendRefused(
        "a patch names a variable twice",
        container({
          env: [
            { name: "A", value: "1" },
            { name: "A", value: "2" },
          ],
        }),
        "must differ from",
      ),
    ],
  },
  {
    id: "A3",
    reported: backendMade(
      "the limit grows by a directory of 5Gi",
      { volumes: [cache] },
      "container",
      { resources: { limits: { "ephemeral-storage": "5376Mi" } } },
    ),
    neighbours: [
      backendRefused(
        "a stated limit is smaller",
        { volumes: [cache], ...limit("1Gi") },
        "at least 5184Mi",
      ),
      backendRefused(
        "a stated limit is smaller, and the size late",
        { volumes: [{ ...cache, emptyDirSizeLimit: later("5Gi") }], ...limit("1Gi") },
        "at least 5184Mi",
      ),
      backendMade(
        "a directory in memory takes none of the storage",
        { volumes: [{ ...cache, emptyDirSizeLimit: "64Mi", emptyDirMedium: "Memory" }] },
        "container",
        { resources: { limits: { "ephemeral-storage": "256Mi" } } },
      ),
      backendMade(
        "directories of several volumes add up, and a claim does not",
        {
          volumes: [
            cache,
            { name: "more", mountPath: "/more", emptyDirSizeLimit: "1Gi" },
            { name: "data", mountPath: "/data", persistentVolumeClaimName: "data" },
          ],
        },
        "container",
        { resources: { limits: { "ephemeral-storage": "6400Mi" } } },
      ),
    ],
  },
  {
    id: "A9",
    reported: backendMade("a start may take 600 s", seconds(60, 10), "deployment", deadline(601)),
    neighbours: [
      backendMade(
        "a sidecar's start may take as long",
        {
          initContainers: [
            {
              name: "proxy",
              image: "proxy:1",
              sidecar: true,
              ports: [{ name: "it", containerPort: 9 }],
              startupProbe: { tcpSocket: { port: "it" }, failureThreshold: 60, periodSeconds: 10 },
            },
          ],
        },
        "deployment",
        { spec: { progressDeadlineSeconds: expect.toSatisfy((it: number) => it > 600) } },
      ),
      backendMade(
        "a readiness probe begins after 900 s",
        { readinessProbe: { tcpSocket: { port: "http" }, initialDelaySeconds: 900 } },
        "deployment",
        { spec: { progressDeadlineSeconds: expect.toSatisfy((it: number) => it > 900) } },
      ),
      backendRefused(
        "less is stated than a start may take",
        { ...seconds(60, 10), readyWithinSeconds: 300 },
        "must be",
      ),
    ],
  },
  {
    id: "A10",
    reported: backendRefused("upper case letters", { image: "registry.example/MyApp:1.0" }, IMAGE),
    neighbours: [
      backendRefused("a scheme", { image: "oci://registry.example/app:1" }, IMAGE),
      backendRefused("two tags", { image: "app:1:2" }, IMAGE),
      backendRefused("a digest that is too short", { image: "a@sha256:abc" }, IMAGE),
      backendRefused("a blank at the end, later", { image: later("app:1 ") }, IMAGE),
      backendRefused("a variable of a shell", { image: "app:$TAG" }, IMAGE),
      backendMade(
        "a port and a digest",
        { image: `a.b:5000/c@sha256:${"0".repeat(64)}` },
        "container",
        {},
      ),
    ],
  },
  {
    id: "A11",
    reported: backendRefused(
      "a TCP probe of a port that is UDP alone",
      { ports: both, readinessProbe: { tcpSocket: { port: "dns" } } },
      "must be the name of a TCP port",
    ),
    neighbours: [
      backendRefused(
        "a liveness probe by gRPC",
        { ports: both, livenessProbe: { grpc: { port: "dns" } } },
        "must be the name of a TCP port",
      ),
      backendRefused(
        "an HTTP request before the stop",
        { ports: both, preStop: { httpGet: { path: "/", port: "dns" } } },
        "must be the name of a TCP port",
      ),
      backendMade(
        "a command asks",
        { ports: dns, readinessProbe: { exec: { command: ["dig", "."] } } },
        "container",
        { readinessProbe: { exec: { command: ["dig", "."] } } },
      ),
      backendRefused(
        "SCTP",
        {
          ports: [{ name: "it", containerPort: 1, port: 1, protocol: "SCTP" }],
          readinessProbe: { tcpSocket: { port: "it" } },
        },
        "must be the name of a TCP port",
      ),
    ],
  },
  {
    id: "A12",
    reported: backendRefused("replica", { replica: 3 }, "did you mean replicas"),
    neighbours: [
      backendRefused("livenessprobe", { livenessprobe: {} }, "did you mean livenessProbe"),
      backendRefused(
        "a field of a port",
        { ports: [{ name: "http", containerPort: 8080, port: 80, nodePort: 30080 }] },
        "args.ports[0].nodePort is refused",
      ),
      backendRefused(
        "a header's list as Kubernetes has it",
        { readinessProbe: { httpGet: { path: "/", port: "http", host: "a" } } },
        "args.readinessProbe.httpGet.host is refused",
      ),
      backendRefused(
        "a field of a sidecar's resources",
        { initContainers: [{ name: "a", image: "a", resources: { limit: {} } }] },
        "did you mean limits",
      ),
      backendRefused(
        "a patch of a field that a Deployment does not have",
        { patches: { deployment: { spec: { replica: 3 } } } },
        "has no such field; did you mean replicas",
      ),
    ],
  },
  {
    id: "A13",
    reported: backendMade("redis has no URL", calls({ name: "it", port: 6379 }), "container", {
      env: [{ name: "CALLEE_HOST" }, { name: "CALLEE_PORT" }],
    }),
    neighbours: [
      backendMade(
        "nor has h2c",
        calls({ port: 80, appProtocol: "kubernetes.io/h2c" }),
        "container",
        {
          env: [{ name: "CALLEE_HOST" }, { name: "CALLEE_PORT" }],
        },
      ),
      backendMade(
        "nor has a port 5432 outside of the cluster",
        {
          connectsToExternal: { DB: { externalName: "db.example.com", port: 5432 } },
        },
        "container",
        { env: [{ name: "DB_HOST" }, { name: "DB_PORT" }] },
      ),
      backendMade("nor has UDP 443", calls({ port: 443, protocol: "UDP" }), "container", {
        env: [{ name: "CALLEE_HOST" }, { name: "CALLEE_PORT" }],
      }),
      backendMade(
        "what says http has one",
        calls({ port: 6379, appProtocol: "http" }),
        "container",
        {
          env: [{}, {}, { value: "http://callee.data.svc:6379" }],
        },
      ),
    ],
  },
  {
    id: "A15",
    reported: backendRefused(
      "a ConfigMap at the path of nginx.conf",
      file("nginx", "/etc/nginx/nginx.conf"),
      'for a single file set subPath "nginx.conf"',
    ),
    neighbours: [
      backendRefused(
        "a Secret at the path of a key",
        { volumes: [{ name: "tls", secretName: "tls", mountPath: "/etc/tls.key" }] },
        'set subPath "tls.key"',
      ),
      backendRefused(
        "at a second path of the volume",
        file("a", "/etc/a", { mounts: [{ mountPath: "/srv/app.yaml" }] }),
        'set subPath "app.yaml"',
      ),
      backendMade(
        "the text is followed",
        file("nginx", "/etc/nginx/nginx.conf", { subPath: "nginx.conf" }),
        "container",
        {
          volumeMounts: expect.arrayContaining([
            expect.objectContaining({ subPath: "nginx.conf" }),
          ]),
        },
      ),
      backendMade("a directory with a dot", file("a", "/etc/conf.d"), "container", {}),
    ],
  },
];
