import type { Checks } from "./checks.ts";

/** The names of all arguments of a component, written out so that the compiler finds one that is missing. */
export type ArgumentNames<T> = Readonly<Record<keyof T, true>>;

/** As many first characters are the same in a misspelt name and in the right one. */
const SAME_CHARACTERS = 4;

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
  const begins = (text: string) => text.toLowerCase().slice(0, SAME_CHARACTERS);
  const found = names.filter((it) => begins(it) === begins(name));
  return found.length === 0 ? "" : `; did you mean ${found.join(" or ")}?`;
}
