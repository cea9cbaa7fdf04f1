import { untilAddressAssigned } from "../service/wait-for.ts";
import type { Checks, Rule } from "../validation/checks.ts";
import { annotationKey, anyString } from "../validation/rules.ts";
import {
  ANNOTATION_LIMIT,
  checkTotalSize,
  readStringMap,
  type StringMap,
} from "../validation/string-map.ts";
import { withoutEmpty } from "../validation/without-empty.ts";
import type { LoadBalancerDialect, Rendered } from "./contract/dialect.ts";
import type { IntentArgs } from "./contract/intent-args.ts";

/** The bytes of the component's own annotation. */
const OWN_BYTES = Object.entries(untilAddressAssigned)
  .flat()
  .reduce((sum, text) => sum + Buffer.byteLength(text), 0);

/**
 * Reads the annotations that have no argument, and adds the controller's annotations. An annotation that an argument
 * writes is rejected.
 */
export function readAnnotations(
  checks: Checks,
  { annotations }: IntentArgs,
  dialect: LoadBalancerDialect,
  rendered: Rendered["annotations"],
): StringMap {
  const path = "args.annotations";
  const written = withoutEmpty(rendered) as StringMap;
  const free = freeKey(dialect, Object.keys(written));
  const texts = { ...readStringMap(checks, path, annotations, free, anyString), ...written };
  return checkTotalSize(checks, path, texts, {
    ...ANNOTATION_LIMIT,
    bytes: ANNOTATION_LIMIT.bytes - OWN_BYTES,
  });
}

/** The rule for annotations in a patch: it rejects those that an argument decides. */
export function patchedKey(dialect: LoadBalancerDialect, rendered: Rendered["annotations"]): Rule {
  const free = freeKey(dialect, Object.keys(withoutEmpty(rendered)));
  // A patch may change Pulumi's own annotations. In `args.annotations` they are rejected, because those are for the
  // load balancer.
  return (key) => (String(key).startsWith("pulumi.com/") ? undefined : free(key));
}

/** An annotation that no argument writes and that does not decide who can connect is free. */
function freeKey(
  { exposureKeys, supports, name }: LoadBalancerDialect,
  written: readonly string[],
): Rule {
  const options = Object.entries(supports).flatMap(
    ([option, { conflictingKeys = [], keys, openKeys = [] }]) =>
      [...keys, ...conflictingKeys]
        .filter((key) => !openKeys.includes(key) || written.some((it) => matches(key, it)))
        .map((key) => [key, option] as const),
  );
  const decided = [...exposureKeys, ...written];
  return (key) => {
    const [, option] = options.find(([start]) => matches(start, String(key))) ?? [];
    if (option !== undefined) {
      return `must not be set; use args.${option}`;
    }
    if (String(key).startsWith("pulumi.com/")) {
      return "must not be set: the component decides how Pulumi handles its Service";
    }
    return decided.includes(String(key))
      ? `must not be set: other arguments decide it for ${name}`
      : annotationKey(key);
  };
}

/** A key may contain a port: where a "*" stands, or after a separator at the end of what is stated. */
function matches(start: string, key: string): boolean {
  const [before = "", after] = start.split("*");
  return after === undefined
    ? key === start || (/[._-]$/.test(start) && key.startsWith(start))
    : key.startsWith(before) &&
        /^\d+$/.test(key.slice(before.length, key.length - after.length)) &&
        key.endsWith(after);
}
