/** What stands for a value that is not known yet in manifests that are judged. */
export const UNKNOWN_VALUE = Symbol("unknown");

/** A rule has read a value that is not known yet. */
export class UnknownValueRead extends Error {
  /** The path of the value. */
  readonly path: string;

  constructor(path: string) {
    super(`${path} is not known`);
    this.path = path;
  }
}

/** A view of a value in which reading an unknown one throws: a rule cannot take it for something else. */
export function guarded<T>(value: T, path = ""): T {
  if (typeof value !== "object" || value === null) return value;
  return new Proxy(value, {
    get(target, key) {
      const read: unknown = Reflect.get(target, key);
      const place = path === "" ? String(key) : `${path}.${String(key)}`;
      if (read === UNKNOWN_VALUE) throw new UnknownValueRead(place);
      return typeof key === "symbol" ? read : guarded(read, place);
    },
  }) as T;
}
