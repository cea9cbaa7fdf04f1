import { describe, expect, test } from "vitest";
import { type FailingTest, failureLines } from "../failures-reporter.ts";

const reportedTest = (state: string, ...messages: string[]): FailingTest => ({
  fullName: "Service > answers",
  module: { relativeModuleId: "tests/traffic/truths.test.ts" },
  result: () => ({ state, errors: messages.map((message) => ({ message })) }),
});

describe("failureLines", () => {
  test("names the file, the test and every message, without colours", () => {
    expect(
      failureLines(
        reportedTest("failed", "expected \u001b[32m1\u001b[39m\nto be 2", "left behind"),
      ),
    ).toEqual([
      " FAIL tests/traffic/truths.test.ts > Service > answers",
      "   expected 1",
      "   to be 2",
      "   left behind",
    ]);
  });

  test("adds what was expected and received", () => {
    const errors = [{ message: "expected 1 to be 2", diff: "- 2\n+ 1" }];

    const lines = failureLines({
      ...reportedTest("failed"),
      result: () => ({ state: "failed", errors }),
    });

    expect(lines.slice(1)).toEqual(["   expected 1 to be 2", "   - 2", "   + 1"]);
  });

  test("adds what a failure came from, as far back as it goes", () => {
    const cause = {
      message: "expected [ 'taken' ] to equal []",
      diff: "+ taken",
      cause: new Error("why"),
    };
    const errors = [{ message: "Property failed after 58 tests", cause }];

    const lines = failureLines({
      ...reportedTest("failed"),
      result: () => ({ state: "failed", errors }),
    });

    expect(lines.slice(1)).toEqual([
      "   Property failed after 58 tests",
      "   Caused by: expected [ 'taken' ] to equal []",
      "   + taken",
      "   Caused by: why",
    ]);
  });

  test.each(["passed", "skipped", "pending"])("says nothing of a test that %s", (state) => {
    expect(failureLines(reportedTest(state))).toEqual([]);
  });
});
