/** Values by place, such as `Deployment spec replicas`: a kind and the way into its object. */
export type Places = Readonly<Record<string, unknown>>;

/** What stands in these places of the objects, which are given by kind. */
export function valuesAt(objects: Readonly<Record<string, unknown>>, places: Places): Places {
  const at = (place: string) =>
    place.split(" ").reduce<unknown>((found, key) => Reflect.get(Object(found), key), objects);
  return Object.fromEntries(Object.keys(places).map((place) => [place, at(place)]));
}

/** The objects with other values in these places. A place that is not there is an error: nothing is added. */
export function replaced(objects: Readonly<Record<string, unknown>>, places: Places): unknown {
  return Object.entries(places).reduce<unknown>(
    (changed, [place, value]) => replacedAt(changed, place.split(" "), value),
    objects,
  );
}

/** The same places with marks on their values. */
export function marked(places: Places, mark: (value: unknown) => unknown): Places {
  return Object.fromEntries(Object.entries(places).map(([place, value]) => [place, mark(value)]));
}

function replacedAt(within: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) {
    return value;
  }
  if (!Object.hasOwn(Object(within), key)) {
    throw new Error(`There is no ${key} in ${JSON.stringify(within)}`);
  }
  const change = { [key]: replacedAt(Reflect.get(Object(within), key), rest, value) };
  return Array.isArray(within)
    ? Object.assign([...within], change)
    : { ...Object(within), ...change };
}
