import { isDeferred, isRecord } from "../validation/checks.ts";
import { isSet, unless } from "./condition.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A rule of a field of a definition beside its type. */
export interface FieldRule {
  readonly field: string;
  readonly must: string;
  /** Whether a patched object breaks it, as far as its values are known. */
  readonly isBroken: (object: Fields) => boolean;
}

const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

const needed = (...fields: string[]): readonly FieldRule[] =>
  fields.map((field) => ({
    field,
    must: "must be stated: Kubernetes needs it",
    isBroken: (object) => !isSet(object[field]) || object[field] === "" || isEmpty(object[field]),
  }));

const never = (field: string, why: string): FieldRule => ({
  field,
  must: `must not be set: ${why}`,
  isBroken: (object) => isSet(object[field]),
});

/** A field that stands only beside certain values of another one. */
const beside = (field: string, other: string, ...values: unknown[]): FieldRule => ({
  field,
  must: unless(other, ...values),
  isBroken: (object) => {
    const actual = object[other];
    const fits = values.length === 0 ? isSet(actual) : values.includes(actual);
    return isSet(object[field]) && !isDeferred(actual) && !fits;
  },
});

const percent = (field: string): FieldRule => ({
  field,
  must: 'must be a number, or a percentage such as "25%"',
  isBroken: (object) => typeof object[field] === "string" && !/^\d+%$/.test(object[field]),
});

const oneOfTexts = (field: string, ...texts: string[]): FieldRule => ({
  field,
  must: `must be ${texts.join(" or ")}`,
  isBroken: (object) => typeof object[field] === "string" && !texts.includes(object[field]),
});

/** What the API server sets in the metadata of an object, and takes from nobody or ignores. */
const SET_BY_SERVER = [
  ...["creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp", "generateName"],
  ...["generation", "managedFields", "resourceVersion", "selfLink", "uid"],
];

/** The values that go with an operator of a selector. */
const valuesRules: readonly FieldRule[] = [
  {
    field: "values",
    must: "must be stated beside In and NotIn",
    isBroken: ({ operator, values }) =>
      ["In", "NotIn"].includes(String(operator)) &&
      !isDeferred(values) &&
      itemsOf(values).length === 0,
  },
  {
    field: "values",
    must: "must not be set beside Exists and DoesNotExist",
    isBroken: ({ operator, values }) =>
      ["Exists", "DoesNotExist"].includes(String(operator)) && itemsOf(values).length > 0,
  },
];

const LOAD_BALANCER = ["type", "LoadBalancer"] as const;

/**
 * The rules of fields beside their types that the API server has and its OpenAPI document does not tell, by definition.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/core/validation/validation.go
 */
export const FIELD_RULES: Readonly<Record<string, readonly FieldRule[]>> = {
  ConfigMapEnvSource: needed("name"),
  ConfigMapKeySelector: needed("name"),
  ConfigMapProjection: needed("name"),
  ConfigMapVolumeSource: needed("name"),
  Container: [
    beside("restartPolicyRules", "restartPolicy"),
    {
      field: "resizePolicy",
      must: "must have one item of each resourceName",
      isBroken: ({ resizePolicy }) => {
        const names = itemsOf(resizePolicy).map((it) => (isRecord(it) ? it["resourceName"] : it));
        return new Set(names).size < names.length;
      },
    },
  ],
  ContainerResizePolicy: [
    oneOfTexts("resourceName", "cpu", "memory"),
    oneOfTexts("restartPolicy", "NotRequired", "RestartContainer"),
  ],
  ContainerRestartRule: needed("exitCodes"),
  ContainerRestartRuleOnExitCodes: [oneOfTexts("operator", "In", "NotIn")],
  EphemeralVolumeSource: needed("volumeClaimTemplate"),
  ExecAction: needed("command"),
  HPAScalingPolicy: [oneOfTexts("type", "Pods", "Percent")],
  HPAScalingRules: [oneOfTexts("selectPolicy", "Max", "Min", "Disabled")],
  LabelSelectorRequirement: [
    oneOfTexts("operator", "In", "NotIn", "Exists", "DoesNotExist"),
    ...valuesRules,
  ],
  MetricSpec: [
    {
      field: "type",
      must: "must name the field of the metric, such as Resource beside resource",
      isBroken: ({ type, ...others }) =>
        typeof type === "string" && !isSet(others[type.charAt(0).toLowerCase() + type.slice(1)]),
    },
  ],
  MetricTarget: [oneOfTexts("type", "Utilization", "Value", "AverageValue")],
  NetworkPolicyPort: [
    {
      field: "endPort",
      must: "must not be set unless port is a number",
      isBroken: ({ endPort, port }) =>
        isSet(endPort) && !isDeferred(port) && typeof port !== "number",
    },
  ],
  NodeSelectorRequirement: [
    ...valuesRules,
    {
      field: "values",
      must: "must be one whole number, as a string, beside Gt and Lt",
      isBroken: ({ operator, values }) =>
        ["Gt", "Lt"].includes(String(operator)) &&
        !isDeferred(values) &&
        !(itemsOf(values).length === 1 && /^-?\d+$/.test(String(itemsOf(values)[0]))),
    },
  ],
  NodeSelectorTerm: [
    {
      field: "matchFields",
      must: "must select one metadata.name: nodes are selected by no other field",
      isBroken: ({ matchFields }) => itemsOf(matchFields).some(isOddNodeField),
    },
  ],
  ObjectMeta: [
    ...SET_BY_SERVER.map((field) => never(field, "the API server sets it")),
    {
      field: "finalizers",
      must: "must not have one twice",
      isBroken: ({ finalizers }) => new Set(itemsOf(finalizers)).size < itemsOf(finalizers).length,
    },
  ],
  PersistentVolumeClaimSpec: needed("accessModes", "resources"),
  PodAffinityTerm: [
    beside("matchLabelKeys", "labelSelector"),
    beside("mismatchLabelKeys", "labelSelector"),
  ],
  PodOS: [oneOfTexts("name", "linux", "windows")],
  PodDisruptionBudgetSpec: [percent("maxUnavailable"), percent("minAvailable")],
  PodSpec: [
    never("activeDeadlineSeconds", "Pods of a Deployment run until they are ended"),
    never("ephemeralContainers", "kubectl debug adds them to a Pod that runs"),
    oneOfTexts("restartPolicy", "Always"),
  ],
  RollingUpdateDeployment: [percent("maxSurge"), percent("maxUnavailable")],
  SecretEnvSource: needed("name"),
  SecretKeySelector: needed("name"),
  SecretProjection: needed("name"),
  SecretVolumeSource: needed("secretName"),
  ServiceSpec: [
    beside("allocateLoadBalancerNodePorts", ...LOAD_BALANCER),
    {
      field: "externalTrafficPolicy",
      must: "must not be set unless type is LoadBalancer or NodePort, or externalIPs has an address",
      isBroken: ({ externalIPs, externalTrafficPolicy, type }) =>
        isSet(externalTrafficPolicy) &&
        !isDeferred(type) &&
        !["LoadBalancer", "NodePort"].includes(String(type)) &&
        !isDeferred(externalIPs) &&
        itemsOf(externalIPs).length === 0,
    },
    beside("healthCheckNodePort", ...LOAD_BALANCER),
    beside("loadBalancerClass", ...LOAD_BALANCER),
    beside("loadBalancerSourceRanges", ...LOAD_BALANCER),
    oneOfTexts("trafficDistribution", "PreferClose", "PreferSameZone", "PreferSameNode"),
    {
      field: "clusterIPs",
      must: "must begin with clusterIP",
      isBroken: ({ clusterIP, clusterIPs }) =>
        Array.isArray(clusterIPs) && !isDeferred(clusterIP) && clusterIPs[0] !== clusterIP,
    },
    ...["clusterIPs", "ipFamilies"].map((field) => ({
      field,
      must: "must be one of each family",
      isBroken: (service: Fields) => {
        const items = itemsOf(service[field]);
        return items.includes("") || new Set(items).size < items.length;
      },
    })),
  ],
  Toleration: [
    {
      field: "operator",
      must: "must be Exists: there is no key",
      isBroken: ({ key, operator }) =>
        !isSet(key) && !isDeferred(operator) && operator !== "Exists",
    },
    beside("tolerationSeconds", "effect", "NoExecute"),
    {
      field: "value",
      must: "must not be set beside Exists",
      isBroken: ({ operator, value }) => operator === "Exists" && isSet(value) && value !== "",
    },
  ],
};

function isOddNodeField(field: unknown): boolean {
  if (!isRecord(field)) return false;
  const { key, operator, values } = field;
  const isKnown = !isDeferred(key) && !isDeferred(operator) && !isDeferred(values);
  const isRight = key === "metadata.name" && ["In", "NotIn"].includes(String(operator));
  return isKnown && !(isRight && itemsOf(values).length === 1);
}
