/**
 * What to look for where a secret may have been left, by how it is written down there. Of base64 what does not depend on
 * the neighbours is looked for, as it stands at each of the three places where a text may begin.
 */
export function needlesOf(secret: string): Readonly<Record<string, string>> {
  const hex = Buffer.from(secret).toString("hex");
  const percent = hex.replace(/../g, "%$&");
  const base64 = [0, 1, 2].map((start) => {
    const whole = Buffer.from(`${"_".repeat(start)}${secret}`).toString("base64");
    return whole.slice(start === 0 ? 0 : start + 1, -4);
  });
  return {
    raw: secret,
    "percent-encoded": encodeURIComponent(secret),
    "percent-encoded as a whole": percent,
    JSON: JSON.stringify(secret).slice(1, -1),
    hexadecimal: hex,
    ...Object.fromEntries(base64.map((it, index) => [`base64 at ${index}`, it])),
    ...Object.fromEntries(base64.map((it, index) => [`base64url at ${index}`, urlSafe(it)])),
  };
}

/** How secrets are found in a text, by secret. Letters of either case are the same. */
export function found(text: string, secrets: Readonly<Record<string, string>>): readonly string[] {
  const lower = text.toLowerCase();
  return Object.entries(secrets).flatMap(([name, secret]) =>
    Object.entries(needlesOf(secret))
      .filter(([, needle]) => lower.includes(needle.toLowerCase()))
      .map(([how]) => `${name}, ${how}`),
  );
}

function urlSafe(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_");
}
