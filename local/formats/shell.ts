import { Fields } from "./fields.ts";

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
const LONGEST_NAME = 256;
/** What no shell takes for anything but itself. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/** A text as one word of a command that is shown to people, quoted only where that is needed. */
export const shellWord = (text: string): string => (PLAIN.test(text) ? text : quoted(text));

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * Writes lines that set environment variables in any POSIX shell.
 *
 * @throws UserError for a name that no variable can have, and a value that no variable can hold
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02
 */
export function shellExports(values: Readonly<Record<string, string>>): string {
  const fields = new Fields("the environment");
  return Object.entries(values)
    .map(([name, value]) => {
      fields.matching("name of a variable", name, VARIABLE, "a shell variable's", LONGEST_NAME);
      return `export ${name}=${quoted(fields.text(name, value))}\n`;
    })
    .join("");
}
