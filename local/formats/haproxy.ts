import { Fields } from "./fields.ts";

/** One section of HAProxy's configuration. */
export interface HaproxySection {
  readonly keyword: (typeof KEYWORDS)[number];
  /** Name of the proxy; `global` and `defaults` have none. */
  readonly name?: string;
  /** A line's words; the first is what it sets. */
  readonly lines: readonly (readonly (number | string)[])[];
}

/** No section in which HAProxy starts programs or loads code. */
const KEYWORDS = ["global", "defaults", "frontend", "backend", "listen"] as const;
/** What a line may set: all that is used here, and nothing that starts programs, loads code or reads other files. */
const SETTINGS = new Set([
  "balance",
  "bind",
  "chroot",
  "default-server",
  "default_backend",
  "gid",
  "hash-type",
  "http-check",
  "http-request",
  "load-server-state-from-file",
  "maxconn",
  "mode",
  "no",
  "noreuseport",
  "option",
  "retries",
  "server",
  "server-state-file",
  "timeout",
  "uid",
]);
/** Characters that HAProxy takes literally outside quotes. */
const PLAIN = /^[A-Za-z0-9_.:/@,()=+-]+$/;
/** Of proxies and servers: https://docs.haproxy.org/2.6/configuration.html#4 */
const NAME = /^[A-Za-z0-9_.:-]+$/;
const LONGEST_NAME = 128;
/** A line with more words is an error to HAProxy (MAX_LINE_ARGS). */
const MOST_WORDS = 64;

/**
 * Writes HAProxy's configuration. Each word arrives at HAProxy as it was given.
 *
 * @param file - name of the file, for messages
 * @throws UserError for what the format cannot express, and for every section and setting that is not needed here
 * @see https://docs.haproxy.org/2.6/configuration.html#2.2
 */
export function haproxyText(file: string, sections: readonly HaproxySection[]): string {
  const fields = new Fields(file);
  const lines = sections.flatMap(({ keyword, lines, name }) => {
    fields.oneOf("section", keyword, KEYWORDS);
    if (name !== undefined) checkName(fields, `name of ${keyword}`, name);
    const title = name === undefined ? keyword : `${keyword} ${name}`;
    return [title, ...lines.map((words) => `  ${lineOf(fields, title, words)}`)];
  });
  return `${lines.join("\n")}\n`;
}

function checkName(fields: Fields, field: string, name: string): void {
  const rule = "letters, digits, '_', '-', '.' and ':'";
  fields.matching(field, name, NAME, rule, LONGEST_NAME);
}

function lineOf(fields: Fields, title: string, words: readonly (number | string)[]): string {
  const setting = String(words[0]);
  if (!SETTINGS.has(setting)) fields.refuse(`setting of ${title}`, setting, "one that is used");
  if (setting === "server" || setting === "default_backend") {
    checkName(fields, `${setting} of ${title}`, String(words[1]));
  }
  if (words.length > MOST_WORDS) {
    fields.refuse(`words of ${setting} in ${title}`, words.length, `${MOST_WORDS} at most`);
  }
  return words.map((word) => wordOf(fields, `${setting} of ${title}`, String(word))).join(" ");
}

/** In single quotes everything is literal, but the quote itself. */
function wordOf(fields: Fields, field: string, word: string): string {
  fields.line(field, word);
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
