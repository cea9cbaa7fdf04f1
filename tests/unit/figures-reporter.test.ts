import { describe, expect, test } from "vitest";
import { figureLines, type ReportedTest, skippedLines } from "../figures-reporter.ts";

const failure = { message: "no cluster" };
const module = (errors = 0): ReportedTest["parent"] => ({
  type: "module",
  errors: () => Array(errors).fill(failure),
});
const suite = (parent: ReportedTest["parent"]): ReportedTest["parent"] => ({
  type: "suite",
  errors: () => [],
  parent,
});
const reportedTest = (reported: Partial<ReportedTest>): ReportedTest => ({
  fullName: "Service > answers",
  annotations: () => [],
  result: () => ({ state: "passed", errors: undefined }),
  parent: suite(module()),
  ...reported,
});
const skipped = (note?: string) => () => ({ state: "skipped", errors: undefined, note }) as const;
const measured = (...messages: string[]) =>
  reportedTest({ annotations: () => messages.map((message) => ({ message, type: "figure" })) });

describe("figureLines", () => {
  test("sorts by the words before the colon and keeps the order of each", () => {
    const tests = [measured("drains: 4 of 4", "Pods: 60 of 60"), measured("Pods: 12 of 12")];

    expect(figureLines(tests)).toEqual([
      " Figures",
      "   drains: 4 of 4",
      "   Pods: 60 of 60",
      "   Pods: 12 of 12",
      "",
    ]);
  });

  test("is empty when nothing but other annotations were made", () => {
    const other = reportedTest({ annotations: () => [{ message: "seen", type: "notice" }] });

    expect(figureLines([other])).toEqual([]);
  });
});

describe("skippedLines", () => {
  test("names the reason when a test has given one", () => {
    const tests = [
      reportedTest({ result: skipped("needs root") }),
      reportedTest({ result: skipped() }),
    ];

    expect(skippedLines(tests)).toEqual([
      " Skipped",
      "   Service > answers: needs root",
      "   Service > answers: no reason given",
      "",
    ]);
  });

  test("is empty when tests passed or their set-up failed", () => {
    const unset = { result: skipped(), parent: suite(suite(module(1))) };

    expect(skippedLines([reportedTest({}), reportedTest(unset)])).toEqual([]);
  });
});
