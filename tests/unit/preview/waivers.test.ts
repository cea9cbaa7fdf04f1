import { describe, expect, test } from "vitest";
import { parseWaivers } from "../../../preview/commands/read-options.ts";
import type { Waiver } from "../../../preview/findings/waivers.ts";
import { judgePreviews } from "../../../preview/judge.ts";
import { type StackReport, Verdict } from "../../../preview/report.ts";
import { readRecording } from "../../preview/recordings.ts";

const { evidence } = readRecording("claim-deleted");
const DAY = evidence.collectedAt.slice(0, 10);
const waiver: Waiver = {
  rule: "stateful-deleted",
  urn: "*::data",
  until: DAY,
  because: "The data are elsewhere",
};

const judged = (...waivers: readonly Waiver[]): StackReport =>
  judgePreviews([evidence], { waivers }).stacks[0] as StackReport;

describe("a waiver", () => {
  test("lets its finding pass until its last day, and the report says so", () => {
    const { findings, verdict } = judged(waiver);

    expect(verdict).toBe(Verdict.Pass);
    expect(findings.at(-1)).toMatchObject({
      rule: waiver.rule,
      waiver: { because: waiver.because, until: DAY },
    });
    expect(judged().verdict).toBe(Verdict.Blocked);
  });

  test("accepts nothing after its last day, and the finding says when it ended", () => {
    const { findings, verdict } = judged({ ...waiver, until: "2020-01-31" });

    expect(verdict).toBe(Verdict.Blocked);
    expect(findings[0]?.message).toContain("its waiver ended on 2020-01-31");
  });

  test.each([
    ["another rule", { ...waiver, rule: "resource-deleted" }],
    ["another resource", { ...waiver, urn: "*::other" }],
    ["a part of the URN", { ...waiver, urn: "data" }],
    ["a pattern that is no regular expression", { ...waiver, urn: ".*" }],
  ])("accepts nothing when it names %s, and is reported as unused", (_, other) => {
    const { findings, verdict } = judged(other);

    expect(verdict).toBe(Verdict.Blocked);
    expect(findings.map(({ rule }) => rule)).toContain("waiver-unused");
  });

  test("does not make an untrustworthy preview pass", () => {
    const down = readRecording("server-down-update").evidence;

    expect(judgePreviews([down], { waivers: [{ ...waiver, urn: "*" }] }).verdict).toBe(
      Verdict.Unjudged,
    );
  });
});

describe("parseWaivers", () => {
  const text = (fields: object): string => JSON.stringify({ waivers: [{ ...waiver, ...fields }] });

  test("reads a complete waiver", () => {
    expect(parseWaivers(text({}))).toEqual([waiver]);
  });

  test.each([
    ["no reason", { because: " " }, "waivers[0].because must be a non-empty string"],
    ["no resource", { urn: undefined }, "waivers[0].urn must be a non-empty string"],
    [
      "an unknown rule",
      { rule: "stateful" },
      "waivers[0].rule is stateful, must be one of load-balancer-deleted",
    ],
    ["no day", { until: "never" }, "waivers[0].until is never, must be a day such as 2026-12-31"],
    [
      "a day that is none",
      { until: "2026-13-01" },
      "waivers[0].until is 2026-13-01, must be a day",
    ],
  ])("fails with %s", (_, fields, message) => {
    expect(() => parseWaivers(text(fields))).toThrow(message);
  });

  test("fails without a list", () => {
    expect(() => parseWaivers("[]")).toThrow("it must have a list named waivers");
  });
});
