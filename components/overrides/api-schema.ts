import { API_SHAPES } from "./api-shapes.ts";

/** What a field of an object of the API holds. */
export interface ApiType {
  /** The name of a definition, such as `Container`, or of a plain type, such as `int32`; "" for one of `values`. */
  readonly name: string;
  /** The texts that are allowed, where the API has a list of them. */
  readonly values?: readonly string[];
  /** Whether it is a list or a map of such values. */
  readonly many?: "list" | "map";
}

/** A field of a definition. */
interface ApiField {
  readonly type: ApiType;
  readonly required: boolean;
}

type Fields = ReadonlyMap<string, ApiField>;

const definitions = new Map<string, Fields>();

/** The fields of a definition by name, or undefined if it is a plain type. */
export function fieldsOf(definition: string): Fields | undefined {
  if (definitions.size === 0) {
    for (const line of API_SHAPES) {
      const [name = "", ...fields] = line.split(" ");
      definitions.set(name, new Map(fields.map(readField)));
    }
  }
  return definitions.get(definition);
}

/** Reads `name:type` or `name=VALUE|VALUE`, with `[]` for a list, `{}` for a map, and `!` at the end of what is required. */
function readField(text: string): [name: string, field: ApiField] {
  const parts = /^(\w+)([:=])(.*?)(\[\]|\{\})?(!?)$/.exec(text);
  const [, name = "", kind, what = "", many, required] = parts ?? [];
  const type = {
    ...(kind === "=" ? { name: "", values: what.split("|") } : { name: what }),
    ...(many === undefined ? {} : { many: many === "[]" ? ("list" as const) : ("map" as const) }),
  };
  return [name, { type, required: required === "!" }];
}
