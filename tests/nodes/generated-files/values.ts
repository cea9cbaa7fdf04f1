import fc from "fast-check";

/** What ends a line, a word, a quote or a text in one format or another, is expanded, or is taken for something else than text. */
const SPECIAL: readonly string[] = [
  ..."\n\r\t\0\u000b\u001b\u007f\u0085\u00a0\u2028\u2029\ufeff\ud800 '\"`\\#$%&;|<>(){}[]!*?~^,:=@/-+.",
  "\r\nprogram x\n  command /bin/sh -c id\n",
  "\n\tbackend x\n",
  "$HOME",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what a shell expands
  "${HOME}",
  "{$HOME}",
  "{%HOME%}",
  "$(id)",
  "%41",
  "%0a",
  "%[env(HOME)]",
  "\\n",
  "''",
  '""',
  '"""',
  "'''",
  "/*",
  "//",
  "--",
  "::",
  "\u00e4",
  "\u202e",
  "\u{1f600}",
];

/** Whole values that some reader takes for no text. */
const WHOLE: readonly string[] = [
  ..."null|~|yes|No|on|off|y|true|012|0x1f|0o17|1_000|1:30|1e3|.inf|.NaN|=|<<|2001-01-01|- a|a: b|? a|& a|* a|!a|> a|@ a|% a|[a]|{a}".split(
    "|",
  ),
  "",
  "-",
  "--help",
  "a".repeat(65_536),
  "\n".repeat(65_536),
  "::1",
  "10.0.0.1",
  "fe80::1%lo",
  "010.0.0.1",
  "1.2.3",
  "a..b",
  ".a",
  "a.",
  "-a",
  "xn--a",
  "/healthz",
  "/a/b?c=d&e=%20",
  "front-1.elb.us-east-1.amazonaws.com",
  "vpc-0a1b2c3d4e5f60718",
];

const word = fc.string({
  unit: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-."),
  minLength: 1,
  maxLength: 20,
});
const special = fc.constantFrom(...SPECIAL);

const value = fc.oneof(
  { weight: 3, arbitrary: word },
  { weight: 2, arbitrary: word.map((text) => `/${text.replaceAll(".", "/")}`) },
  { weight: 4, arbitrary: fc.tuple(word, special, word).map((parts) => parts.join("")) },
  { weight: 1, arbitrary: fc.tuple(special, word).map((parts) => parts.join("")) },
  { weight: 1, arbitrary: fc.tuple(word, special).map((parts) => parts.join("")) },
  { weight: 2, arbitrary: fc.string({ unit: "grapheme-ascii", maxLength: 30 }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 30 }) },
  { weight: 1, arbitrary: fc.ipV4() },
  { weight: 1, arbitrary: fc.ipV6() },
);

/** The same names and values at every run: no two are equal. */
export const values = (count: number): string[] => {
  const drawn = fc.sample(value, { numRuns: 2 * count, seed: 20_261_129 });
  return [...new Set([...WHOLE, ...SPECIAL, ...drawn])].slice(0, count);
};
