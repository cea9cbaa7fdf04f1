import { Fields } from "./fields.ts";

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
const LONGEST_NAME = 256;

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
      return `export ${name}='${fields.text(name, value).replaceAll("'", "'\\''")}'\n`;
    })
    .join("");
}
