import { Fields } from "./fields.ts";

const VALUE = /^[A-Za-z0-9_.:/@-]+$/;
const LONGEST_VALUE = 256;

/**
 * Writes one section of a file as gcfg reads it: `Name = value` lines. Values are words of characters that mean nothing else there.
 *
 * @param file - name of the file, for messages
 * @throws UserError for a value that has other characters, or none
 * @see https://pkg.go.dev/gopkg.in/gcfg.v1#hdr-Syntax
 */
export function iniText(
  file: string,
  section: string,
  values: Readonly<Record<string, string>>,
): string {
  const fields = new Fields(file);
  const rule = "a word of letters, digits and '_.:/@-'";
  const lines = Object.entries(values).map(([name, value]) => {
    fields.matching("name of a value", name, /^[A-Za-z][A-Za-z0-9-]*$/, "a word", LONGEST_VALUE);
    return `${name} = ${fields.matching(name, value, VALUE, rule, LONGEST_VALUE)}`;
  });
  fields.matching("section", section, /^[A-Za-z]+$/, "a word", LONGEST_VALUE);
  return `${[`[${section}]`, ...lines].join("\n")}\n`;
}
