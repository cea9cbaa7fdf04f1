import { stripVTControlCharacters } from "node:util";
import type { Reporter, TestCase, TestModule, Vitest } from "vitest/node";

/** What a test failed with. */
interface Failure {
  readonly message: string;
  /** What was expected and received. */
  readonly diff?: string | undefined;
  /** What it came from: for a property, what its counterexample failed with. */
  readonly cause?: unknown;
}

/** What the reporter reads of a test. */
export type FailingTest = Pick<TestCase, "fullName"> & {
  readonly module: Pick<TestModule, "relativeModuleId">;
  readonly result: () => {
    readonly state: string;
    readonly errors?: readonly Failure[] | undefined;
  };
};

/** Prints each failure as soon as its test has ended, with what it failed with; vitest itself tells that at the end of the run. */
export default class FailuresReporter implements Reporter {
  private vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestCaseResult(test: TestCase): void {
    const lines = failureLines(test);
    if (lines.length > 0) this.vitest?.logger.log(lines.join("\n"));
  }
}

/** The test that failed, and its messages with what was expected and received, and what they came from. */
export function failureLines(test: FailingTest): string[] {
  const { errors = [], state } = test.result();
  if (state !== "failed") return [];
  const messages = errors.flatMap(messageLines);
  return [
    ` FAIL ${test.module.relativeModuleId} > ${test.fullName}`,
    ...messages.map((it) => `   ${it}`),
  ];
}

function messageLines({ cause, diff = "", message }: Failure): string[] {
  const lines = stripVTControlCharacters(`${message}\n${diff}`).trimEnd().split("\n");
  if (!isFailure(cause)) return lines;
  const [first = "", ...others] = messageLines(cause);
  return [...lines, `Caused by: ${first}`, ...others];
}

function isFailure(value: unknown): value is Failure {
  return typeof value === "object" && value !== null && "message" in value;
}
