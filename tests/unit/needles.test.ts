import { describe, expect, test } from "vitest";
import { found } from "../shared/needles.ts";

const secret = 's3cr€t/with+all & "more"';
const bytes = Buffer.from(secret);

/** Texts as programs write them, with the secret somewhere in them. */
const texts: Readonly<Record<string, string>> = {
  raw: `password: ${secret}`,
  "percent-encoded": `https://example.com/${encodeURIComponent(secret)}?x=1`,
  "percent-encoded as a whole": `/${[...bytes].map((byte) => `%${byte.toString(16)}`).join("")}`,
  JSON: JSON.stringify({ password: secret }),
  hexadecimal: bytes.toString("hex").toUpperCase(),
  "base64 at 0": Buffer.from(`${secret}@host`).toString("base64"),
  "base64 at 1": Buffer.from(`u${secret}@host`).toString("base64"),
  "base64 at 2": Buffer.from(`u:${secret}@host`).toString("base64"),
  "base64url at 0": Buffer.from(`${secret}@host`).toString("base64url"),
  "base64url at 1": Buffer.from(`u${secret}@host`).toString("base64url"),
  "base64url at 2": Buffer.from(`u:${secret}@host`).toString("base64url"),
};

describe("found", () => {
  test.each(Object.entries(texts))("finds a secret that is written as %s", (how, text) => {
    expect(found(`before ${text} after`, { password: secret })).toContain(`password, ${how}`);
  });

  test.each(Object.entries(texts))("finds no other secret in what is written as %s", (_, text) => {
    expect(found(text, { other: 'an0ther/secret+of & "mine"' })).toEqual([]);
  });
});
