/** The ways in which a secret may be written down, each a function from the secret to what stands somewhere. */
export const ENCODINGS: Readonly<Record<string, (secret: string) => string>> = {
  "as it is": (secret) => secret,
  "in a connection string": (secret) => `postgres://app:${secret}@db:5432/app?sslmode=require`,
  "as base64": base64,
  "as base64, one character late": (secret) => base64(`:${secret}`),
  "as base64, two characters late": (secret) => base64(`u:${secret}:v`),
  "as base64 behind a word": (secret) => `token-${base64(secret)}`,
  "as base64 in lines": (secret) => base64(`a header\n${secret}`).replace(/(.{12})/g, "$1\n  "),
  "as base64url": (secret) => Buffer.from(`??>${secret}`).toString("base64url"),
  "as base64 of base64": (secret) => base64(base64(secret)),
  "percent-encoded": (secret) => `/hook?token=${encodeURIComponent(secret)}`,
  "percent-encoded as a whole": (secret) => percent(secret),
  "percent-encoded in lower case": (secret) => percent(secret).toLowerCase(),
  "as a form": (secret) => new URLSearchParams({ token: secret }).toString(),
  "as JSON": (secret) => JSON.stringify({ token: secret }),
  "as JSON in JSON": (secret) => JSON.stringify(JSON.stringify([secret])),
  "as escaped JSON": (secret) =>
    `"${[...secret].map((it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`).join("")}"`,
  "as hexadecimal": (secret) => Buffer.from(secret).toString("hex"),
  "as hexadecimal in upper case": (secret) =>
    `0x${Buffer.from(secret).toString("hex").toUpperCase()}`,
  "as base64 of JSON": (secret) => base64(JSON.stringify({ auths: { token: secret } })),
};

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

function percent(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => `%${byte.toString(16).padStart(2, "0").toUpperCase()}`)
    .join("");
}
