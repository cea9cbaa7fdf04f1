import type { Finding } from "../../validation/checks.ts";
import type { WrittenService } from "../contract/dialect.ts";
import type { OptionName } from "../contract/option-names.ts";

/** What an error says of something that would keep its last value. */
export const MUST_STAY =
  "must be stated, the cloud would keep the value of the last update; state the value it is to have";

/**
 * Entries of a `key=value` annotation that are no longer there. The controller sends what is written and never takes
 * anything back, so that each would keep its last value.
 *
 * @param argumentOf - the argument that has an entry of its own, where it is not one of `option`
 */
export function keptEntries(
  annotation: string,
  option: OptionName,
  before: WrittenService,
  after: WrittenService,
  argumentOf: ReadonlyMap<string, OptionName | undefined> = new Map(),
): readonly Finding[] {
  const [old, now] = [before, after].map(({ annotations }) => annotations[annotation]);
  // What is not yet known is looked at when it is.
  if (now !== undefined && typeof now !== "string") {
    return [];
  }
  const entries = entriesOf(now);
  const keys = entries.map(keyOf);
  return entriesOf(old)
    .map(keyOf)
    .filter((key) => !keys.includes(key) && !isOff(key, entries))
    .map((key) => {
      const own = argumentOf.get(key);
      const path = own === undefined ? `args.${option}["${key}"]` : `args.${own}`;
      return { path, value: undefined, must: MUST_STAY };
    });
}

/** An annotation that is no longer there, and of which the controller would keep what it said. */
export function keptAnnotation(
  annotation: string,
  path: string,
  before: WrittenService,
  after: WrittenService,
): readonly Finding[] {
  return before.annotations[annotation] !== undefined && after.annotations[annotation] === undefined
    ? [{ path, value: undefined, must: MUST_STAY }]
    : [];
}

function entriesOf(annotation: unknown): readonly string[] {
  return typeof annotation === "string"
    ? annotation.split(",").filter((entry) => entry !== "")
    : [];
}

function keyOf(entry: string): string {
  return entry.replace(/=.*/, "");
}

/** Where logs are written says nothing while none are. */
function isOff(key: string, entries: readonly string[]): boolean {
  return key.startsWith("access_logs.s3.") && entries.includes("access_logs.s3.enabled=false");
}
