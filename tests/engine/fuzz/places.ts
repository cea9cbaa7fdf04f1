/** The keys and indices that lead from an object to a value in it. */
export type Place = readonly (string | number)[];

/**
 * Where in an object the values of a field are: none where it is not set, several inside of lists and maps.
 *
 * @param field The field, with `[]` for the items of a list and `{}` for the values of a map, such as `ports[].name`.
 */
export function placesOf(root: unknown, field: string): Place[] {
  const steps = field.match(/\[\]|\{\}|[^.[\]{}]+/g) ?? [];
  return steps.reduce<Place[]>(
    (places, step) =>
      places.flatMap((place) => keysOf(valueAt(root, place), step).map((key) => [...place, key])),
    [[]],
  );
}

/** The value at a place. */
export function valueAt(root: unknown, place: Place): unknown {
  return place.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], root);
}

/** The object with another value at a place. */
export function withValueAt<T>(root: T, [key, ...rest]: Place, value: unknown): T {
  if (key === undefined) return value as T;
  const below = withValueAt((root as Record<string, unknown>)[key], rest, value);
  return (
    Array.isArray(root) ? Object.assign([...root], { [key]: below }) : { ...root, [key]: below }
  ) as T;
}

function keysOf(value: unknown, step: string): (string | number)[] {
  if (step === "[]") return Array.isArray(value) ? [...value.keys()] : [];
  if (typeof value !== "object" || value === null) return [];
  if (step === "{}") return Object.keys(value);
  return Object.hasOwn(value, step) ? [step] : [];
}

/** The field that a place belongs to. */
export function fieldAt<T extends { readonly path: string }>(
  fields: readonly T[],
  place: Place,
): T | undefined {
  const path = place.reduce<string>((above, key) => {
    const [property, item, value] = [
      `${above === "" ? "" : `${above}.`}${key}`,
      `${above}[]`,
      `${above}{}`,
    ];
    return (
      [property, item, value].find((it) => fields.some((field) => field.path === it)) ?? property
    );
  }, "");
  return fields.find((field) => field.path === path);
}
