import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Reporter, TestModule, TestRunEndReason } from "vitest/node";
import { howTaken, writeResult } from "../bench/result.ts";
import { figureLines } from "./figures-reporter.ts";

/** What a suite has measured, and how. */
export type SoakResults = Readonly<
  Record<string, ReturnType<typeof howTaken> & { readonly figures: readonly string[] }>
>;

const NAME = "soak";
const file = join(import.meta.dirname, `../bench/results/${NAME}.json`);

/** Keeps in the checkout what whole suites have measured in their long proofs, unless a test has failed. */
export default class SoakReporter implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    _errors: readonly unknown[],
    reason: TestRunEndReason,
  ): void {
    if (process.env["SOAK_RESULTS"] !== "true" || reason !== "passed") return;
    const before = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as SoakResults) : {};
    const measured = new Map(
      [...Map.groupBy(modules, ({ project }) => project.name)].map(([suite, of]) => [
        suite,
        of.flatMap((module) => [...module.children.allTests()]),
      ]),
    );
    writeResult(NAME, withSuites(before, measured));
  }
}

/** The results with those of suites that were run again in place of theirs before. */
export function withSuites(
  before: SoakResults,
  suites: ReadonlyMap<string, Parameters<typeof figureLines>[0]>,
): SoakResults {
  const results = [...suites].flatMap(([suite, tests]) => {
    const figures = figureLines(tests)
      .slice(1)
      .map((line) => line.trim())
      .filter(Boolean);
    return figures.length === 0 ? [] : [[suite, { ...howTaken(), figures }] as const];
  });
  return { ...before, ...Object.fromEntries(results) };
}
