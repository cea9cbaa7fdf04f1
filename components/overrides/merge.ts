import { type Finding, isDeferred, isRecord } from "../validation/checks.ts";
import { KEY_DEFAULTS, LIST_KEYS } from "./list-keys.ts";
import { alternativeFindings, excludedFields } from "./one-of.ts";

type Item = Record<string, unknown>;

/** A merged value, and the parts of the change that could not be merged. */
export interface Merged {
  readonly value: unknown;
  readonly findings: readonly Finding[];
}

/**
 * Merges a change into a Kubernetes object: objects by field and lists by the keys of their items; every other value is
 * replaced. `null` removes a field, and a field removes its alternatives. The arguments are not modified.
 *
 * @param path - where the change was given
 */
export function merge(base: unknown, change: unknown, path: string): Merged {
  const findings: Finding[] = [];
  return { value: mergeAt("", base, change, path, findings), findings };
}

/** @param place - the path inside the object, without the numbers of items */
function mergeAt(
  place: string,
  base: unknown,
  change: unknown,
  path: string,
  findings: Finding[],
): unknown {
  if (isPlainRecord(change)) {
    const before = isPlainRecord(base) ? base : {};
    const merged = Object.entries(change).map(([key, value]) => {
      const inside = place === "" ? key : `${place}.${key}`;
      return [key, mergeAt(inside, before[key], value, `${path}.${key}`, findings)];
    });
    findings.push(...alternativeFindings(place, before, change, path));
    const excluded = excludedFields(place, before, change);
    const kept = Object.entries(before).filter(([field]) => !excluded.includes(field));
    const all = { ...Object.fromEntries(kept), ...Object.fromEntries(merged) };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
  }
  const keys = LIST_KEYS[place];
  if (keys === undefined || !Array.isArray(change)) return change;
  const items = Array.isArray(base) ? base.filter(isPlainRecord) : [];
  const odd = identityFindings(keys, items, change, path);
  findings.push(...odd);
  if (odd.length > 0) return base;
  return mergeItems(keys, items, change as Item[], (index, item, wanted) =>
    mergeAt(place, item, wanted, `${path}[${index}]`, findings),
  );
}

/** Existing items keep their places; new items follow them. An empty list removes all items. */
function mergeItems(
  keys: readonly string[],
  items: readonly Item[],
  change: readonly Item[],
  mergeItem: (index: number, item: Item | undefined, wanted: Item) => unknown,
): unknown[] {
  if (change.length === 0) return [];
  const targets = change.map((wanted) => items.findIndex((item) => isSame(keys, item, wanted)));
  const kept = items.map((item, place) => {
    const index = targets.indexOf(place);
    return index < 0 ? item : mergeItem(index, item, change[index] as Item);
  });
  const added = change.flatMap((wanted, index) =>
    targets[index] === -1 ? [mergeItem(index, undefined, wanted)] : [],
  );
  return [...kept, ...added];
}

/** Each item must state its keys, and no two items may have the same keys. */
function identityFindings(
  keys: readonly string[],
  items: readonly Item[],
  change: readonly unknown[],
  path: string,
): readonly Finding[] {
  const known: Item[] = [];
  return change.flatMap((wanted, index) => {
    const at = `${path}[${index}]`;
    if (!isPlainRecord(wanted)) {
      return [{ path: at, value: wanted, must: "must be an object" }];
    }
    const unstated = keys.find((key) => !isStated(keyOf(wanted, key)));
    const byName = items.some((item) => isNamed(item, wanted));
    if (unstated !== undefined && !byName) {
      const must = `must be stated: Kubernetes tells the items of this list by ${keys.join(" and ")}`;
      return [{ path: `${at}.${unstated}`, value: wanted[unstated], must }];
    }
    const first = known.findIndex((other) => isSame(keys, other, wanted));
    known.push(wanted);
    const must = `must differ from ${path}[${first}] in ${keys.join(" or ")}, or Kubernetes takes both for one`;
    return first < 0 ? [] : [{ path: at, value: wanted, must }];
  });
}

/** An item without its keys may refer to an existing item by name. */
function isSame(keys: readonly string[], item: Item, wanted: Item): boolean {
  const stated = keys.every((key) => isStated(keyOf(wanted, key)));
  return stated
    ? keys.every((key) => keyOf(item, key) === keyOf(wanted, key))
    : isNamed(item, wanted);
}

const isNamed = (item: Item, wanted: Item): boolean =>
  isStated(wanted["name"]) && item["name"] === wanted["name"];

const keyOf = (item: Item, key: string): unknown => item[key] ?? KEY_DEFAULTS[key];

const isStated = (value: unknown): boolean =>
  value !== undefined && value !== null && !isDeferred(value);

function isPlainRecord(value: unknown): value is Item {
  return isRecord(value) && !isDeferred(value);
}
