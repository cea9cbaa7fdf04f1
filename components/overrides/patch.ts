import { isDeepStrictEqual } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { type Checks, type Finding, isRecord, type Rule } from "../validation/checks.ts";
import { isPlain, plainDataFindings } from "../validation/plain-data.ts";
import { isSet } from "./condition.ts";
import { type JudgeLate, merge } from "./merge.ts";

/** The fields that identify every object. */
export const METADATA: readonly string[] = ["metadata.name", "metadata.namespace"];

/** The fields of a port that other objects refer to. */
const PORT_FIELDS = ["name", "port", "containerPort", "targetPort", "nodePort", "protocol"];

const RELIED_ON = "must not be changed: other objects rely on it";
const EXPOSING = "must not be changed: it decides who can connect";

/** What a patch may repeat but not change. */
export interface Fixed {
  /** What the object is by the API's document, such as `Deployment`. */
  readonly definition: string;
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
  const withheld = (all: readonly Finding[]): readonly Finding[] =>
    all.map((it) => ({ confidential: mayBeSecret(fixed.definition, it), ...it }));
  const odd = plainDataFindings(path, change);
  if (odd.length > 0) {
    checks.gate(change, () => withheld(odd));
    return before;
  }
  const judgeLate: JudgeLate = (value, own, findingsOf) => {
    const judged = checks.gate(value, (known) => withheld(findingsOf(known)));
    const late = pulumi.output(judged) as pulumi.Output<unknown>;
    return late.apply((known) => (known === undefined ? own : withoutUndefined(known)));
  };
  const merged = merge(before, change, path, fixed.definition, judgeLate);
  const changes = changedFields(path, before, merged.value, change, fixed);
  for (const it of changes) checks.report(it.path, it.value, it.must);
  const isApart = ({ path: at }: Finding) =>
    changes.every((it) => !at.startsWith(it.path) && !it.path.startsWith(at));
  const findings = [
    ...merged.findings.filter(isApart),
    ...(changes.length === 0 ? merged.ruleFindings : []),
  ];
  checks.gate(change, () => withheld(findings));
  return findings.length === 0 ? (merged.value as T) : before;
}

/** A value without the undefined items of its lists, which would become null; fields are left out anyway. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((it) => it !== undefined).map(withoutUndefined);
  return isPlain(value)
    ? Object.fromEntries(Object.entries(value).map(([key, it]) => [key, withoutUndefined(it)]))
    : value;
}

/** Below these fields there may be passwords, whatever is there. */
const WITHHELD = /\.(args|command|env|httpHeaders|options|volumeAttributes)($|[.[])/;

/** Whether a value may be a password: all of a Secret, and what containers and volumes are told. No object is shown. */
function mayBeSecret(definition: string, { path, value }: Finding): boolean {
  const isShown = isSet(value) && typeof value !== "object";
  return isShown && (definition === "Secret" || WITHHELD.test(path));
}

/** What a patch changes of the fields that are fixed. */
function changedFields(
  path: string,
  before: unknown,
  after: unknown,
  change: object,
  fixed: Fixed,
): readonly Finding[] {
  const { exposingAnnotations = [], exposingFields = [], fields, ports } = fixed;
  const stays = (where: string, must: string, read: (object: unknown) => unknown, shown = read) =>
    isDeepStrictEqual(read(before), read(after))
      ? []
      : [{ path: `${path}.${where}`, value: shown(after), must }];
  const valueAt = (field: string) => (object: unknown) => at(object, field);
  const noted = (key: string) => (object: unknown) => annotation(object, key);
  return [
    ...fields.flatMap((field) => stays(field, RELIED_ON, valueAt(field))),
    ...(ports === undefined
      ? []
      : stays(ports, RELIED_ON, (object) => portsAt(object, ports), valueAt(ports))),
    ...exposingFields.flatMap((field) => stays(field, EXPOSING, valueAt(field))),
    ...exposingAnnotations.flatMap((key) =>
      stays(`metadata.annotations["${key}"]`, EXPOSING, noted(key)),
    ),
    ...decidedAnnotations(change, fixed).flatMap(([key, must]) =>
      stays(`metadata.annotations["${key}"]`, must, noted(key)),
    ),
  ];
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
