import { styleText } from "node:util";
import type { Step, StepResult } from "./step.ts";

const INDENT = "    ";

/** The form of a text on a terminal; elsewhere, and with NO_COLOR, `styleText` leaves it plain. */
const styled = (format: Parameters<typeof styleText>[0], text: string): string =>
  styleText(format, text, { stream: process.stdout });

/** What stands above a step. */
export const heading = ({ number, truth }: Pick<Step, "number" | "truth">): string =>
  `\n${styled("bold", number)}  ${truth}\n`;

/** What was seen, and whether the truth holds. */
export function outcome({ holds, lines, problems, seconds }: StepResult): string {
  const verdict = holds
    ? styled("green", `holds (${seconds} s)`)
    : [
        styled("red", `does not hold (${seconds} s)`),
        ...problems.map((problem) => `- ${problem}`),
      ].join(`\n${INDENT}`);
  return [...lines, verdict].map((line) => `${INDENT}${line}\n`).join("");
}

/** The last line. */
export function summary(results: readonly StepResult[]): string {
  const failed = results.filter(({ holds }) => !holds).map(({ number }) => number);
  const verdict =
    failed.length === 0
      ? styled("green", results.length === 1 ? "It holds." : `All ${results.length} hold.`)
      : styled("red", `${failed.join(", ")} ${failed.length === 1 ? "does" : "do"} not hold.`);
  return `\n${verdict}\n`;
}
