import fc from "fast-check";

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();
const DIGITS = "0123456789";

/**
 * Texts of an outer and an inner alphabet, from one character to the most there may be: Kubernetes' names begin and end
 * with other characters than are allowed between.
 */
function name(first: string, inner: string, last: string, most: number): fc.Arbitrary<string> {
  const of = (characters: string) => fc.constantFrom(...characters);
  const long = (length: number) =>
    fc
      .tuple(
        of(first),
        fc.string({ unit: of(inner), minLength: length - 2, maxLength: length - 2 }),
        of(last),
      )
      .map((parts) => parts.join(""));
  return fc.oneof(
    { weight: 1, arbitrary: of([...first].filter((it) => last.includes(it)).join("")) },
    { weight: 6, arbitrary: fc.integer({ min: 2, max: Math.min(most, 12) }).chain(long) },
    { weight: 1, arbitrary: long(most) },
  );
}

/** Names of Services: DNS-1035 labels. */
export const serviceName = name(LOWER, `${LOWER}${DIGITS}-`, LOWER + DIGITS, 63);

/** Names of containers, volumes and namespaces: DNS-1123 labels. */
export const dnsLabel = name(LOWER + DIGITS, `${LOWER}${DIGITS}-`, LOWER + DIGITS, 63);

/** Names of most objects: DNS-1123 subdomains, which are labels with dots between. */
export const objectName = fc.oneof(
  dnsLabel,
  fc.array(dnsLabel, { minLength: 2, maxLength: 3 }).map((labels) => labels.join(".")),
  fc.constantFrom([63, 63, 63, 61].map((length) => "a".repeat(length)).join("."), "a.b", "0"),
);

/** Names of ports: IANA service names, which have a letter and no two hyphens in a row. */
export const portName = name(LOWER + DIGITS, `${LOWER}${DIGITS}-`, LOWER + DIGITS, 15).map((text) =>
  `${text.replaceAll("--", "-x")}`.replace(/^[^a-z]*$/, "a"),
);

const labelText = name(
  LOWER + UPPER + DIGITS,
  `${LOWER}${UPPER}${DIGITS}-_.`,
  LOWER + DIGITS + UPPER,
  63,
);

/** Values that select: not empty. */
export const selectorValue = labelText;

/** Values of labels; empty ones, too. */
export const labelValue = fc.oneof({ weight: 6, arbitrary: labelText }, fc.constant(""));

/** Keys of labels and annotations and application protocols: a name, often after a DNS name. */
export const qualifiedName = fc.oneof(
  labelText,
  fc.tuple(objectName, labelText).map((parts) => parts.join("/")),
);

/** Keys of annotations, whose DNS name may have capitals. */
export const annotationKey = fc.oneof(
  { weight: 4, arbitrary: qualifiedName },
  fc.tuple(objectName, labelText).map(([dns, key]) => `${dns.toUpperCase()}/${key}`),
);

/** Names of environment variables, in the characters that every version of Kubernetes takes. */
export const environmentName = name(
  `${LOWER}${UPPER}_-`,
  `${LOWER}${UPPER}${DIGITS}_-.`,
  `${LOWER}${UPPER}${DIGITS}_-.`,
  253,
);

/** Keys of Secrets and ConfigMaps. */
export const configurationKey = fc.oneof(
  name(`${LOWER}${DIGITS}_-`, `${LOWER}${UPPER}${DIGITS}_-.`, `${LOWER}${DIGITS}_-.`, 253),
  fc.constantFrom("tls.crt", ".dockerconfigjson", "a..", "0"),
);

/** Any character, control characters among them; half a pair of UTF-16 is none. */
const character = fc
  .oneof({ weight: 3, arbitrary: fc.integer({ min: 0x20, max: 0x7e }) }, fc.nat({ max: 0x10ffff }))
  .map((code) => (code >= 0xd800 && code <= 0xdfff ? "ä" : String.fromCodePoint(code)));

/** Any text at all: of every script, with spaces, line ends and emoji. */
export const anyString = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: character, maxLength: 20 }) },
  fc.constantFrom("", " ", "true", "80", "null", "$(HOME)", "{{ x }}", "línea\n2\t\u0000", "🦊"),
);

/** Any text but one that only has spaces. */
export const visibleText = anyString.map((text) => (text.trim() === "" ? "x" : text));

/** Paths inside a container. */
export const absolutePath = fc
  .array(
    fc.oneof(
      name(LOWER, `${LOWER}${DIGITS}-_.`, LOWER, 40),
      fc.constantFrom("a b", "größe", "..data", "$HOME"),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((parts) => `/${parts.join("/")}`);

/** Container images. */
export const image = fc
  .tuple(
    fc.constantFrom("nginx", "registry.example/shop/web", "localhost:5000/a", "[::1]:5000/a/b"),
    fc.constantFrom("", ":latest", ":1.4.2", `:v1@sha256:${"0".repeat(64)}`),
  )
  .map((parts) => parts.join(""));
