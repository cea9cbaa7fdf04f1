import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { renderReport } from "../render/formats.ts";
import { ExitCode, type Report, Verdict } from "../report.ts";
import { type JudgingLine, outputs } from "./read-options.ts";

/**
 * Prints a report, writes it where it was asked for and, in a job of GitHub Actions, into the job's summary.
 *
 * @returns the exit code
 */
export function deliver(report: Report, line: JudgingLine): number {
  const colour = Boolean(process.stdout.isTTY) && !process.env["NO_COLOR"];
  process.stdout.write(renderReport(report, line.format, colour));
  for (const { format, path } of outputs(line)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, renderReport(report, format));
  }
  // https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary
  const summary = process.env["GITHUB_STEP_SUMMARY"];
  if (summary) appendFileSync(summary, renderReport(report, "markdown"));
  return exitCodeOf(report, line.detailedExitcode ?? false);
}

/** The exit code of a report. */
export function exitCodeOf({ stacks, verdict }: Report, detailed: boolean): number {
  if (verdict === Verdict.Unjudged) return ExitCode.Unjudged;
  if (verdict === Verdict.Blocked) return ExitCode.Blocked;
  return detailed && stacks.some(({ changes }) => changes.length > 0)
    ? ExitCode.PassWithChanges
    : ExitCode.Pass;
}
