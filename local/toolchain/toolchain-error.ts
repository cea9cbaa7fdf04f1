/**
 * Says why the toolchain cannot be had on this machine: the message is written for the person at
 * the terminal and needs no stack trace.
 */
export class ToolchainError extends Error {
  override readonly name = "ToolchainError";
  /** Every reason, one sentence each. */
  readonly problems: readonly string[];

  constructor(summary: string, problems: readonly string[]) {
    super([summary, ...problems.map((problem) => `  - ${problem}`)].join("\n"));
    this.problems = problems;
  }
}
