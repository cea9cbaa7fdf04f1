import { revealing, SEARCHED_CHARACTERS } from "./revealing.ts";

/** The placeholder for a secret in errors and logs. */
export const HIDDEN = "[secret]";

/**
 * Separators of the parts of a string that are hidden as a whole if a secret is encoded in them, the smallest parts
 * first.
 */
const SEPARATORS = [/([\s"'`,;:()[\]{}<>=]+)/, /(\s+)/, /(\n)/];

/**
 * A message without secrets. A word that equals a short secret is removed too: a message may lose a word.
 */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  if (secrets.length === 0) {
    return text;
  }
  const reveals = revealing(secrets);
  const replaced = secrets
    .filter(({ length }) => length >= SEARCHED_CHARACTERS)
    .sort((one, other) => other.length - one.length)
    .reduce((left, secret) => left.replaceAll(secret, HIDDEN), text);
  const left = SEPARATORS.reduce((whole, separator) => {
    const parts = whole.split(separator);
    return parts.map((it) => (reveals(it) ? HIDDEN : it)).join("");
  }, replaced);
  return reveals(left) ? HIDDEN : left;
}
