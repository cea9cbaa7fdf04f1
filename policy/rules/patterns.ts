// Regular expressions that JavaScript and RE2, which API servers use, read alike.

/** Tags that name another image each time. */
export const MOVING_TAGS = "latest|main|master|stable|edge|dev|nightly";

/** Names of variables and keys whose values are usually secret, in any case. */
export const SECRET_NAMES =
  "(^|[_.-])(password|passwd|passphrase|secret|token|api_?key|access_?key|private_?key|credentials?)$";

/** The beginning of a private key in PEM. */
export const PRIVATE_KEY = "-----BEGIN [A-Z ]*PRIVATE KEY-----";

/** The regular expression of a pattern with `*` for any characters. */
export function patternSource(pattern: string): string {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return `^${parts.join(".*")}$`;
}
