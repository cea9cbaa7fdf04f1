import { masked } from "./masked.ts";
import { withoutQueries } from "./without-queries.ts";

/**
 * What a field of recorded JSON must be for it to be read. Whatever else stands there is read as missing. `withoutQueries` is a text of
 * which the queries of URLs are left out, `masked` one that an application wrote, without what may be a password.
 */
export type Shape =
  | "string"
  | "withoutQueries"
  | "masked"
  | "number"
  | "boolean"
  | "stringOrNumber"
  | readonly [Shape]
  | { readonly [field: string]: Shape };

/** The type of what a shape reads. Every field may be missing; `"*"` stands for any field name. */
export type FromShape<S> = S extends "string" | "withoutQueries" | "masked"
  ? string
  : S extends "number"
    ? number
    : S extends "boolean"
      ? boolean
      : S extends "stringOrNumber"
        ? string | number
        : S extends readonly [infer Item]
          ? readonly FromShape<Item>[]
          : S extends { readonly "*": infer Value }
            ? Readonly<Record<string, FromShape<Value>>>
            : { readonly [Field in keyof S]?: FromShape<S[Field]> | undefined };

/** Reads a value by its shape: fields of other types and fields that the shape does not name are left out. */
export function readShape<const S extends Shape>(
  shape: S,
  value: unknown,
): FromShape<S> | undefined {
  return read(shape, value) as FromShape<S> | undefined;
}

function read(shape: Shape, value: unknown): unknown {
  if (shape === "withoutQueries")
    return typeof value === "string" ? withoutQueries(value) : undefined;
  if (shape === "masked") return typeof value === "string" ? masked(value) : undefined;
  if (typeof shape === "string") return isPlain(shape, value) ? value : undefined;
  if (isList(shape)) {
    if (!Array.isArray(value)) return undefined;
    const [item] = shape;
    return value.map((it) => read(item, it)).filter((it) => it !== undefined);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const every = shape["*"];
  const fields = every === undefined ? Object.keys(shape) : Object.keys(value);
  const source = value as Readonly<Record<string, unknown>>;
  const entries = fields.flatMap((field) => {
    const own = Object.hasOwn(source, field) ? source[field] : undefined;
    const found = read(every ?? (shape[field] as Shape), own);
    return found === undefined ? [] : [[field, found] as const];
  });
  return Object.fromEntries(entries);
}

const isList = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape);

function isPlain(shape: string, value: unknown): boolean {
  if (shape === "stringOrNumber") return typeof value === "string" || Number.isFinite(value);
  return shape === "number" ? Number.isFinite(value) : typeof value === shape;
}
