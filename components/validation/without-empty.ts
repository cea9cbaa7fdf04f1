import { isDeferred } from "./checks.ts";

type Present<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** The fields that are set: neither undefined nor an empty object or list. */
export function withoutEmpty<T extends object>(fields: T): Present<T> {
  const present = Object.entries(fields).filter(
    ([, value]) => value !== undefined && !isEmpty(value),
  );
  return Object.fromEntries(present) as Present<T>;
}

function isEmpty(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    !isDeferred(value) &&
    Object.keys(value).length === 0
  );
}
