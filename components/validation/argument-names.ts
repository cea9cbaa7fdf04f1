import { COMPONENT_SHAPES } from "./argument-shapes.ts";
import { type Checks, isDeferred } from "./checks.ts";
import { nearest } from "./nearest.ts";
import { NESTED_SHAPES } from "./nested-shapes.ts";
import { isPlain } from "./plain-data.ts";

const ARGUMENT_SHAPES = { ...COMPONENT_SHAPES, ...NESTED_SHAPES };

/** The name of an interface of arguments. */
export type ShapeName = keyof typeof ARGUMENT_SHAPES;

/**
 * What an argument holds: `""` for a value, a list or a map of values, or anything; an interface's name for an object
 * of it or a list of such objects; and `"{}"` before the name for a map of them.
 */
export type Shape = Readonly<Record<string, string>>;

/** A key that no interface has, and the names that it may have. */
interface UnknownKey {
  readonly path: string;
  readonly key: string;
  readonly names: readonly string[];
  readonly shape: string;
}

/** So many names are repeated in an error where none is like the unknown one. */
const FEW_NAMES = 8;

/** What to set in place of an argument that exists elsewhere, by interface and name. */
const INSTEAD: Readonly<Record<string, string>> = {
  "ContainerArgs.secretEnv": "the Secret is the Backend's; set args.secretEnv and name its keys",
};

/**
 * Reads the arguments of a component. A key that does not exist is reported at every depth: it would have no effect, and
 * nothing would say so. An object that is deferred is not searched: a target may come from another stack, whose newer
 * version of this library has more to say about it.
 */
export function readArguments<T extends object>(checks: Checks, given: T, shape: ShapeName): T {
  const args = checks.object("args", given);
  for (const unknown of unknownKeys("args", args, shape)) {
    const path = `${unknown.path}.${unknown.key}`;
    const must = `must not be set: ${cure(unknown)}`;
    // The value is not shown: the right name might be that of a secret.
    checks.gate(unknown.key, () => [{ path, value: undefined, must }], true);
  }
  return args;
}

/**
 * The unknown keys of an object and of the objects in it.
 *
 * @param above - the objects and lists that the value is in: one that contains itself is not searched again
 */
function unknownKeys(
  path: string,
  value: unknown,
  name: string,
  above: readonly unknown[] = [],
): readonly UnknownKey[] {
  if (above.includes(value)) {
    return [];
  }
  const inside = [...above, value];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => unknownKeys(`${path}[${index}]`, item, name, inside));
  }
  if (isDeferred(value) || !isPlain(value)) {
    return [];
  }
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  if (name.startsWith("{}")) {
    return fields.flatMap(([key, field]) =>
      unknownKeys(`${path}.${key}`, field, name.slice(2), inside),
    );
  }
  const shape: Shape = ARGUMENT_SHAPES[name as ShapeName];
  return fields.flatMap(([key, field]) => {
    const below = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (below === undefined) {
      return [{ path, key, names: Object.keys(shape), shape: name }];
    }
    return below === "" ? [] : unknownKeys(`${path}.${key}`, field, below, inside);
  });
}

function cure({ key, names, shape }: UnknownKey): string {
  const instead = INSTEAD[`${shape}.${key}`];
  if (instead !== undefined) {
    return instead;
  }
  const found = nearest(key, names);
  const all = names.length > FEW_NAMES ? "" : `; there is ${names.join(", ")}`;
  return `there is no such argument${found.length === 0 ? all : `; did you mean ${found.join(" or ")}?`}`;
}
