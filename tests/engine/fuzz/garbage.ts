import fc from "fast-check";
import type { ArgsField } from "../../unit/support/analyze.ts";
import type { Given } from "./arbitraries/backend.ts";
import { type Place, placesOf, valueAt, withValueAt } from "./places.ts";

const cyclic: Record<string, unknown> = {};
cyclic["itself"] = cyclic;
const list: unknown[] = [];
list.push(list);

/** Values that programs trip over: no plain data, or data at an edge of what there may be. */
const odd = fc.constantFrom<unknown>(
  ...[undefined, null, true, false, Symbol("symbol"), () => "called", class {}, 10n],
  ...[Number.NaN, Infinity, -Infinity, -0, -1, 0, 0.5, 1, 65_536, 2 ** 31, 2 ** 53, 1e300],
  ...["", " ", "-", "/", ".", "a.", "A", "ä", "\u0000", "\ud800", "0", "1e400", "-1", "__proto__"],
  ...["a".repeat(16), "a".repeat(64), "a".repeat(254), "a".repeat(1_000_000)],
  ...[[], [[]], [null], [""], ["a", "a"], {}, { a: null }, Object.create(null), cyclic, list],
  ...[new Date(0), new Map([["a", 1]]), new Set(["a"]), /a/, new Error("a"), new Uint8Array(3)],
  ...["constructor", "toString", "__proto__"].map((key) => JSON.parse(`{"${key}":"a"}`)),
  JSON.parse('{"":""}'),
);

/** Anything at all. */
export const garbage: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 2, arbitrary: odd },
  fc.anything({
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
  }),
);

/** Anything that Pulumi makes an Output of: not what goes in circles. */
export const lateGarbage = garbage.filter((value) => value !== cyclic && value !== list);

/** Arguments of which one value is another one than it was. */
export interface Spoiled<Args> {
  readonly given: Given<Args>;
  /** The place of the value. */
  readonly place: Place;
  readonly value: unknown;
}

/** Puts values in the places of other ones, also of fields that were not set. */
export function spoiled<Args extends object>(
  valid: fc.Arbitrary<Given<Args>>,
  fields: readonly ArgsField[],
  values: fc.Arbitrary<unknown> = garbage,
): fc.Arbitrary<Spoiled<Args>> {
  return fc
    .tuple(valid, fc.nat(), fc.nat(), values)
    .map(([{ args, name }, field, index, value]) => {
      const open = fields.map(({ path }) => openPlaces(args, path)).filter((it) => it.length > 0);
      const places = open[field % open.length] ?? [];
      const place = places[index % places.length] ?? [];
      return { given: { name, args: withValueAt(args, place, value) }, place, value };
    });
}

/** Sets of which some values are those of another valid set: each is right, together they may not be. */
export function crossed<Args extends object>(
  valid: fc.Arbitrary<Given<Args>>,
  fields: readonly ArgsField[],
): fc.Arbitrary<Spoiled<Args>> {
  // What stands at the top depends on each other more than what is deep inside.
  const top = fields.filter(({ path }) => /^\w+$/.test(path));
  const mixed = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.subarray(top, { minLength: 1, maxLength: Math.min(top.length, 12) }),
    },
    { weight: 1, arbitrary: fc.subarray([...fields], { minLength: 1, maxLength: 8 }) },
  );
  return fc.tuple(valid, valid, mixed).map(([{ args, name }, other, taken]) => {
    const given = { name, args: taken.reduce((mix, field) => cross(mix, other.args, field), args) };
    return { given, place: [], value: undefined };
  });
}

/** Puts the first value that a field has in another set where it is, or could be, in this one. */
function cross<Args extends object>(args: Args, other: object, { path }: ArgsField): Args {
  const [from] = placesOf(other, path);
  const [to] = openPlaces(args, path);
  return from === undefined || to === undefined
    ? args
    : withValueAt(args, to, valueAt(other, from));
}

/** Where a field is, and where it could be. */
function openPlaces(args: object, path: string): Place[] {
  const [, parent = "", key] = /^(?:(.*)\.)?([^.[\]{}]+)$/.exec(path) ?? [];
  if (key === undefined) return placesOf(args, path);
  return placesOf(args, parent)
    .filter((place) => isObject(valueAt(args, place)))
    .map((place) => [...place, key]);
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
