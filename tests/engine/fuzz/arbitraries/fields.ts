import fc from "fast-check";

type OptionalKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? K : never }[keyof T];
type Required<T> = Omit<T, OptionalKeys<T>>;
type Optional<T> = Pick<T, OptionalKeys<T>>;

/** An arbitrary for each field: the compiler asks for one of a field that is added. */
export type Fields<T> = { [K in keyof T]-?: fc.Arbitrary<Exclude<T[K], undefined>> };

const ABSENT = Symbol("absent");

/** Of four objects three have an optional field, so that those deep inside are met often enough. */
const PRESENT_TO_ABSENT = 3;

/** Objects of an interface; an optional field is there or it is not, but it is never undefined. */
export function fields<T extends object>(
  required: Fields<Required<T>>,
  optional: Fields<Optional<T>>,
): fc.Arbitrary<T> {
  const maybe = Object.entries(optional).map(([key, value]) => [key, sometimes(value as never)]);
  return fc
    .record({ ...required, ...Object.fromEntries(maybe) })
    .map((made) => withoutAbsent(made) as T);
}

/** A value, or a mark that {@link withoutAbsent} takes away. */
export function sometimes<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | typeof ABSENT> {
  return fc.option(value, { nil: ABSENT, freq: PRESENT_TO_ABSENT });
}

/** No value: of a field that another one leaves no room for. */
export const never = fc.constant(ABSENT) as unknown as fc.Arbitrary<never>;

/** One of the values of a closed choice. */
export function oneOf<T extends string>(choices: Readonly<Record<string, T>>): fc.Arbitrary<T> {
  return fc.constantFrom(...Object.values(choices));
}

/** Texts by key. */
export function textsBy(
  keys: fc.Arbitrary<string>,
  values: fc.Arbitrary<string>,
): fc.Arbitrary<Record<string, string>> {
  return fc.dictionary(keys, values, { maxKeys: 4, noNullPrototype: true });
}

export function withoutAbsent(made: object): object {
  return Object.fromEntries(Object.entries(made).filter(([, value]) => value !== ABSENT));
}
