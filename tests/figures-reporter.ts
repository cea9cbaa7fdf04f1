import type { Reporter, TestCase, TestModule, TestSuite, Vitest } from "vitest/node";

/** What the reporter reads of a test. */
export type ReportedTest = Pick<TestCase, "annotations" | "fullName" | "result"> & {
  readonly parent: ReportedParent;
};

type ReportedParent =
  | (Pick<TestSuite, "errors" | "type"> & { readonly parent: ReportedParent })
  | Pick<TestModule, "errors" | "type">;

/** Prints at the end of a run what its tests have measured, by `annotate(text, "figure")`, and which were skipped and why. */
export default class FiguresReporter implements Reporter {
  private vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    // Whoever names the tests to run knows that the others do not.
    const named = this.vitest?.config.testNamePattern !== undefined;
    const lines = [...figureLines(tests), ...(named ? [] : skippedLines(tests))];
    if (lines.length > 0) this.vitest?.logger.log(lines.join("\n"));
  }
}

/** The figures, those with the same words before the colon in the order they were measured in. */
export function figureLines(tests: readonly ReportedTest[]): string[] {
  const figures = tests
    .flatMap((test) => test.annotations())
    .filter(({ type }) => type === "figure")
    .map(({ message }) => message)
    .sort((one, other) => subject(one).localeCompare(subject(other), "en", { numeric: true }));
  return section("Figures", figures);
}

/** The skipped tests with their reason. Those whose set-up failed are no skipped ones: they should have run. */
export function skippedLines(tests: readonly ReportedTest[]): string[] {
  const skipped = tests.flatMap((test) => {
    const result = test.result();
    if (result.state !== "skipped" || setUpFailed(test.parent)) return [];
    return [`${test.fullName}: ${result.note ?? "no reason given"}`];
  });
  return section("Skipped", skipped);
}

function setUpFailed(parent: ReportedParent): boolean {
  return parent.errors().length > 0 || (parent.type === "suite" && setUpFailed(parent.parent));
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [` ${heading}`, ...lines.map((line) => `   ${line}`), ""];
}

function subject(figure: string): string {
  return figure.split(":", 1).join();
}
