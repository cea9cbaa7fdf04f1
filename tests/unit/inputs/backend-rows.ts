import type { BackendArgs, ContainerArgs, VolumeArgs } from "../../../components/index.ts";
import { UNKNOWN } from "../../../testing/resolve.ts";
import { sentSecret } from "../support/wire.ts";
import { connectionRows, externalRows } from "./connection-rows.ts";
import { containerRows } from "./container-rows.ts";
import { ANYTHING_GOES, type InputRow, MUST } from "./input-row.ts";
import type { Places } from "./places.ts";

const TEMPLATE = "Deployment spec template";
const POD = `${TEMPLATE} spec`;

/** Every field of a Backend that takes an Input. */
export const backendRows: readonly InputRow[] = [
  ...containerRows({
    prefix: "",
    path: "args",
    place: `${POD} containers 0`,
    port: "http",
    given: (fields) => fields,
  }),
  ...containerRows({
    prefix: "initContainers[].",
    path: "args.initContainers[0]",
    place: `${POD} initContainers 0`,
    port: "status",
    given: (fields) => ({ initContainers: [{ ...helper, ...fields }] }),
  }),
  ...hookRows(),
  ...metricRows(),
  ...sidecarRows(),
  ...podNetworkRows(),
  ...metadataRows(),
  ...identityRows(),
  ...schedulingRows(),
  ...networkRows(),
  ...volumeRows(),
  secretEnvironmentRow(),
  ...connectionRows,
  ...externalRows,
  ...patchRows(),
];

const helper: ContainerArgs = {
  name: "helper",
  image: "registry.example/helper:1.0.0",
  sidecar: true,
  ports: [{ name: "status", containerPort: 9090 }],
};

function row(
  field: keyof BackendArgs | `${keyof BackendArgs}{}` | `${keyof BackendArgs}[]`,
  rest: Omit<InputRow, "field" | "path"> & { readonly path?: string },
): InputRow {
  return { field, path: `args.${field}`, ...rest };
}

function hookRows(): InputRow[] {
  const place = `${POD} containers 0 lifecycle preStop`;
  const [path, command] = ["args.preStop.httpGet.path", "args.preStop.exec.command[0]"];
  const http = (given: object) => ({
    preStop: { httpGet: { path: "/", port: "http", ...given } },
  });
  return [
    {
      field: "preStop.exec.command[]",
      given: (value) => ({ preStop: { exec: { command: [value] } } }),
      good: "/bin/quit",
      shows: { [`${place} exec command 0`]: "/bin/quit" },
      bad: " ",
      path: command,
      must: "must be a non-empty string",
    },
    {
      field: "preStop.httpGet.path",
      given: (value) => http({ path: value }),
      good: "/quit",
      shows: { [`${place} httpGet path`]: "/quit" },
      bad: "quit",
      path,
      must: 'must start with "/"',
    },
    {
      field: "preStop.httpGet.httpHeaders{}",
      given: (value) => http({ httpHeaders: { Host: value } }),
      good: "shop.example",
      shows: { [`${place} httpGet httpHeaders 0 value`]: "shop.example" },
      bad: 7,
      path: 'args.preStop.httpGet.httpHeaders["Host"]',
      must: MUST.text,
    },
    row("headlessPublishNotReadyAddresses", {
      given: (value) => ({
        ports: [{ name: "http", containerPort: 8080 }],
        headlessServiceName: "peers",
        headlessPublishNotReadyAddresses: value,
      }),
      good: true,
      shows: { "Service spec publishNotReadyAddresses": true },
      bad: "yes",
      must: MUST.trueOrFalse,
    }),
  ];
}

function metricRows(): InputRow[] {
  const METRIC = "HorizontalPodAutoscaler spec metrics 0 external";
  const metric = (given: object) => ({
    replicas: undefined,
    autoscaling: {
      minReplicas: 1,
      maxReplicas: 2,
      metrics: [{ type: "External", name: "queue", ...given }],
    },
  });
  return [
    {
      field: "autoscaling.metrics[].matchLabels{}",
      given: (value) => metric({ averageValue: "1", matchLabels: { queue: value } }),
      good: "mails",
      shows: { [`${METRIC} metric selector matchLabels queue`]: "mails" },
      bad: "a b",
      path: 'args.autoscaling.metrics[0].matchLabels["queue"]',
      must: MUST.labelValue,
    },
    {
      field: "autoscaling.metrics[].averageValue",
      given: (averageValue) => metric({ averageValue }),
      good: "30",
      shows: { [`${METRIC} target averageValue`]: "30" },
      bad: "many",
      path: "args.autoscaling.metrics[0].averageValue",
      must: MUST.quantity,
    },
    {
      field: "autoscaling.metrics[].value",
      given: (value) => metric({ value }),
      good: "30",
      shows: { [`${METRIC} target value`]: "30" },
      bad: "many",
      path: "args.autoscaling.metrics[0].value",
      must: MUST.quantity,
    },
  ];
}

function sidecarRows(): InputRow[] {
  return (["runAsUser", "runAsGroup"] as const).map((field) => ({
    field: `initContainers[].${field}`,
    given: (value) => ({ initContainers: [{ ...helper, [field]: value }] }),
    good: 20001,
    shows: { [`${POD} initContainers 0 securityContext ${field}`]: 20001 },
    bad: 0,
    path: `args.initContainers[0].${field}`,
    must: MUST.notRoot,
  }));
}

function podNetworkRows(): InputRow[] {
  const ip = "must be an IP address, such as 10.20.0.5";
  const alias = (given: object) => ({
    hostAliases: [{ ip: "10.20.0.5", hostnames: ["db"], ...given }],
  });
  return [
    row("sysctls{}", {
      given: (value) => ({ sysctls: { "net.core.somaxconn": value } }),
      good: "1024",
      shows: { [`${POD} securityContext sysctls 0 value`]: "1024" },
      bad: 1024,
      path: 'args.sysctls["net.core.somaxconn"]',
      must: MUST.text,
    }),
    {
      field: "hostAliases[].ip",
      given: (value) => alias({ ip: value }),
      good: "10.20.0.6",
      shows: { [`${POD} hostAliases 0 ip`]: "10.20.0.6" },
      bad: "db",
      path: "args.hostAliases[0].ip",
      must: ip,
    },
    {
      field: "hostAliases[].hostnames[]",
      given: (value) => alias({ hostnames: [value] }),
      good: "orders.db",
      shows: { [`${POD} hostAliases 0 hostnames 0`]: "orders.db" },
      bad: "Orders",
      path: "args.hostAliases[0].hostnames[0]",
      must: MUST.objectName,
    },
    {
      field: "dnsConfig.nameservers[]",
      given: (value) => ({ dnsConfig: { nameservers: [value] } }),
      good: "10.0.0.10",
      shows: { [`${POD} dnsConfig nameservers 0`]: "10.0.0.10" },
      bad: "dns",
      path: "args.dnsConfig.nameservers[0]",
      must: ip,
    },
    {
      field: "dnsConfig.searches[]",
      given: (value) => ({ dnsConfig: { searches: [value] } }),
      good: "corp.example",
      shows: { [`${POD} dnsConfig searches 0`]: "corp.example" },
      bad: "Corp",
      path: "args.dnsConfig.searches[0]",
      must: MUST.objectName,
    },
    {
      field: "dnsConfig.options{}",
      given: (value) => ({ dnsConfig: { options: { ndots: value } } }),
      good: "2",
      shows: { [`${POD} dnsConfig options 0 value`]: "2" },
      bad: 2,
      path: 'args.dnsConfig.options["ndots"]',
      must: MUST.text,
    },
  ];
}

function metadataRows(): InputRow[] {
  return [
    row("labels{}", {
      given: (value) => ({ labels: { team: value } }) satisfies Partial<BackendArgs>,
      good: "orders",
      shows: { [`${TEMPLATE} metadata labels team`]: "orders" },
      bad: "of orders",
      path: 'args.labels["team"]',
      must: MUST.labelValue,
    }),
    row("annotations{}", {
      given: (value) => ({ annotations: { note: value } }) satisfies Partial<BackendArgs>,
      good: "ask first",
      shows: { [`${TEMPLATE} metadata annotations note`]: "ask first" },
      bad: 7,
      path: 'args.annotations["note"]',
      must: MUST.text,
    }),
    row("imagePullSecrets[]", {
      given: (value) => ({ imagePullSecrets: [value] }) satisfies Partial<BackendArgs>,
      good: "registry",
      shows: { [`${POD} imagePullSecrets 0 name`]: "registry" },
      bad: "Registry",
      path: "args.imagePullSecrets[0]",
      must: MUST.objectName,
    }),
  ];
}

function identityRows(): InputRow[] {
  return [
    row("serviceAccountAnnotations{}", {
      given: (value) =>
        ({ serviceAccountAnnotations: { role: value } }) satisfies Partial<BackendArgs>,
      good: "orders",
      shows: { "ServiceAccount metadata annotations role": "orders" },
      bad: 7,
      path: 'args.serviceAccountAnnotations["role"]',
      must: MUST.text,
    }),
    row("automountServiceAccountToken", {
      given: (value) => ({ automountServiceAccountToken: value }) satisfies Partial<BackendArgs>,
      good: true,
      shows: { [`${POD} automountServiceAccountToken`]: true },
      bad: "yes",
      must: MUST.trueOrFalse,
    }),
    row("maxSurge", {
      given: (value) => ({ maxSurge: value }) satisfies Partial<BackendArgs>,
      good: 3,
      shows: { "Deployment spec strategy rollingUpdate maxSurge": 3 },
      bad: -1,
      must: "must be an integer from 0 to 2147483647",
    }),
    row("maxUnavailable", {
      given: (value) => ({ maxUnavailable: value }) satisfies Partial<BackendArgs>,
      good: 3,
      shows: { "Deployment spec strategy rollingUpdate maxUnavailable": 3 },
      bad: 1.5,
      must: "must be an integer from 0 to 2147483647",
    }),
    row("runAsUser", {
      given: (value) => ({ runAsUser: value }) satisfies Partial<BackendArgs>,
      good: 20001,
      shows: { [`${POD} securityContext runAsUser`]: 20001 },
      bad: 0,
      must: MUST.notRoot,
    }),
    row("runAsGroup", {
      given: (value) => ({ runAsGroup: value }) satisfies Partial<BackendArgs>,
      good: 20001,
      shows: { [`${POD} securityContext runAsGroup`]: 20001 },
      bad: 0,
      must: MUST.notRoot,
    }),
  ];
}

function schedulingRows(): InputRow[] {
  return [
    row("runtimeClassName", {
      given: (value) => ({ runtimeClassName: value }) satisfies Partial<BackendArgs>,
      good: "gvisor",
      shows: { [`${POD} runtimeClassName`]: "gvisor" },
      bad: "gVisor",
      must: MUST.objectName,
    }),
    {
      field: "nodeAffinity[].values[]",
      given: (value) => ({
        nodeAffinity: [{ key: "kubernetes.io/arch", operator: "In", values: [value] }],
      }),
      good: "arm64",
      shows: {
        [`${POD} affinity nodeAffinity requiredDuringSchedulingIgnoredDuringExecution nodeSelectorTerms 0 matchExpressions 0 values 0`]:
          "arm64",
      },
      bad: "a b",
      path: "args.nodeAffinity[0].values[0]",
      must: MUST.labelValue,
    },
    row("nodeSelector{}", {
      given: (value) => ({ nodeSelector: { disk: value } }) satisfies Partial<BackendArgs>,
      good: "fast",
      shows: { [`${POD} nodeSelector disk`]: "fast" },
      bad: "very fast",
      path: 'args.nodeSelector["disk"]',
      must: MUST.labelValue,
    }),
    {
      field: "tolerations[].value",
      given: (value) =>
        ({ tolerations: [{ key: "dedicated", value }] }) satisfies Partial<BackendArgs>,
      good: "orders",
      shows: { [`${POD} tolerations 0 value`]: "orders" },
      bad: "of orders",
      path: "args.tolerations[0].value",
      must: MUST.labelValue,
    },
    {
      field: "tolerations[].tolerationSeconds",
      given: (value) =>
        ({
          tolerations: [{ effect: "NoExecute", tolerationSeconds: value }],
        }) satisfies Partial<BackendArgs>,
      good: 300,
      shows: { [`${POD} tolerations 0 tolerationSeconds`]: 300 },
      bad: -1,
      path: "args.tolerations[0].tolerationSeconds",
      must: "must be an integer from 0 up",
    },
    row("priorityClassName", {
      given: (value) => ({ priorityClassName: value }) satisfies Partial<BackendArgs>,
      good: "first",
      shows: { [`${POD} priorityClassName`]: "first" },
      bad: "First",
      must: MUST.objectName,
    }),
  ];
}

function networkRows(): InputRow[] {
  const peer = "NetworkPolicy spec ingress 0 from 0";
  return [
    row("publishNotReadyAddresses", {
      given: (value) => ({ publishNotReadyAddresses: value }) satisfies Partial<BackendArgs>,
      good: true,
      shows: { "Service spec publishNotReadyAddresses": true },
      bad: "yes",
      must: MUST.trueOrFalse,
    }),
    row("sessionAffinityTimeoutSeconds", {
      given: (value) =>
        ({
          sessionAffinity: "ClientIP",
          sessionAffinityTimeoutSeconds: value,
        }) satisfies Partial<BackendArgs>,
      good: 600,
      shows: { "Service spec sessionAffinityConfig clientIP timeoutSeconds": 600 },
      bad: 86_401,
      must: "must be an integer from 1 to 86400",
    }),
    {
      field: "allowedCallers[].namespace",
      given: (value) =>
        ({
          networkPolicy: true,
          allowedCallers: [{ namespace: value }],
        }) satisfies Partial<BackendArgs>,
      good: "orders",
      shows: { [`${peer} namespaceSelector matchLabels kubernetes.io/metadata.name`]: "orders" },
      bad: "Orders",
      path: "args.allowedCallers[0].namespace",
      must: MUST.namespace,
    },
    {
      field: "allowedCallers[].podLabels{}",
      given: (value) =>
        ({
          networkPolicy: true,
          allowedCallers: [{ podLabels: { app: value } }],
        }) satisfies Partial<BackendArgs>,
      good: "orders",
      shows: { [`${peer} podSelector matchLabels app`]: "orders" },
      bad: "of orders",
      path: 'args.allowedCallers[0].podLabels["app"]',
      must: MUST.labelValue,
    },
    {
      field: "allowedCallers[].namespaceLabels{}",
      given: (value) =>
        ({
          networkPolicy: true,
          allowedCallers: [{ namespaceLabels: { team: value } }],
        }) satisfies Partial<BackendArgs>,
      good: "orders",
      shows: { [`${peer} namespaceSelector matchLabels team`]: "orders" },
      bad: "of orders",
      path: 'args.allowedCallers[0].namespaceLabels["team"]',
      must: MUST.labelValue,
    },
    {
      field: "allowedCallers[].ranges[]",
      given: (value) =>
        ({
          networkPolicy: true,
          allowedCallers: [{ ranges: [value] }],
        }) satisfies Partial<BackendArgs>,
      good: "10.20.0.0/16",
      shows: { [`${peer} ipBlock cidr`]: "10.20.0.0/16" },
      bad: "10.20.0.0",
      path: "args.allowedCallers[0].ranges[0]",
      must: "must be an address range, such as 10.0.0.0/8",
    },
    {
      field: "allowedEgress[].ranges[]",
      given: (value) =>
        ({
          networkPolicy: true,
          closeEgress: true,
          allowedEgress: [{ ranges: [value] }],
        }) satisfies Partial<BackendArgs>,
      good: "10.20.0.0/16",
      shows: { "NetworkPolicy spec egress 2 to 0 ipBlock cidr": "10.20.0.0/16" },
      bad: "10.20.0.0",
      path: "args.allowedEgress[0].ranges[0]",
      must: "must be an address range, such as 10.0.0.0/8",
    },
    {
      field: "dnsServerRanges[]",
      given: (value) =>
        ({
          networkPolicy: true,
          closeEgress: true,
          dnsServerRanges: [value],
        }) satisfies Partial<BackendArgs>,
      good: "10.96.0.10/32",
      shows: { "NetworkPolicy spec egress 0 to 2 ipBlock cidr": "10.96.0.10/32" },
      bad: "10.96.0.10",
      path: "args.dnsServerRanges[0]",
      must: "must be an address range, such as 10.0.0.0/8",
    },
  ];
}

function volumeRows(): InputRow[] {
  const source = (
    field: keyof VolumeArgs,
    place: string,
    rest: Pick<InputRow, "bad" | "good" | "must">,
  ): InputRow => ({
    ...rest,
    field: `volumes[].${field}`,
    given: (value) =>
      ({
        volumes: [{ name: "files", mountPath: "/srv", [field]: value }],
      }) satisfies Partial<BackendArgs>,
    // The first one is the Backend's own at /tmp.
    shows: { [`${POD} volumes 1 ${place}`]: rest.good },
    path: `args.volumes[0].${field}`,
  });
  const name = { good: "files", bad: "Files", must: MUST.objectName };
  const mount = `${POD} containers 0 volumeMounts 1`;
  const relative = 'must be a relative path without "..", such as nginx.conf';
  const permissions = "must be an integer from 0 to 511; 0o777 at most, such as 0o644";
  const ofFiles = (
    field: string,
    given: (value: unknown) => object,
    place: string,
    rest: Pick<InputRow, "bad" | "good" | "must"> & { readonly path: string },
  ): InputRow => ({
    ...rest,
    field: `volumes[].${field}`,
    given: (value) => ({
      volumes: [{ name: "files", mountPath: "/srv", configMapName: "files", ...given(value) }],
    }),
    shows: { [place]: rest.good },
    path: `args.volumes[0].${rest.path}`,
  });
  const item = (given: object) => ({ items: [{ key: "a", path: "a", ...given }] });
  return [
    ofFiles("subPath", (subPath) => ({ subPath }), `${mount} subPath`, {
      good: "nginx.conf",
      bad: "/nginx.conf",
      must: relative,
      path: "subPath",
    }),
    ofFiles(
      "mounts[].subPath",
      (subPath) => ({ mounts: [{ mountPath: "/etc/web", subPath }] }),
      `${POD} containers 0 volumeMounts 2 subPath`,
      { good: "nginx.conf", bad: "..", must: relative, path: "mounts[0].subPath" },
    ),
    ofFiles(
      "defaultMode",
      (defaultMode) => ({ defaultMode }),
      `${POD} volumes 1 configMap defaultMode`,
      { good: 0o400, bad: 512, must: permissions, path: "defaultMode" },
    ),
    ofFiles("items[].key", (key) => item({ key }), `${POD} volumes 1 configMap items 0 key`, {
      good: "tls.crt",
      bad: "tls/crt",
      must: MUST.configurationKey,
      path: "items[0].key",
    }),
    ofFiles("items[].path", (path) => item({ path }), `${POD} volumes 1 configMap items 0 path`, {
      good: "a/b",
      bad: "a/../b",
      must: relative,
      path: "items[0].path",
    }),
    ofFiles("items[].mode", (mode) => item({ mode }), `${POD} volumes 1 configMap items 0 mode`, {
      good: 0o400,
      bad: -1,
      must: permissions,
      path: "items[0].mode",
    }),
    source("configMapName", "configMap name", name),
    source("secretName", "secret secretName", name),
    source("persistentVolumeClaimName", "persistentVolumeClaim claimName", name),
    {
      ...source("emptyDirSizeLimit", "emptyDir sizeLimit", {
        good: "1Gi",
        bad: "a lot",
        must: MUST.quantity,
      }),
      // The limit covers the directory.
      shows: {
        [`${POD} volumes 1 emptyDir sizeLimit`]: "1Gi",
        [`${POD} containers 0 resources limits ephemeral-storage`]: "1280Mi",
      },
    },
  ];
}

/** The Secret's content is secret whatever is given, and its digest, which replaces the Pods, never is. */
function secretEnvironmentRow(): InputRow {
  const digest = `${TEMPLATE} metadata annotations pulumi-kubernetes-services/secret-env`;
  const shows: Places = {
    "Secret data": sentSecret({ PASSWORD: "aHVudGVyMjI=" }),
    // scrypt("[["PASSWORD","hunter22"]]", "shop/web"), 16 bytes
    [digest]: "101d5a5d476b4c0277d83c211fe2d385",
  };
  return row("secretEnv{}", {
    given: (value) => ({ secretEnv: { PASSWORD: value } }) satisfies Partial<BackendArgs>,
    good: "hunter22",
    shows,
    showsSecret: shows,
    showsUnknown: { "Secret data": sentSecret(UNKNOWN), [digest]: UNKNOWN },
    bad: 7,
    path: "args.secretEnv.PASSWORD",
    shown: "refused",
    must: MUST.text,
  });
}

/** A patch has to be plain, for it is merged; what stands in it need not be, and only the API server judges it. */
function patchRows(): InputRow[] {
  const kinds = {
    deployment: "Deployment",
    service: "Service",
    headlessService: "Service",
    serviceAccount: "ServiceAccount",
    secret: "Secret",
    networkPolicy: "NetworkPolicy",
    podDisruptionBudget: "PodDisruptionBudget",
    horizontalPodAutoscaler: "HorizontalPodAutoscaler",
  };
  return Object.entries(kinds).map(([name, kind]) => ({
    field: `patches.${name}`,
    given: (value) =>
      ({
        networkPolicy: true,
        podDisruptionBudget: true,
        ...(name === "horizontalPodAutoscaler"
          ? { autoscaling: { minReplicas: 2, maxReplicas: 4 } }
          : {}),
        ...(name === "headlessService"
          ? { ports: [{ name: "http", containerPort: 8080 }], headlessServiceName: "peers" }
          : {}),
        ...(name === "secret" ? { secretEnv: { PASSWORD: "hunter22" } } : {}),
        patches: { [name]: { metadata: { annotations: { note: value } } } },
      }) satisfies Partial<BackendArgs>,
    good: "ask first",
    shows: { [`${kind} metadata annotations note`]: "ask first" },
    bad: ANYTHING_GOES,
    path: `args.patches.${name}`,
    must: "must be a plain value: it decides what is created and under which name; write the value itself, and name the resource it comes from in dependsOn",
  }));
}
