import { existsSync, readFileSync } from "node:fs";

/** Reads a file that was written as JSON; `none` where there is no such file, or one that is damaged. */
export function readJson<T extends object>(path: string, none: T): T {
  if (!existsSync(path)) return none;
  try {
    const value = JSON.parse(readFileSync(path, "utf8")) as T;
    return hasShapeOf(value, none) ? value : none;
  } catch {
    return none;
  }
}

/** Whether a value has every field, and of the kind, that the one without content has. */
function hasShapeOf(value: unknown, none: object): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(none).every(([name, empty]) => {
    const field = (value as Record<string, unknown>)[name];
    return (
      typeof field === typeof empty &&
      Array.isArray(field) === Array.isArray(empty) &&
      field !== null
    );
  });
}
