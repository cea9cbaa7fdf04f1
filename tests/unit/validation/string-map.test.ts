import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { Checks } from "../../../components/validation/checks.ts";
import { fitting, type Texts } from "../../../components/validation/string-map.ts";
import { failureOf, later, outputValue } from "../support/run-program.ts";

function fit(texts: Texts, confidential = false) {
  const checks = new Checks({ type: "Backend", name: "web" });
  const room = { bytes: 10, of: "keys and values", confidential } as const;
  const fitted = fitting(checks, "args.annotations", texts, room);
  checks.done();
  return fitted;
}

const REFUSAL =
  'Cannot create Backend "web": args.annotations is an object, must be at most 10 bytes, keys and values together';

test("fitting: leaves texts alone when they fill the room exactly", async () => {
  expect(fit({ ab: "ä", cd: "1234" })).toEqual({ ab: "ä", cd: "1234" });
  expect(await outputValue(pulumi.all(fit({ ab: later("ä"), cd: "1234" })))).toEqual({
    ab: "ä",
    cd: "1234",
  });
});

test("fitting: fails when texts take one byte more than there is", () => {
  expect(() => fit({ ab: "ä", cd: "12345" })).toThrow(REFUSAL);
});

test("fitting: fails when late texts take more than there is together with known ones", async () => {
  const { message } = await failureOf(() => {
    const texts = fit({ ab: later("ä"), cd: later("1234"), e: "" });
    return new pulumi.ComponentResource("test:index:Texts", "texts", texts);
  });

  expect(message).toBe(REFUSAL);
});

test("fitting: leaves known texts known when another one is late", () => {
  expect(fit({ a: "1", b: later("2") })["a"]).toBe("1");
});

test("fitting: shows nothing when the texts may be passwords", () => {
  expect(() => fit({ a: "hunter22hunter22" }, true)).toThrow("args.annotations is refused, must");
});
