import { Fields } from "./fields.ts";

/** A quoted value ends at the next quote, and no character can be written otherwise. */
const VALUE = /^[^"\\\p{Cc}\p{Zl}\p{Zp}]*$/u;
const LONGEST_VALUE = 4096;

/**
 * Writes settings of apt.
 *
 * @throws UserError for a value that the format has no way to write
 * @see https://manpages.debian.org/bookworm/apt/apt.conf.5.en.html#SYNTAX
 */
export function aptText(settings: Readonly<Record<string, string>>): string {
  const fields = new Fields("apt.conf");
  const rule = "one line without '\"' and '\\'";
  return Object.entries(settings)
    .map(([name, value]) => {
      fields.matching("name of a setting", name, /^[A-Za-z:-]+$/, "words between colons", 100);
      return `${name} "${fields.matching(name, value, VALUE, rule, LONGEST_VALUE)}";\n`;
    })
    .join("");
}
