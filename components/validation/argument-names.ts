import type { Checks } from "./checks.ts";

/** The names of all arguments of a component, written out so that the compiler finds one that is missing. */
export type ArgumentNames<T> = Readonly<Record<keyof T, true>>;

/** A misspelt name begins or ends like the right one: as many characters are the same. */
const SAME_FIRST = 4;
const SAME_LAST = 12;

/** Reads the arguments of a component. One that it does not have is reported: it would have no effect, and nothing would say so. */
export function readArguments<T extends object>(
  checks: Checks,
  given: T,
  names: ArgumentNames<T>,
): T {
  const args = checks.object("args", given);
  const unknown = Object.entries(args).filter(
    ([name, value]) => value !== undefined && !Object.hasOwn(names, name),
  );
  for (const [name] of unknown) {
    const must = `must not be set: there is no such argument${similar(name, Object.keys(names))}`;
    // The value is not shown: the right name might be that of a secret.
    checks.gate(name, () => [{ path: `args.${name}`, value: undefined, must }], true);
  }
  return args;
}

function similar(name: string, names: readonly string[]): string {
  const parts = (text: string) => {
    const small = text.toLowerCase();
    return { first: small.slice(0, SAME_FIRST), last: small.slice(-SAME_LAST) };
  };
  const { first, last } = parts(name);
  const found = names.filter((it) => parts(it).first === first || parts(it).last === last);
  return found.length === 0 ? "" : `; did you mean ${found.join(" or ")}?`;
}
