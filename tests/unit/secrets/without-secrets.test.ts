import { expect, test } from "vitest";
import { withoutSecrets } from "../../../components/validation/secrets/without-secrets.ts";
import { ENCODINGS } from "../../shared/encodings.ts";

const secrets = ["hunter22", "hunter22-and-more", "4711"];

test.each([
  ["nothing of it", "nothing of it"],
  ["is hunter22, must", "is [secret], must"],
  ["is hunter22-and-more", "is [secret]"],
  ["GET /hooks/hunter22/x?y=1", "GET /hooks/[secret]/x?y=1"],
  ["pin is 4711, must", "pin is [secret], must"],
  ['value "4711"', 'value "[secret]"'],
  ["port 47110", "port 47110"],
  ["key aHVudGVyMjI= is bad", "key [secret]= is bad"],
  ["one\n  two %68unter22\nthree", "one\n  two [secret]\nthree"],
  ["split hun\n  ter22", "[secret]"],
])("withoutSecrets: makes %j %j when there are secrets", (text, shown) => {
  expect(withoutSecrets(text, secrets)).toBe(shown);
});

test.each(Object.entries(ENCODINGS))(
  "withoutSecrets: leaves nothing of a secret when it stands %s",
  (_, encode) => {
    const secret = "hunter22 & co";

    const shown = withoutSecrets(`Cannot: ${encode(secret)}, must be other`, [secret]);

    expect(shown).toContain("[secret]");
    expect(shown).not.toContain("hunter");
  },
);

test("withoutSecrets: changes nothing when there are none", () => {
  expect(withoutSecrets("hunter22", [])).toBe("hunter22");
});
