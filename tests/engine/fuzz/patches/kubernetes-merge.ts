import { KEY_DEFAULTS, LIST_KEYS } from "../../../../components/overrides/list-keys.ts";

type Item = Record<string, unknown>;

/**
 * An object with a patch as Kubernetes merges them, with nothing judged and nothing left out: so it is asked what becomes of a
 * patch that a component refuses.
 */
export function kubernetesMerge(base: unknown, patch: unknown, place = ""): unknown {
  if (isItem(patch)) {
    const before = isItem(base) ? base : {};
    const changed = Object.entries(patch).map(([key, value]) => {
      return [key, kubernetesMerge(before[key], value, place === "" ? key : `${place}.${key}`)];
    });
    const all = Object.entries({ ...before, ...Object.fromEntries(changed) });
    return Object.fromEntries(all.filter(([, value]) => value !== null));
  }
  const keys = LIST_KEYS[place];
  if (!Array.isArray(patch) || keys === undefined || patch.length === 0) return patch;
  const before: unknown[] = Array.isArray(base) ? base : [];
  const matches = patch.map((item) => before.findIndex((other) => isSame(keys, other, item)));
  const kept = before.map((item, index) => {
    const found = matches.indexOf(index);
    return found < 0 ? item : kubernetesMerge(item, patch[found], place);
  });
  const added = patch.filter((_, index) => {
    const match = matches[index] ?? -1;
    return match < 0 || matches.indexOf(match) !== index;
  });
  return [...kept, ...added.map((item) => kubernetesMerge(undefined, item, place))];
}

function isSame(keys: readonly string[], one: unknown, other: unknown): boolean {
  if (!isItem(one) || !isItem(other)) return false;
  const of = (item: Item, key: string) => item[key] ?? KEY_DEFAULTS[key];
  if (keys.every((key) => of(other, key) !== undefined)) {
    return keys.every((key) => of(one, key) === of(other, key));
  }
  return other["name"] !== undefined && one["name"] === other["name"];
}

const isItem = (value: unknown): value is Item =>
  typeof value === "object" && value !== null && !Array.isArray(value);
