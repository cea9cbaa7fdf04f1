import { type Finding, isDeferred } from "../validation/checks.ts";
import { fieldsOf } from "./api-schema.ts";
import { isSet, unless } from "./condition.ts";

type Fields = Readonly<Record<string, unknown>>;

const HANDLERS = ["exec", "grpc", "httpGet", "tcpSocket"];

/** Alternative fields of a definition. */
interface Alternatives {
  /** The fields, or all but its name. */
  readonly fields?: readonly string[];
  /** Those of them that count as one. */
  readonly together?: readonly string[];
  /** Whether one of them has to be there. */
  readonly needed: boolean;
}

/**
 * Alternative fields, by definition of the API's document, which does not tell them.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/core/validation/validation.go
 */
const ALTERNATIVES: Readonly<Record<string, Alternatives>> = {
  Probe: { fields: HANDLERS, needed: true },
  LifecycleHandler: { fields: ["exec", "httpGet", "sleep", "tcpSocket"], needed: true },
  EnvVar: { fields: ["value", "valueFrom"], needed: false },
  EnvVarSource: { needed: true },
  EnvFromSource: { fields: ["configMapRef", "secretRef"], needed: true },
  // Without any it is an empty directory.
  Volume: { needed: false },
  VolumeProjection: { needed: true },
  VolumeMount: { fields: ["subPath", "subPathExpr"], needed: false },
  PodResourceClaim: { fields: ["resourceClaimName", "resourceClaimTemplateName"], needed: true },
  DownwardAPIVolumeFile: { fields: ["fieldRef", "resourceFieldRef"], needed: true },
  NetworkPolicyPeer: { together: ["namespaceSelector", "podSelector"], needed: true },
  MetricTarget: { fields: ["averageUtilization", "averageValue", "value"], needed: true },
  PodDisruptionBudgetSpec: { fields: ["maxUnavailable", "minAvailable"], needed: false },
};

/** The alternatives that an empty string leaves unset: Go cannot tell the two. */
const EMPTY_IS_UNSET: readonly string[] = ["value", "subPath", "subPathExpr"];

/** A field that the API server accepts beside certain values of another field only. */
interface Condition {
  readonly definition: string;
  readonly field: string;
  readonly needs: readonly [field: string, value: string];
  /** The API server's own value of the other field. */
  readonly byDefault?: string;
}

const CONDITIONS: readonly Condition[] = [
  {
    definition: "DeploymentStrategy",
    field: "rollingUpdate",
    needs: ["type", "RollingUpdate"],
    byDefault: "RollingUpdate",
  },
  {
    definition: "ServiceSpec",
    field: "sessionAffinityConfig",
    needs: ["sessionAffinity", "ClientIP"],
  },
  { definition: "AppArmorProfile", field: "localhostProfile", needs: ["type", "Localhost"] },
  { definition: "SeccompProfile", field: "localhostProfile", needs: ["type", "Localhost"] },
];

/**
 * The fields of an object that a change excludes without naming them: the alternatives to a field that it sets, and the
 * fields that the API server would refuse beside one.
 *
 * @param definition - what the object is by the API's document
 */
export function excludedFields(
  definition: string | undefined,
  before: Fields,
  change: Fields,
): readonly string[] {
  const unnamed = Object.keys(before).filter((field) => !Object.hasOwn(change, field));
  const chosen = alternativesIn(definition, change).length > 0;
  const alternatives = chosen ? alternativesIn(definition, before) : [];
  const useless = CONDITIONS.filter((it) => {
    const [field, value] = it.needs;
    const stated = change[field];
    return it.definition === definition && isSet(stated) && !isDeferred(stated) && stated !== value;
  }).map(({ field }) => field);
  return [...alternatives, ...useless].filter((field) => unnamed.includes(field));
}

/** Reports a change that sets several alternatives or leaves none, or a field beside which the API server would refuse it. */
export function alternativeFindings(
  definition: string | undefined,
  before: Fields,
  change: Fields,
  merged: Fields,
  path: string,
): readonly Finding[] {
  const stated = alternativesIn(definition, change).filter(
    (field) => !(change[field] === "" && EMPTY_IS_UNSET.includes(field)),
  );
  const { needed, together = [] } = alternativesOf(definition) ?? {};
  const isOne = stated.length <= 1 || stated.every((field) => together.includes(field));
  const must = "must be one field: Kubernetes accepts only one of them";
  const several = isOne ? [] : [{ path, value: stated.join(" and "), must, confidential: false }];
  const one = `must have ${fieldNames(definition).join(" or ")}: Kubernetes needs one of them`;
  const none = needed && alternativesIn(definition, merged).length === 0;
  return [
    ...several,
    ...(none ? [{ path, value: merged, must: one }] : []),
    ...conditionFindings(definition, before, change, path),
  ];
}

function conditionFindings(
  definition: string | undefined,
  before: Fields,
  change: Fields,
  path: string,
): readonly Finding[] {
  const stated = CONDITIONS.filter((it) => it.definition === definition && isSet(change[it.field]));
  return stated.flatMap(({ byDefault, field, needs: [other, value] }) => {
    const actual = (Object.hasOwn(change, other) ? change[other] : before[other]) ?? byDefault;
    const needs = `${unless(other, value)}; set that too`;
    return isDeferred(actual) || actual === value
      ? []
      : [{ path: `${path}.${field}`, value: change[field], must: needs }];
  });
}

/** The alternatives that an object has. */
function alternativesIn(definition: string | undefined, object: Fields): readonly string[] {
  const names = fieldNames(definition);
  return Object.keys(object).filter((field) => names.includes(field) && isSet(object[field]));
}

const alternativesOf = (definition: string | undefined): Alternatives | undefined =>
  ALTERNATIVES[definition ?? ""];

function fieldNames(definition: string | undefined): readonly string[] {
  const alternatives = alternativesOf(definition);
  if (definition === undefined || alternatives === undefined) return [];
  const all = [...(fieldsOf(definition)?.keys() ?? [])].filter((field) => field !== "name");
  return alternatives.fields ?? all;
}
