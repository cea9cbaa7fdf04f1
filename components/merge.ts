import { isLate, isRecord } from "./validation.ts";

/**
 * Merges a change into a value: objects by key, the items of two lists by `name` where all have one, and everything else
 * is replaced. Nothing that is given is changed.
 */
export function merge(base: unknown, change: unknown): unknown {
  if (isPlainRecord(base) && isPlainRecord(change)) {
    const merged = Object.entries(change).map(([key, value]) => [key, merge(base[key], value)]);
    const all = { ...base, ...Object.fromEntries(merged) };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
  }
  if (isNamedList(base) && isNamedList(change)) {
    const kept = base.map((item) => {
      const wanted = change.find(({ name }) => name === item.name);
      return wanted === undefined ? item : merge(item, wanted);
    });
    return [...kept, ...change.filter(({ name }) => !base.some((item) => item.name === name))];
  }
  return change;
}

function isPlainRecord(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && !isLate(value);
}

function isNamedList(value: unknown): value is { name: string }[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item) => isPlainRecord(item) && typeof item["name"] === "string")
  );
}
