import type { Finding } from "../../validation/checks.ts";
import type { WrittenService } from "../contract/dialect.ts";
import type { OptionName } from "../contract/option-names.ts";

/** The error for a setting that would keep its last value. */
export const MUST_STAY =
  "must be set: the cloud would otherwise keep the value of the last update; set the value that it should have";

/**
 * Reports removed entries of a `key=value` annotation. The controller only sends what is written, so a removed entry
 * would keep its last value.
 *
 * @param argumentOf - the argument of an entry that is not set by `option`
 */
export function stickyEntries(
  annotation: string,
  option: OptionName,
  before: WrittenService,
  after: WrittenService,
  argumentOf: ReadonlyMap<string, OptionName | undefined> = new Map(),
): readonly Finding[] {
  const [old, now] = [before, after].map(({ annotations }) => annotations[annotation]);
  // An unknown value is checked once it is known.
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

/** Reports a removed annotation whose value the controller would keep. */
export function stickyAnnotation(
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

/** The location of logs has no effect while logs are off. */
function isOff(key: string, entries: readonly string[]): boolean {
  return key.startsWith("access_logs.s3.") && entries.includes("access_logs.s3.enabled=false");
}
