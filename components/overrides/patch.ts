import { isDeepStrictEqual } from "node:util";
import { type Checks, isRecord, type Rule } from "../validation/checks.ts";
import { plainDataFindings } from "../validation/plain-data.ts";
import { merge } from "./merge.ts";

/** The fields that identify every object. */
export const METADATA: readonly string[] = ["metadata.name", "metadata.namespace"];

/** The fields of a port that other objects refer to. */
const PORT_FIELDS = ["name", "port", "containerPort", "targetPort", "nodePort", "protocol"];

const RELIED_ON = "must not be changed: other objects rely on it";
const EXPOSING = "must not be changed: it decides who can connect";

/** What a patch may repeat but not change. */
export interface Fixed {
  /** The fields that connect the object to others, by path. */
  readonly fields: readonly string[];
  /** The path of the ports. */
  readonly ports?: string | undefined;
  /** The fields that decide who can reach the object, by path. */
  readonly exposingFields?: readonly string[];
  /** The annotations that decide who can reach the object, by key. */
  readonly exposingAnnotations?: readonly string[];
  /** Rejects the keys of annotations that an argument decides. */
  readonly annotationKey?: Rule;
}

/** Merges a patch into an object. Changes to fixed fields are reported to `checks`. */
export function patchObject<T>(
  checks: Checks,
  path: string,
  before: T,
  patch: unknown,
  fixed: Fixed,
): T {
  const change = checks.object(path, patch as object);
  const odd = plainDataFindings(path, change);
  if (odd.length > 0) {
    checks.gate(change, () => odd);
    return before;
  }
  const { value: after, findings } = merge(before, change, path);
  if (findings.length > 0) {
    checks.gate(change, () => findings);
    return before;
  }
  reportChanges(checks, path, before, after, fixed);
  for (const [key, must] of decidedAnnotations(change, fixed)) {
    reportChange(checks, `${path}.metadata.annotations["${key}"]`, must, before, after, (object) =>
      annotation(object, key),
    );
  }
  return after as T;
}

/** Reports what a patch changes of the fields that are fixed. */
function reportChanges(
  checks: Checks,
  path: string,
  before: unknown,
  after: unknown,
  { exposingAnnotations = [], exposingFields = [], fields, ports }: Fixed,
): void {
  const stays = (where: string, must: string, read: (object: unknown) => unknown, shown = read) =>
    reportChange(checks, `${path}.${where}`, must, before, after, read, shown);
  for (const field of fields) {
    stays(field, RELIED_ON, (object) => at(object, field));
  }
  if (ports !== undefined) {
    const shown = (object: unknown) => at(object, ports);
    stays(ports, RELIED_ON, (object) => portsAt(object, ports), shown);
  }
  for (const field of exposingFields) {
    stays(field, EXPOSING, (object) => at(object, field));
  }
  for (const key of exposingAnnotations) {
    stays(`metadata.annotations["${key}"]`, EXPOSING, (object) => annotation(object, key));
  }
}

function reportChange(
  checks: Checks,
  path: string,
  must: string,
  before: unknown,
  after: unknown,
  read: (object: unknown) => unknown,
  shown = read,
): void {
  if (!isDeepStrictEqual(read(before), read(after))) {
    checks.report(path, shown(after), must);
  }
}

/** The annotations of a patch that an argument decides, with what they must be. */
function decidedAnnotations(
  change: object,
  { annotationKey, exposingAnnotations = [] }: Fixed,
): readonly (readonly [key: string, must: string])[] {
  return Object.keys(Object(at(change, "metadata.annotations")))
    .filter((key) => !exposingAnnotations.includes(key))
    .flatMap((key) => {
      const must = annotationKey?.(key);
      return must === undefined ? [] : [[key, must] as const];
    });
}

function annotation(manifest: unknown, key: string): unknown {
  const annotations = at(manifest, "metadata.annotations");
  return isRecord(annotations) ? annotations[key] : undefined;
}

function portsAt(manifest: unknown, path: string): unknown {
  const ports = at(manifest, path);
  return Array.isArray(ports)
    ? ports.map((port) => PORT_FIELDS.map((field) => at(port, field)))
    : ports;
}

/** What is at a path of keys and indexes with dots between them; undefined if there is nothing. */
export function at(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((found, key) => {
    return isRecord(found) || Array.isArray(found)
      ? (found as Record<string, unknown>)[key]
      : undefined;
  }, value);
}
