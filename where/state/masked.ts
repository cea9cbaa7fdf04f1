import { CREDENTIALS } from "../../preview/secrets/credentials.ts";
import { withoutQueries } from "./without-queries.ts";

const HIDDEN = "(hidden)";
/** The rest of a longer line is cut off. */
const LONGEST_LINE = 4_096;

/** Colours and other control characters, without tabs and ends of lines. */
const CONTROL = /(?![\n\t])(?:\p{Cc}\[[\d;?]*[A-Za-z]|[\p{Cc}\p{Cf}\u2028\u2029])/gu;
/** The quotes of JSON in JSON, however deep. */
const ESCAPED_QUOTE = /\\+(?=["'])/g;

/** Parts of names whose values are secret wherever they stand in a name. */
const SECRET_NAME =
  /passw|passphrase|secret|token|credential|authori[sz]ation|api_?key|access_?key|cookie|private_?key/i;
/** Words that make a name secret, as whole words only: a keyboard and a signal are none. */
const SECRET_WORD = /^(?:keys?|auth|sig|signature|pass|pwd|pw|creds?|bearer|basic|jwt|dsn|sas)$/i;
/** Names of faults, such as KeyError. */
const FAULT = /(?:Error|Exception)$/;
/** Ends a word of a name before a capital letter. */
const CAPITAL = /(?<=[a-z0-9])(?=[A-Z])/;

const NAME = /[A-Za-z][\w.-]*/g;
const SEPARATOR = /^["'`]?\s*(?:=>|:=|[:=])\s*|^["'`]?\s+/;
/** Words that say what is wrong with a password, and are none. */
const ORDINARY =
  /^(?:is|was|has|been|be|not|no|must|cannot|could|found|missing|required|expired|invalid|empty|unset|set|wrong|failed|authentication|for|user|of|the|in|and|or|to)\b[.!]?\s*/i;

/** `-pPASSWORD` of the clients of MySQL. */
const SHORT_OPTION = /(\smysql\w*\s.*?\s-p|^mysql\w*\s.*?\s-p)\S+/g;
const SLACK = /(hooks\.slack\.com\/)\S+/g;
/** What stands before the last `@` of a word: user and password, in a URL or not. A digest is none. */
const BEFORE_AT = /(:\/\/)?[^\s"'`]*[:/][^\s"'`]*@(?!sha256:)(?=\S)/g;
/** Long words of letters and digits, such as keys and hashes. */
const LONG_WORD = /(?<![\w+/=-])[\w+/-]{32,}={0,2}/g;

/** Lines of a log without what may be a password. It rather hides too much: after a name such as `password`, the rest of the line. */
export function masked(text: string): string {
  const cut = text.split("\n").map((line) => line.slice(0, LONGEST_LINE));
  const plain = cut.join("\n").replace(CONTROL, "").replace(ESCAPED_QUOTE, "");
  const known = CREDENTIALS.reduce((left, it) => left.replaceAll(it, HIDDEN), plain);
  const lines = withoutQueries(known).split("\n").map(withoutNamed);
  return lines.map(withoutUnnamed).join("\n");
}

function withoutNamed(line: string): string {
  for (const { 0: name, index } of line.matchAll(NAME)) {
    if (!isSecret(name)) continue;
    const end = index + name.length;
    const [separator] = SEPARATOR.exec(line.slice(end)) ?? [];
    if (separator === undefined) continue;
    const shown = end + separator.length;
    const rest = line.slice(shown);
    const value = separator.trim() === "" ? withoutOrdinary(rest) : rest;
    if (value !== "") return `${line.slice(0, line.length - value.length)}${HIDDEN}`;
  }
  return line;
}

const isSecret = (name: string): boolean =>
  !FAULT.test(name) &&
  (SECRET_NAME.test(name.replaceAll(/[.-]/g, "_")) ||
    name
      .split(/[._-]+/)
      .flatMap((it) => it.split(CAPITAL))
      .some((word) => SECRET_WORD.test(word)));

function withoutOrdinary(rest: string): string {
  const [word] = ORDINARY.exec(rest) ?? [];
  return word === undefined ? rest : withoutOrdinary(rest.slice(word.length));
}

const withoutUnnamed = (line: string): string =>
  line
    .replace(SHORT_OPTION, `$1${HIDDEN}`)
    .replace(SLACK, `$1${HIDDEN}`)
    .replace(BEFORE_AT, (word) => `${/^[^/]*?:\/\//.exec(word)?.[0] ?? ""}${HIDDEN}@`)
    .replace(LONG_WORD, (word) => (/\d/.test(word) && /[A-Za-z]/.test(word) ? HIDDEN : word));

/** The last line that a text has before the blank ones at its end. */
export const lastLineOf = (text: string): string | undefined =>
  text.trimEnd().split("\n").at(-1) || undefined;
