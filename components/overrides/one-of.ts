import { type Finding, isDeferred } from "../validation/checks.ts";

type Fields = Readonly<Record<string, unknown>>;

const HANDLERS = ["exec", "grpc", "httpGet", "tcpSocket"];

/**
 * Alternative fields, by the end of the path of the object that may have one of them.
 *
 * @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/
 */
const ALTERNATIVES: readonly (readonly [path: RegExp, fields: readonly string[]])[] = [
  [/ontainers\.(liveness|readiness|startup)Probe$/, HANDLERS],
  [/ontainers\.lifecycle\.(postStart|preStop)$/, ["exec", "httpGet", "sleep", "tcpSocket"]],
  [/ontainers\.env$/, ["value", "valueFrom"]],
  [
    /ontainers\.env\.valueFrom$/,
    ["configMapKeyRef", "fieldRef", "fileKeyRef", "resourceFieldRef", "secretKeyRef"],
  ],
  // Of a PodDisruptionBudget; no other object has these fields.
  [/^spec$/, ["maxUnavailable", "minAvailable"]],
];

const VOLUMES = /^spec\.template\.spec\.volumes$/;

/** A field that the API server accepts beside certain values of another field only. */
interface Condition {
  readonly path: RegExp;
  readonly field: string;
  readonly needs: readonly [field: string, value: string];
}

const CONDITIONS: readonly Condition[] = [
  { path: /^spec\.strategy$/, field: "rollingUpdate", needs: ["type", "RollingUpdate"] },
  { path: /^spec$/, field: "sessionAffinityConfig", needs: ["sessionAffinity", "ClientIP"] },
  {
    path: /\.securityContext\.(appArmor|seccomp)Profile$/,
    field: "localhostProfile",
    needs: ["type", "Localhost"],
  },
];

/**
 * The fields of an object that a change excludes without naming them: the alternatives to a field that it sets, and the
 * fields that the API server would refuse beside one.
 *
 * @param place - the object's path in the manifest, without the numbers of items
 */
export function excludedFields(place: string, before: Fields, change: Fields): readonly string[] {
  const unnamed = Object.keys(before).filter((field) => !Object.hasOwn(change, field));
  const chosen = alternativesIn(place, change).length > 0;
  const alternatives = chosen ? alternativesIn(place, before) : [];
  const useless = CONDITIONS.filter(({ needs: [field, value], path }) => {
    const stated = change[field];
    return path.test(place) && isSet(stated) && !isDeferred(stated) && stated !== value;
  }).map(({ field }) => field);
  return [...alternatives, ...useless].filter((field) => unnamed.includes(field));
}

/** Reports a change that sets several alternatives, or a field beside which the API server would refuse it. */
export function alternativeFindings(
  place: string,
  before: Fields,
  change: Fields,
  path: string,
): readonly Finding[] {
  const stated = alternativesIn(place, change);
  const must = "must be one field: Kubernetes accepts only one of them";
  const several = stated.length > 1 ? [{ path, value: stated.join(" and "), must }] : [];
  const unmet = CONDITIONS.filter((it) => it.path.test(place) && isSet(change[it.field])).flatMap(
    ({ field, needs: [other, value] }) => {
      const actual = Object.hasOwn(change, other) ? change[other] : before[other];
      const needs = `must not be set unless ${other} is "${value}"; set that too`;
      return isDeferred(actual) || actual === value
        ? []
        : [{ path: `${path}.${field}`, value: change[field], must: needs }];
    },
  );
  return [...several, ...unmet];
}

/** The alternatives that an object has. */
function alternativesIn(place: string, object: Fields): readonly string[] {
  const set = Object.keys(object).filter((field) => isSet(object[field]));
  if (VOLUMES.test(place)) return set.filter((field) => field !== "name");
  const group = ALTERNATIVES.find(([path]) => path.test(place))?.[1] ?? [];
  return set.filter((field) => group.includes(field));
}

const isSet = (value: unknown): boolean => value !== undefined && value !== null;
