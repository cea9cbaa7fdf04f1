import { expect, test } from "vitest";
import type { ReportedTest } from "../figures-reporter.ts";
import { type SoakResults, withSuites } from "../soak-reporter.ts";

const measuring = (message: string) =>
  ({ annotations: () => [{ message, type: "figure" }] }) as unknown as ReportedTest;

test("withSuites: puts the figures of suites that were run again in place of those before", () => {
  const taken = { machine: "1 core", date: "2026-01-01" };
  const before: SoakResults = {
    engine: { ...taken, figures: ["4 drains"] },
    traffic: { ...taken, figures: ["0 of 10 requests lost"] },
  };

  const after = withSuites(
    before,
    new Map([
      ["traffic", [measuring("0 of 1000 requests lost")]],
      ["unit", []],
    ]),
  );

  expect(Object.keys(after)).toEqual(["engine", "traffic"]);
  expect(after["engine"]).toEqual(before["engine"]);
  expect(after["traffic"]?.figures).toEqual(["0 of 1000 requests lost"]);
  expect(after["traffic"]?.date).not.toBe(taken.date);
});
