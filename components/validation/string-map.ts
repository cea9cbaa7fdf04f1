import * as pulumi from "@pulumi/pulumi";
import { type Checks, type Finding, isDeferred, type Rule } from "./checks.ts";

/** Strings by key; each may be an Output or a Promise. */
export type StringMap = Record<string, pulumi.Input<string>>;

/** Reads labels, annotations and similar strings by key. */
export function readStringMap(
  checks: Checks,
  path: string,
  given: StringMap | undefined,
  keyRule: Rule,
  valueRule: Rule,
): StringMap {
  const texts = given === undefined ? {} : checks.object(path, given);
  const entries = Object.entries(texts).map(([key, value]) => {
    checks.plain(`${path} key`, key, keyRule);
    return [key, checks.input(`${path}["${key}"]`, value, valueRule)] as const;
  });
  return Object.fromEntries(entries);
}

/** Reads a list of strings; each may be an Output or a Promise. */
export function readStringList(
  checks: Checks,
  path: string,
  given: readonly pulumi.Input<string>[] | undefined,
  item: string,
  rule: Rule,
): pulumi.Input<string>[] {
  return checks
    .list(path, given ?? [], 0, item)
    .map((text, index) => checks.input(`${path}[${index}]`, text, rule));
}

/** A limit on the total size of strings. */
export interface SizeLimit {
  /** The number of bytes in UTF-8. */
  readonly bytes: number;
  /** What is counted, for the error. */
  readonly of: "keys and values" | "values";
  /** Whether the strings may be passwords, which are never shown. */
  readonly confidential: boolean;
}

/** Checks the strings of a list together; deferred ones wait for each other. */
export function checkTogether(
  checks: Checks,
  list: pulumi.Input<string>[],
  findings: (all: readonly unknown[]) => readonly Finding[],
): pulumi.Input<string>[] {
  return list.map((item, index) =>
    index === list.length - 1
      ? checks.together(item, list.slice(0, -1), (last, others) => findings([...others, last]))
      : item,
  );
}

/**
 * The API server's limit for the annotations of one object.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/
 */
export const ANNOTATION_LIMIT: SizeLimit = {
  bytes: 262_144,
  of: "keys and values",
  confidential: false,
};

/**
 * Checks the total size of strings. If some are Outputs, one of them waits for the others, so that plain strings stay
 * known in a preview.
 */
export function checkTotalSize(
  checks: Checks,
  path: string,
  texts: StringMap,
  { bytes, confidential, of }: SizeLimit,
): StringMap {
  const must = `must be at most ${bytes} bytes, ${of} together`;
  const findings = (known: unknown) => {
    const size = Object.entries(known as Record<string, string>).reduce(
      (sum, [key, text]) => sum + lengthOf(text) + (of === "values" ? 0 : lengthOf(key)),
      0,
    );
    return size <= bytes ? [] : [{ path, value: known, must }];
  };
  const [last] = Object.entries(texts).findLast(([, text]) => isDeferred(text)) ?? [];
  if (last === undefined) {
    checks.gate(texts as Record<string, string>, findings, confidential);
    return texts;
  }
  const all = checks.gate(pulumi.all(texts), findings, confidential);
  return { ...texts, [last]: pulumi.output(all).apply((known) => known[last] ?? "") };
}

/** A value that is not a string has already been reported. */
function lengthOf(text: unknown): number {
  return typeof text === "string" ? Buffer.byteLength(text) : 0;
}
