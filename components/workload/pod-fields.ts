import { judge, type Rule } from "../validation/checks.ts";
import { annotationKey, qualifiedName } from "../validation/rules.ts";

/**
 * The fields of a Pod that an environment variable may have, besides single labels and annotations.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/downward-api/ (read for Kubernetes 1.36)
 */
const FIELDS = [
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "spec.nodeName",
  "spec.serviceAccountName",
  "status.hostIP",
  "status.hostIPs",
  "status.podIP",
  "status.podIPs",
];

const KEYED = /^metadata\.(annotations|labels)\['(.*)'\]$/s;
const FIELD = `must be ${FIELDS.join(", ")}, metadata.labels['KEY'] or metadata.annotations['KEY']`;

/** The path of a Pod's field. */
export const fieldPath: Rule = (path) => {
  const [, map, key] = (typeof path === "string" ? KEYED.exec(path) : null) ?? [];
  if (map !== undefined) {
    const must = (map === "labels" ? qualifiedName : annotationKey)(key);
    return must === undefined ? undefined : `${must}, between [' and ']`;
  }
  return FIELDS.some((field) => field === path) ? undefined : FIELD;
};

const BYTES = ["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];

/** The units in which the API server shows each resource. */
const DIVISORS: Readonly<Record<string, readonly string[]>> = {
  cpu: ["1m", "1"],
  memory: BYTES,
  "ephemeral-storage": BYTES,
};

const RESOURCES = ["limits", "requests"].flatMap((kind) =>
  Object.keys(DIVISORS).map((name) => `${kind}.${name}`),
);

/** A resource of a container. */
export const containerResource: Rule = (resource) =>
  RESOURCES.some((name) => name === resource) ? undefined : `must be ${RESOURCES.join(" or ")}`;

/** What a divisor must be for a resource. An invalid resource is reported separately. */
export function divisorFindings(path: string, divisor: unknown, resource: unknown) {
  const name = String(resource).replace(/^(limits|requests)\./, "");
  const allowed = DIVISORS[name] ?? [...BYTES, "1m"];
  const right: Rule = (value) =>
    allowed.some((unit) => unit === value)
      ? undefined
      : `must be ${allowed.join(" or ")}, a unit of ${name}`;
  return judge(path, divisor, right);
}
