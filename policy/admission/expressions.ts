import { MOVING_TAGS, PRIVATE_KEY, SECRET_NAMES } from "../rules/patterns.ts";

/** Resources of an API group. */
interface ResourceMatch {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
}

/** A rule in the Common Expression Language, as an API server checks it. */
export interface AdmissionExpression {
  /** What it is about. */
  readonly resources: readonly ResourceMatch[];
  /** What the expression is made of, in the order of evaluation. */
  readonly variables?: Readonly<Record<string, string>>;
  /** True where an object keeps the rule. */
  readonly expression: string;
}

const services = [{ apiGroups: [""], resources: ["services"] }];
const serving = [
  {
    apiGroups: ["apps"],
    resources: ["daemonsets", "deployments", "replicasets", "statefulsets"],
  },
];
const workloads = [
  { apiGroups: [""], resources: ["pods"] },
  ...serving,
  { apiGroups: ["batch"], resources: ["cronjobs", "jobs"] },
];
const roles = (...resources: string[]) => [{ apiGroups: ["rbac.authorization.k8s.io"], resources }];

/** The spec of the Pods that an object is or makes. The kinds have different types, so none is assumed. */
const pod =
  'dyn(object).kind == "Pod" ? dyn(object).spec : dyn(object).kind == "CronJob" ? dyn(object).spec.jobTemplate.spec.template.spec : dyn(object).spec.template.spec';
const ofPods = { pod };
/** Every container. */
const ofAll = {
  pod,
  all: "variables.pod.containers + variables.pod.?initContainers.orValue([])",
};
/** The containers that run as long as the Pods do. */
const ofRunning = {
  pod,
  running:
    'variables.pod.containers + variables.pod.?initContainers.orValue([]).filter(it, it.?restartPolicy.orValue("") == "Always")',
};
const has = (name: string, of: string) => `${name} in it.?resources.?${of}.orValue({})`;
const text = (value: string) => JSON.stringify(value);
const secretName = text(`(?i)${SECRET_NAMES}`);

/** The rules that look at one object alone and need no table of what controllers read, by their names. */
export const admissionExpressions: Readonly<Record<string, AdmissionExpression>> = {
  "source-ranges": {
    resources: services,
    variables: {
      ranges: "object.spec.?loadBalancerSourceRanges.orValue([])",
      families:
        'object.spec.?ipFamilyPolicy.orValue("SingleStack") != "SingleStack" ? ["IPv4", "IPv6"] : object.spec.?ipFamilies.orValue([]).size() > 0 ? object.spec.ipFamilies : ["IPv4"]',
    },
    expression:
      'object.spec.?type.orValue("") != "LoadBalancer" || variables.families.all(family, variables.ranges.exists(range, range.contains(":") == (family == "IPv6")))',
  },
  "node-port": { resources: services, expression: 'object.spec.?type.orValue("") != "NodePort"' },
  "external-ips": {
    resources: services,
    expression: "object.spec.?externalIPs.orValue([]).size() == 0",
  },
  "ingress-without-tls": {
    resources: [{ apiGroups: ["networking.k8s.io"], resources: ["ingresses"] }],
    expression: "object.spec.?tls.orValue([]).size() > 0",
  },
  "host-path": {
    resources: workloads,
    variables: ofPods,
    expression: "!variables.pod.?volumes.orValue([]).exists(it, has(it.hostPath))",
  },
  "host-namespaces": {
    resources: workloads,
    variables: ofPods,
    expression: ["hostNetwork", "hostPID", "hostIPC"]
      .map((field) => `!variables.pod.?${field}.orValue(false)`)
      .join(" && "),
  },
  "privileged-container": {
    resources: workloads,
    variables: ofAll,
    expression: "!variables.all.exists(it, it.?securityContext.?privileged.orValue(false))",
  },
  "mutable-image": {
    resources: workloads,
    variables: ofAll,
    expression: `variables.all.all(it, it.?image.orValue("") == "" || it.image.matches("@sha256:[0-9a-f]{64}$") || (it.image.matches(":[^:/@]+(@|$)") && !it.image.matches(":(${MOVING_TAGS})(@|$)")))`,
  },
  "readiness-probe-missing": {
    resources: serving,
    variables: ofRunning,
    expression:
      "variables.running.all(it, it.?ports.orValue([]).size() == 0 || has(it.readinessProbe))",
  },
  "requests-missing": {
    resources: workloads,
    variables: ofRunning,
    expression: `variables.running.all(it, ["cpu", "memory"].all(name, ${has("name", "requests")} || ${has("name", "limits")}))`,
  },
  "memory-limit-missing": {
    resources: workloads,
    variables: ofRunning,
    expression: `variables.running.all(it, ${has('"memory"', "limits")})`,
  },
  "secret-in-environment": {
    resources: workloads,
    variables: ofAll,
    expression: `!variables.all.exists(it, it.?env.orValue([]).exists(variable, variable.?value.orValue("") != "" && variable.name.matches(${secretName})))`,
  },
  "secret-in-config-map": {
    resources: [{ apiGroups: [""], resources: ["configmaps"] }],
    variables: { data: "object.?data.orValue({})" },
    expression: `!variables.data.exists(key, key.matches(${secretName}) || variables.data[key].matches(${text(PRIVATE_KEY)}))`,
  },
  "default-namespace": {
    resources: [...services, ...serving],
    expression: 'request.?namespace.orValue("") != "default"',
  },
  "wildcard-role": {
    resources: roles("clusterroles", "roles"),
    // A role without rules has null for them.
    variables: {
      rules: "has(dyn(object).rules) && dyn(object).rules != null ? dyn(object).rules : []",
    },
    expression:
      '!variables.rules.exists(it, "*" in it.?resources.orValue([]) && "*" in it.?verbs.orValue([]))',
  },
  "cluster-admin": {
    resources: roles("clusterrolebindings", "rolebindings"),
    expression: 'object.roleRef.name != "cluster-admin"',
  },
};
