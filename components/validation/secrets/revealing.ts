import { isUtf8 } from "node:buffer";

/**
 * The shortest secret that is also searched for inside longer strings: a shorter one would occur everywhere by chance.
 */
export const SEARCHED_CHARACTERS = 6;

/** The shortest secret that is searched for at all. Shorter strings are common words. */
const TOLD_CHARACTERS = 3;

/** Secrets that are not revealed by the same word elsewhere. */
const ANYTHING = ["true", "false", "null"];

/** How many encodings may be nested. */
const DEEPEST = 4;

/**
 * Searches strings for secrets: plain, in base64 and its URL form, hexadecimal, percent-encoded, as a form or in JSON,
 * also nested. It decodes every part that may be encoded, so the surrounding text does not matter.
 *
 * A secret of 3 to 5 characters is found only as a whole string; shorter ones, `true` and `false` are not searched for.
 */
export function revealing(secrets: readonly string[]): (text: string) => boolean {
  const sought = [...new Set(secrets)]
    .filter((secret) => secret.length >= TOLD_CHARACTERS && !ANYTHING.includes(secret))
    .map(bytesOf);
  if (sought.length === 0) return () => false;
  const shortest = Math.min(...sought.map(({ length }) => length));
  return (text) => {
    const seen = new Set([bytesOf(text)].filter(({ length }) => length >= shortest));
    let found = [...seen];
    for (let depth = 0; depth < DEEPEST && found.length > 0; depth += 1) {
      if (found.some((it) => sought.some((secret) => holds(it, secret)))) {
        return true;
      }
      const inside = found.filter(isText).flatMap(decoded);
      found = [...new Set(inside)].filter((it) => it.length >= shortest && !seen.has(it));
      for (const it of found) {
        seen.add(it);
      }
    }
    return found.some((it) => sought.some((secret) => holds(it, secret)));
  };
}

function holds(text: string, secret: string): boolean {
  return (
    text === secret || unquoted(text) === secret || (isSearched(secret) && text.includes(secret))
  );
}

function isSearched({ length }: string): boolean {
  return length >= SEARCHED_CHARACTERS;
}

function unquoted(text: string): string {
  return text.replace(/^["'\s]+|["'\s]+$/g, "");
}

/** The UTF-8 bytes, one character each, so that decoded data can be compared whatever it is. */
function bytesOf(text: string): string {
  return Buffer.from(text).toString("latin1");
}

/** Whether bytes may be text that is encoded once more. */
function isText(bytes: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what texts do not have
  return isUtf8(Buffer.from(bytes, "latin1")) && !/[\x00-\x08\x0e-\x1f]/.test(bytes);
}

/** The decoded forms of a string: of all of it, or of its words. */
function decoded(text: string): readonly string[] {
  const words = new Set(
    [/[A-Za-z0-9+/_-]{4,}/g, /[A-Za-z0-9]{4,}/g].flatMap((word) => text.match(word) ?? []),
  );
  return [
    ofPercents(text),
    ofPercents(text.replaceAll("+", " ")),
    ofJson(text),
    // Encoders break lines.
    text.replace(/\r?\n[ \t]*/g, ""),
    ...[...words].flatMap((word) => [...ofBase64(word), ...ofHexadecimal(word)]),
  ];
}

function ofPercents(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, byte: string) => characterOf(byte));
}

function ofJson(text: string): string {
  return text.replace(/(?:\\u[0-9A-Fa-f]{4})+|\\[nrtbf"\\/]/g, (escaped) =>
    bytesOf(JSON.parse(`"${escaped}"`)),
  );
}

/** Both alphabets. Preceding text may belong to the same alphabet, so the encoding may begin at any of four places. */
function ofBase64(word: string): readonly string[] {
  return [0, 1, 2, 3].map((start) => Buffer.from(word.slice(start), "base64").toString("latin1"));
}

function ofHexadecimal(word: string): readonly string[] {
  return (word.match(/[0-9a-f]{4,}/gi) ?? []).flatMap((digits) =>
    [0, 1].map((start) => Buffer.from(digits.slice(start), "hex").toString("latin1")),
  );
}

function characterOf(byte: string): string {
  return String.fromCharCode(Number.parseInt(byte, 16));
}
