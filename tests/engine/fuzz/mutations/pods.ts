import type { BackendArgs } from "../../../../components/index.ts";
import { noEnvironment, served, twoBackendPorts } from "./bases.ts";
import { breaks as breaksIn, breaksKey, type Mutation } from "./mutation.ts";
import { not } from "./values.ts";

const breaks = (
  rule: string,
  place: string,
  values: Parameters<typeof breaksIn>[3],
  beside?: Parameters<typeof breaksIn>[4],
) => breaksIn(rule, "Backend", place, values, beside);

const PROBES = ["readinessProbe", "livenessProbe", "startupProbe"] as const;
const VARIABLES = ["env", "secretEnv", "envFromSecretKeys", "envFromConfigMapKeys"] as const;
const REFERENCES = VARIABLES.slice(2);
const reference = { name: "a", key: "b" };

const probed = (args: BackendArgs) => ({
  ...served(args),
  // Its probes give a Pod a time that may be more than the one that was drawn.
  readyWithinSeconds: undefined,
  ...Object.fromEntries(
    PROBES.map((probe) => [probe, { httpGet: { path: "/", port: "one" } }] as const),
  ),
});
const volumes =
  (...more: object[]) =>
  (args: BackendArgs) => ({
    ...served(args),
    volumes: [{ name: "one", mountPath: "/one", secretName: "one" }, ...more],
  });
const containers = (...more: object[]) => ({
  args: (args: BackendArgs) => ({
    ...served(args),
    initContainers: [{ name: "one-more", image: "one:1" }, ...more],
  }),
});
const sidecar = { name: "two-more", image: "two:1", sidecar: true };
const noResources = { args: { resources: { requests: {}, limits: {} } } };
const limited = (requests: object, limits: object) => ({
  args: { resources: { requests, limits } },
});

/** The rules of the API server for Pods, and for what goes with them. */
export const pods: readonly Mutation[] = [
  breaks("namespace: DNS-1123 label", "namespace", not.dns1123),
  breaks("image: required, without spaces", "image", ["", " ", "a b", "a\n", null, 1]),
  breaks("imagePullPolicy: a closed choice", "imagePullPolicy", not.choice),
  breaks("imagePullSecrets: names", "imagePullSecrets[0]", not.subdomain, {
    args: { imagePullSecrets: [] },
  }),
  breaks("imagePullSecrets: each once", "imagePullSecrets[1]", ["a"], {
    args: { imagePullSecrets: ["a", "b"] },
    // The API server only warns of it; late ones are not compared.
    plain: true,
  }),
  breaks("replicas: a count of 32 bits", "replicas", not.int32.slice(0, -1), {
    args: { autoscaling: undefined },
  }),
  breaks("containerPort: once per protocol", "ports[1].containerPort", [8001], {
    args: twoBackendPorts,
  }),
  breaks("probe: exactly one handler", "readinessProbe", [{}, null, "http"]),
  ...PROBES.map((probe) =>
    breaks("probe: exactly one handler", `${probe}.tcpSocket`, [{ port: "one" }], {
      args: probed,
      path: `args.${probe}`,
    }),
  ),
  ...PROBES.map((probe) =>
    breaks("probe: asks a port of the container", `${probe}.httpGet.port`, ["two", "", 80], {
      args: probed,
    }),
  ),
  ...PROBES.map((probe) =>
    breaks("probe: has a path", `${probe}.httpGet.path`, ["", "readyz", null], { args: probed }),
  ),
  breaks("probe: HTTP or HTTPS", "readinessProbe.httpGet.scheme", not.choice, { args: probed }),
  breaks("probe: has a command", "readinessProbe.exec", [{ command: [] }], {
    args: (args: BackendArgs) => ({ ...served(args), readinessProbe: {} }),
    path: "args.readinessProbe.exec.command",
  }),
  breaks("probe: counts and seconds of 32 bits", "readinessProbe.initialDelaySeconds", not.int32, {
    args: probed,
  }),
  ...["periodSeconds", "timeoutSeconds", "failureThreshold", "successThreshold"].map((field) =>
    breaks("probe: counts and seconds of 32 bits", `livenessProbe.${field}`, [0, ...not.int32], {
      args: probed,
    }),
  ),
  ...["livenessProbe", "startupProbe"].map((probe) =>
    breaks("probe: one success of liveness and startup", `${probe}.successThreshold`, [2, 3], {
      args: probed,
    }),
  ),
  ...VARIABLES.map((map) =>
    breaksKey("env name: of every version", "Backend", map, not.environmentName, {
      args: noEnvironment,
      value: map.endsWith("Keys") ? reference : "a",
    }),
  ),
  ...VARIABLES.slice(1).map((map) =>
    breaksKey("env name: once per container", "Backend", map, ["A"], {
      args: { ...noEnvironment, env: { A: "1" } },
      value: map.endsWith("Keys") ? reference : "a",
    }),
  ),
  ...["env", "secretEnv"].map((map) =>
    breaks("env value: a text", `${map}.A`, not.text, { args: { ...noEnvironment, [map]: {} } }),
  ),
  ...REFERENCES.map((map) =>
    breaks(
      "env reference: a name",
      `${map}.A`,
      not.subdomain.map((name) => ({ name, key: "b" })),
      {
        args: { ...noEnvironment, [map]: {} },
        path: `args.${map}.A.name`,
      },
    ),
  ),
  ...REFERENCES.map((map) =>
    breaks("env reference: a key", `${map}.A.key`, not.configurationKey, {
      args: { ...noEnvironment, [map]: { A: reference } },
    }),
  ),
  ...["envFromSecrets", "envFromConfigMaps"].map((list) =>
    breaks("envFrom: names", `${list}[0]`, not.subdomain, { args: { [list]: [] } }),
  ),
  breaks("Secret: 1048576 bytes", "secretEnv", [{ A: "x".repeat(1_048_577) }], {
    args: noEnvironment,
  }),
  breaksKey("resources: names of resources", "Backend", "resources.limits", ["gpu", "", "a b/c"], {
    ...noResources,
    value: "1",
  }),
  ...["requests", "limits"].map((side) =>
    breaks("resources: quantities", `resources.${side}.cpu`, not.quantity, noResources),
  ),
  breaks("resources: whole bytes", "resources.requests.memory", ["1.5", "100m"], noResources),
  breaks(
    "resources: request up to the limit",
    "resources.limits.cpu",
    ["1.999", "0"],
    limited({ cpu: "2" }, {}),
  ),
  breaks("resources: request up to the limit", "resources.requests.memory", ["1Ki"], {
    ...limited({}, { memory: "1k" }),
    path: "args.resources.limits.memory",
  }),
  breaks(
    "resources: devices are not shared",
    "resources.requests",
    [{ "a.b/c": "1" }, { "a.b/c": "2" }],
    {
      ...limited({}, {}),
      path: "args.resources.limits.a.b/c",
    },
  ),
  breaks("volume: a name", "volumes[0].name", not.dns1123, { args: volumes() }),
  breaks("volume: each name once", "volumes[1].name", ["one"], {
    args: volumes({ name: "two", mountPath: "/two", secretName: "a" }),
  }),
  breaks("volume: each path once", "volumes[1].mountPath", ["/one"], {
    args: volumes({ name: "two", mountPath: "/two", secretName: "a" }),
  }),
  breaks(
    "volume: an absolute path",
    "volumes[0].mountPath",
    ["", "one", "/a:b", "/", "/a/", null],
    {
      args: volumes(),
    },
  ),
  breaks("volume: exactly one source", "volumes[0].configMapName", ["two"], {
    args: volumes(),
    path: "args.volumes[0]",
  }),
  breaks("volume: the name of its source", "volumes[0].secretName", not.subdomain, {
    args: volumes(),
  }),
  breaks("volume: a size", "volumes[1].emptyDirSizeLimit", not.quantity, {
    args: volumes({ name: "two", mountPath: "/two" }),
  }),
  breaks("container: a name", "initContainers[0].name", not.dns1123, containers()),
  breaks("container: each name once", "initContainers[1].name", ["one-more"], containers(sidecar)),
  breaks("container: an image", "initContainers[0].image", ["", " ", null], containers()),
  breaks(
    "container: a port is one container's",
    "initContainers[1].ports",
    [[{ name: "b", containerPort: 8001 }]],
    {
      ...containers(sidecar),
      path: "args.initContainers[1].ports[0].containerPort",
    },
  ),
  breaks(
    "container: probes and ports of sidecars alone",
    "initContainers[0].livenessProbe",
    [{ exec: { command: ["a"] } }],
    containers(),
  ),
  breaks("container: volumes of the Pod", "initContainers[0].volumes", [["absent"]], {
    ...containers(),
    path: "args.initContainers[0].volumes[0]",
  }),
  breaks("user: not root, 32 bits", "runAsUser", [0, ...not.int32.slice(0, -1)]),
  breaks("group: not root, 32 bits", "runAsGroup", [0, ...not.int32.slice(0, -1)]),
  breaks("grace: whole seconds from 0", "longestRequestSeconds", [-1, 0.5, Number.NaN, "1"]),
  breaks("entrances: a closed choice", "entrances", [["Ingress"], [1]], {
    path: "args.entrances[0]",
  }),
  breaks("spread: a closed choice", "spread", not.choice),
  breaks("ServiceAccount: a name", "serviceAccountName", not.subdomain, {
    args: { serviceAccountAnnotations: undefined },
  }),
  breaks("priorityClassName: a name", "priorityClassName", not.subdomain),
  breaksKey("nodeSelector key: qualified name", "Backend", "nodeSelector", not.qualified),
  breaks("nodeSelector value: label value", 'nodeSelector["a"]', not.labelValue, {
    args: { nodeSelector: {} },
  }),
  breaks("toleration: a key", "tolerations[0].key", not.qualified, { args: { tolerations: [{}] } }),
  breaks("toleration: a key with a value", "tolerations[0].value", ["a"], {
    args: { tolerations: [{}] },
    path: "args.tolerations[0].key",
  }),
  breaks("toleration: an effect", "tolerations[0].effect", not.choice, {
    args: { tolerations: [{}] },
  }),
  breaks("toleration: seconds with NoExecute alone", "tolerations[0].tolerationSeconds", [1], {
    args: { tolerations: [{ effect: "NoSchedule" }] },
    path: "args.tolerations[0].effect",
  }),
  breaks("workingDir: an absolute path", "workingDir", ["", "a", "/a:b", null]),
  breaks("command: texts, a program first", "command[0]", ["", " ", 1, null], {
    args: { command: [] },
  }),
  breaks("args: texts", "args[0]", not.text, { args: { args: [] } }),
  breaks("DNS server: a range", "dnsServerRanges[0]", ["10.0.0.1/8", "10.0.0.1", 1, null], {
    args: {
      ...{ networkPolicy: undefined, closeEgress: true, dnsServerRanges: [] },
      connectsToExternal: undefined,
    },
  }),
  breaks("caller: a namespace", "allowedCallers[0].namespace", not.dns1123, {
    args: (args: BackendArgs) => ({
      ...served(args),
      networkPolicy: undefined,
      allowedCallers: [{}],
    }),
  }),
  breaks("caller: labels", 'allowedCallers[0].podLabels["a"]', not.labelValue, {
    args: (args: BackendArgs) => ({
      ...served(args),
      ...{ networkPolicy: undefined, allowedCallers: [{ podLabels: {} }] },
    }),
  }),
];
