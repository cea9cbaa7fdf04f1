import { revealing, SEARCHED_CHARACTERS } from "./revealing.ts";

/** What stands in errors and logs in place of a secret. */
export const HIDDEN = "[secret]";

/** What separates the parts of a text that go as a whole where a secret is encoded in them, the smallest parts first. */
const SEPARATORS = [/([\s"'`,;:()[\]{}<>=]+)/, /(\s+)/, /(\n)/];

/**
 * A text that is shown to people, without what is secret in it. Of words that are secrets as a whole, also short ones go:
 * a message may well lose a word.
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
