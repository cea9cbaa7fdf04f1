import fc from "fast-check";
import type { Given } from "../arbitraries/backend.ts";
import { type Place, withValueAt } from "../places.ts";
import type { ComponentName } from "../render.ts";

/** A way to break a rule in arguments that keep every other one. */
export interface Mutation {
  /** What holds, and is broken. */
  readonly rule: string;
  readonly component: ComponentName;
  /** Arguments that stand beside the broken one, so that no other rule is broken with it. */
  readonly beside: (args: never) => object;
  /** Where the broken value is put. */
  readonly place: Place;
  readonly values: fc.Arbitrary<unknown>;
  /** Where the problem is. */
  readonly path: string;
  /** Whether the rule is only about values that are known at once. */
  readonly plain: boolean;
}

/** What a mutation may state beside its value. */
interface Beside {
  /** Other arguments, from those that were valid. */
  readonly args?: object | ((args: never) => object);
  /** Where the problem is, if not where the value is. */
  readonly path?: string;
  readonly plain?: boolean;
}

/** Breaks a rule by each of some values at a place such as `ports[0].name`. */
export function breaks(
  rule: string,
  component: ComponentName,
  place: string,
  values: readonly unknown[] | fc.Arbitrary<unknown>,
  { args = {}, path = `args.${place}`, plain = false }: Beside = {},
): Mutation {
  const keys = place.match(/[^.[\]"]+/g) ?? [];
  return {
    rule,
    component,
    beside: typeof args === "function" ? (args as Mutation["beside"]) : () => args,
    place: keys.map((key) => (/^\d+$/.test(key) ? Number(key) : key)),
    values: Array.isArray(values) ? fc.constantFrom(...values) : (values as fc.Arbitrary<unknown>),
    path,
    plain,
  };
}

/** Breaks a rule about the keys of a map, such as labels. */
export function breaksKey(
  rule: string,
  component: ComponentName,
  map: string,
  keys: readonly string[],
  beside: Beside & { readonly value?: unknown } = {},
): Mutation {
  const { value = "a" } = beside;
  const values = fc.constantFrom(...keys).map((key) => ({ [key]: value }));
  return breaks(rule, component, map, values, {
    ...beside,
    path: beside.path ?? `args.${map} key`,
  });
}

/** Breaks a rule about the component's own name. An empty one is refused by Pulumi. */
export const breaksName = (
  rule: string,
  component: ComponentName,
  values: readonly string[],
): Mutation => ({
  ...breaks(
    rule,
    component,
    "name",
    values.filter((name) => name !== ""),
    { args: { serviceName: undefined } },
  ),
  path: "name",
});

/** A valid set with one broken value. `wrap` decides how the value arrives. */
export function mutate(
  { beside, path, place }: Mutation,
  { args, name }: Given<object>,
  value: unknown,
): Given<object> {
  // What the objects are depends on the arguments, and a patch of one that is no longer there is another problem.
  const base = { ...args, patches: undefined, ...beside(args as never) };
  return path === "name"
    ? { name: String(value), args: base }
    : { name, args: withValueAt(base, place, value) };
}
