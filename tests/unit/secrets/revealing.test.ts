import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { revealing } from "../../../components/validation/secrets/revealing.ts";
import { ENCODINGS } from "../../shared/encodings.ts";

/** With all that encoders have to do something about. */
const SECRET = 'c4nary "quoted"/+%&=ü\\n~end';

describe("revealing", () => {
  test.each(Object.entries(ENCODINGS))(
    "revealing: finds a secret when it stands %s",
    (_, encode) => {
      const text = encode(SECRET);

      expect(revealing([SECRET])(text)).toBe(true);
      expect(revealing([SECRET])(`before ${text} after`)).toBe(true);
      expect(revealing(["another secret"])(text)).toBe(false);
    },
  );

  test("revealing: finds any secret when it is encoded in any way", () => {
    const secret = fc.string({ minLength: 6, maxLength: 40, unit: "grapheme-ascii" });
    const encoding = fc.constantFrom(...Object.values(ENCODINGS));
    fc.assert(
      fc.property(secret, encoding, (it, encode) => {
        expect(revealing([it])(encode(it))).toBe(true);
      }),
    );
  });

  test("revealing: finds nothing when a text has nothing of the secret", () => {
    const word = fc.string({ minLength: 0, maxLength: 200 });
    fc.assert(
      fc.property(word, (text) => {
        expect(revealing(["qJ8#kd92!mNs", "x0Yz-Wv77Q"])(text)).toBe(false);
      }),
    );
  });

  test.each([
    ["4711", "4711", true],
    ["4711", "NDcxMQ==", true],
    ["4711", '"4711"', true],
    ["4711", "port 4711", false],
    ["web", "web-frontend", false],
    ["1", "1", false],
    ["true", "true", false],
    ["", "", false],
    ["secret", "", false],
  ])("revealing: says of the short secret %j in %j: %s", (secret, text, found) => {
    expect(revealing([secret])(text)).toBe(found);
  });
});
