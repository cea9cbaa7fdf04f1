import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { Checks } from "../../../components/validation/checks.ts";
import { checkTotalSize, type StringMap } from "../../../components/validation/string-map.ts";
import { failureOf, later, outputValue } from "../support/run-program.ts";

function fit(texts: StringMap, confidential = false) {
  const checks = new Checks({ type: "Backend", name: "web" });
  const room = { bytes: 10, of: "keys and values", confidential } as const;
  const fitted = checkTotalSize(checks, "args.annotations", texts, room);
  checks.done();
  return fitted;
}

const REFUSAL =
  'Cannot create Backend "web": args.annotations is an object, must be at most 10 bytes, keys and values together';

test("checkTotalSize: leaves texts alone when they reach the limit exactly", async () => {
  expect(fit({ ab: "ä", cd: "1234" })).toEqual({ ab: "ä", cd: "1234" });
  expect(await outputValue(pulumi.all(fit({ ab: later("ä"), cd: "1234" })))).toEqual({
    ab: "ä",
    cd: "1234",
  });
});

test("checkTotalSize: fails when texts take one byte more than there is", () => {
  expect(() => fit({ ab: "ä", cd: "12345" })).toThrow(REFUSAL);
});

test("checkTotalSize: fails when late texts take more than there is together with known ones", async () => {
  const { message } = await failureOf(() => {
    const texts = fit({ ab: later("ä"), cd: later("1234"), e: "" });
    return new pulumi.ComponentResource("test:index:Texts", "texts", texts);
  });

  expect(message).toBe(REFUSAL);
});

test("checkTotalSize: leaves known texts known when another one is late", () => {
  expect(fit({ a: "1", b: later("2") })["a"]).toBe("1");
});

test("checkTotalSize: shows nothing when the texts may be passwords", () => {
  expect(() => fit({ a: "hunter22hunter22" }, true)).toThrow("args.annotations is refused, must");
});
