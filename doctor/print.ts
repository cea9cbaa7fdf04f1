import { type Finding, fixText, Severity } from "./finding.ts";

/** What was found, and what `--fix` has done before. */
export interface DoctorReport {
  readonly stack: string;
  /** The rules whose findings were cured. */
  readonly fixed: readonly string[];
  readonly findings: readonly Finding[];
}

/** The exit codes. */
export const ExitCode = { Sound: 0, Problems: 1, Unjudged: 2, Usage: 64 } as const;

/** Without these, nothing can be said about the rest. */
const UNJUDGED = ["state-unreadable", "cluster-unreachable"];

/** The exit code: 0 where no problem is left, 2 where something could not be read, else 1. */
export function verdictOf(findings: readonly Finding[]): 0 | 1 | 2 {
  const problems = findings.filter(({ severity }) => severity === Severity.Problem);
  if (problems.some(({ rule }) => UNJUDGED.includes(rule))) return ExitCode.Unjudged;
  return problems.length === 0 ? ExitCode.Sound : ExitCode.Problems;
}

/** The report for a terminal. */
export function findingsText({ findings, fixed, stack }: DoctorReport): string {
  const cured = fixed.map((rule) => `cured: ${rule}\n`).join("");
  if (findings.length === 0) return `${cured}Stack "${stack}" is sound\n`;
  const parts = findings.map(({ cure, fix, message, rule, severity }) =>
    [
      `${severity}: ${message} (${rule})`,
      `  ${cure}`,
      ...(fix === undefined ? [] : [`  --fix runs: ${fixText(fix)}`]),
    ].join("\n"),
  );
  return `${cured}${parts.join("\n")}\n`;
}
