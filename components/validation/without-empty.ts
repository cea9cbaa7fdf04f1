import { isLate } from "./checks.ts";

type Present<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** The fields that say something: neither undefined nor an object or a list with nothing in it. */
export function withoutEmpty<T extends object>(fields: T): Present<T> {
  const present = Object.entries(fields).filter(
    ([, value]) => value !== undefined && !isEmpty(value),
  );
  return Object.fromEntries(present) as Present<T>;
}

function isEmpty(value: unknown): boolean {
  return (
    typeof value === "object" && value !== null && !isLate(value) && Object.keys(value).length === 0
  );
}
