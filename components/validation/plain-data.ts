import { type Finding, isDeferred } from "./checks.ts";

const MUST =
  "must be plain data: strings, numbers, true, false, null, and lists and objects of these";

/** The values in a part of an object that cannot be sent to an API server. Outputs and Promises are not checked. */
export function plainDataFindings(
  path: string,
  value: unknown,
  above: readonly unknown[] = [],
): readonly Finding[] {
  if (isDeferred(value) || isScalar(value)) {
    return [];
  }
  if (!isPlain(value) || above.includes(value)) {
    return [{ path, value, must: MUST }];
  }
  const inside = [...above, value];
  return Array.isArray(value)
    ? [...value].flatMap((item, index) => plainDataFindings(`${path}[${index}]`, item, inside))
    : Object.entries(value).flatMap(([key, field]) =>
        plainDataFindings(`${path}.${key}`, field, inside),
      );
}

function isScalar(value: unknown): boolean {
  const type = typeof value;
  return (
    value === null ||
    value === undefined ||
    type === "string" ||
    type === "boolean" ||
    (type === "number" && Number.isFinite(value))
  );
}

/** A list, or an object that is not an instance of a class: the JSON of an instance has some of its fields or none. */
export function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  const prototype = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === null || prototype === Object.prototype;
}
