import * as pulumi from "@pulumi/pulumi";
import { type Checks, isLate, type Rule } from "./checks.ts";

/** Texts by key, each possibly late. */
export type Texts = Record<string, pulumi.Input<string>>;

/** Reads labels, annotations and their like: texts by key. */
export function readTexts(
  checks: Checks,
  path: string,
  given: Texts | undefined,
  keyRule: Rule,
  valueRule: Rule,
): Texts {
  const texts = given === undefined ? {} : checks.object(path, given);
  const entries = Object.entries(texts).map(([key, value]) => {
    checks.plain(`${path} key`, key, keyRule);
    return [key, checks.input(`${path}["${key}"]`, value, valueRule)] as const;
  });
  return Object.fromEntries(entries);
}

/** Reads a list of texts, each possibly late. */
export function readTextList(
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

/** How much room texts may take together. */
export interface Room {
  /** The bytes, as UTF-8. */
  readonly bytes: number;
  /** What takes it, for the error. */
  readonly of: "keys and values" | "values";
  /** Whether a text may be a password: none is shown. */
  readonly confidential: boolean;
}

/**
 * What the API server takes of the annotations of one object.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/
 */
export const ANNOTATIONS: Room = {
  bytes: 262_144,
  of: "keys and values",
  confidential: false,
};

/**
 * Judges how much room texts take together. Where some are late, one of them waits for the others: the texts that are
 * known stay known in a preview.
 */
export function fitting(
  checks: Checks,
  path: string,
  texts: Texts,
  { bytes, confidential, of }: Room,
): Texts {
  const must = `must be at most ${bytes} bytes, ${of} together`;
  const findings = (known: unknown) => {
    const size = Object.entries(known as Record<string, string>).reduce(
      (sum, [key, text]) => sum + lengthOf(text) + (of === "values" ? 0 : lengthOf(key)),
      0,
    );
    return size <= bytes ? [] : [{ path, value: known, must }];
  };
  const [last] = Object.entries(texts).findLast(([, text]) => isLate(text)) ?? [];
  if (last === undefined) {
    checks.gate(texts as Record<string, string>, findings, confidential);
    return texts;
  }
  const all = checks.gate(pulumi.all(texts), findings, confidential);
  return { ...texts, [last]: pulumi.output(all).apply((known) => known[last] ?? "") };
}

/** Anything but a text has been reported. */
function lengthOf(text: unknown): number {
  return typeof text === "string" ? Buffer.byteLength(text) : 0;
}
