import { Fields } from "./fields.ts";

/** A directive of a Corefile: its words, and what is in its braces. */
export interface CorefileDirective {
  readonly words: readonly (number | string)[];
  readonly block?: readonly CorefileDirective[];
}

/** Characters that CoreDNS takes literally without quotes; braces would begin a block or a variable. */
const WORD = /^[A-Za-z0-9_./:@-]+$/;
const LONGEST_WORD = 1024;

/**
 * Writes a configuration of CoreDNS.
 *
 * @param file - name of the file, for messages
 * @throws UserError for a word that the format would take for more than a word
 * @see https://coredns.io/manual/configuration/
 */
export function corefileText(file: string, directives: readonly CorefileDirective[]): string {
  return linesOf(new Fields(file), directives, "").join("");
}

function linesOf(
  fields: Fields,
  directives: readonly CorefileDirective[],
  indent: string,
): string[] {
  return directives.flatMap(({ block, words }) => {
    const rule = "a word of letters, digits and '_./:@-'";
    const said = words.map((word) =>
      fields.matching(`word of ${words[0]}`, String(word), WORD, rule, LONGEST_WORD),
    );
    if (said.length === 0) fields.refuse("directive", words, "one word at least");
    const line = `${indent}${said.join(" ")}`;
    if (block === undefined) return [`${line}\n`];
    return [`${line} {\n`, ...linesOf(fields, block, `${indent}  `), `${indent}}\n`];
  });
}
