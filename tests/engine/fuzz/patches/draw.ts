import fc, { type GeneratorValue } from "fast-check";
import { type ApiType, fieldsOf } from "../../../../components/overrides/api-schema.ts";
import { type Fault, faults, type Node } from "./faults.ts";
import { keysFor, NEEDED, NEVER, numbersFor, OFTEN, textsFor } from "./vocabulary.ts";

/** A part of an object, drawn from the API's document. */
export interface DrawnPatch {
  readonly patch: object;
  /** What was made wrong in it, if anything. */
  readonly fault: Fault | "none";
}

type Fields = Record<string, unknown>;
type FieldEntry = readonly [
  name: string,
  field: { readonly required: boolean; readonly type: ApiType },
];

/** Deeper than this only what is required is drawn. */
const DEPTH = 9;

/** A drawing of one patch, with the places that it has. */
class Drawing {
  readonly nodes: Node[] = [];
  readonly #draw: GeneratorValue;

  constructor(draw: GeneratorValue) {
    this.#draw = draw;
  }

  pick<T>(values: readonly T[]): T {
    return this.#draw(() => fc.constantFrom(...values)) as T;
  }

  chance(percent: number): boolean {
    return this.#draw(fc.nat, { max: 99 }) < percent;
  }

  /** An object of a definition: what it needs, and some of what it may have. The object that is patched has the rest. */
  record(definition: string, depth: number, isPatched: boolean): Fields {
    const fields = [...(fieldsOf(definition) ?? [])].filter(
      ([name]) => depth > 0 || !NEVER.includes(name),
    );
    const wanted = new Set(this.#wanted(definition, depth, fields));
    const record: Fields = {};
    this.nodes.push({ holder: record, definition });
    for (const [name, { required, type }] of fields) {
      if ((required && !isPatched) || wanted.has(name)) {
        record[name] = this.value(type, `${definition}.${name}`, depth + 1, isPatched);
        this.nodes.push({ holder: record, key: name, type });
      }
    }
    return record;
  }

  #wanted(definition: string, depth: number, fields: readonly FieldEntry[]): readonly string[] {
    const needed = NEEDED[definition];
    if (needed !== undefined) return this.pick(needed);
    const often = OFTEN[definition] ?? [];
    if (often.length > 0 && this.chance(75)) return [this.pick(often)];
    const optional = fields.filter(([, { required }]) => !required).map(([name]) => name);
    const count = depth > DEPTH || optional.length === 0 ? 0 : this.pick([0, 1, 1, 2]);
    return Array.from({ length: Math.max(count, depth === 0 ? 1 : 0) }, () => this.pick(optional));
  }

  value({ many, ...type }: ApiType, place: string, depth: number, isPatched: boolean): unknown {
    if (many === "list") return [this.value(type, place, depth, false)];
    if (many === "map")
      return { [this.pick(keysFor(place))]: this.value(type, place, depth, false) };
    if (type.values !== undefined) return this.pick(type.values);
    if (fieldsOf(type.name) !== undefined) return this.record(type.name, depth, isPatched);
    return this.#plain(type.name, place);
  }

  #plain(name: string, place: string): unknown {
    if (name === "boolean") return this.chance(50);
    if (name === "int32" || name === "int64") return this.pick(numbersFor(place));
    if (name === "IntOrString")
      return this.pick<unknown>([...numbersFor(place), ...textsFor(place)]);
    if (name === "Quantity") return this.pick<unknown>(["1", "100m", "1Gi", 2, "1e3"]);
    if (name === "Time") return "2026-01-31T12:00:00Z";
    if (name === "byte") return this.pick(["", "YQ==", "c2VjcmV0"]);
    if (name === "FieldsV1") return {};
    return this.pick(textsFor(place));
  }
}

/** Patches of an object of a definition, half of them with something wrong. */
export function patchesOf(definition: string): fc.Arbitrary<DrawnPatch> {
  return fc.gen().map((draw) => {
    const drawing = new Drawing(draw);
    const patch = drawing.record(definition, 0, true);
    if (drawing.chance(50)) return { patch, fault: "none" };
    const possible = drawing.nodes.flatMap((node) => faults(node).map((it) => ({ node, ...it })));
    const kinds = [...new Set(possible.map(({ fault }) => fault))];
    const kind = drawing.pick(kinds);
    const { fault, make } = drawing.pick(possible.filter((it) => it.fault === kind));
    make((values) => drawing.pick(values));
    return { patch, fault };
  });
}
