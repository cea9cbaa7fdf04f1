const NAMED =
  /((?:pass(?:word|wd|phrase)?|pwd|secret|token|api[-_]?key|credentials?|authorization)\w*["']?\s*[:=]\s*)(?:bearer\s+|basic\s+)?(?:"[^"]*"|'[^']*'|[^\s,;&]+)/gi;
const IN_URL = /(\w:\/\/)[^\s/@]+@/g;

/** A line of a log without values that look like passwords. */
export const masked = (line: string): string =>
  line.replace(NAMED, "$1(hidden)").replace(IN_URL, "$1(hidden)@");
