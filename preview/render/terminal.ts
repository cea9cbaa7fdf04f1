import { styleText } from "node:util";
import { type Finding, type Report, Severity, type StackReport, Verdict } from "../report.ts";
import { countsText, oneLine, SEVERITY_WORDS, SIGNS, VERDICTS } from "./words.ts";

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

const VERDICT_STYLES: Readonly<Record<Verdict, Style>> = {
  [Verdict.Pass]: "green",
  [Verdict.Blocked]: "red",
  [Verdict.Unjudged]: "magenta",
};
const SEVERITY_STYLES: Readonly<Record<Severity, Style>> = {
  [Severity.Block]: "red",
  [Severity.Warn]: "yellow",
  [Severity.Note]: "dim",
};

/**
 * The report for a terminal.
 *
 * @param report - the report
 * @param colour - whether there are colours
 */
export function renderTerminal(report: Report, colour: boolean): string {
  const paint: Paint = (style, text) =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  return report.stacks.map((stack) => stackText(stack, paint)).join("\n");
}

function stackText(stack: StackReport, paint: Paint): string {
  const verdict = paint(VERDICT_STYLES[stack.verdict], VERDICTS[stack.verdict]);
  const doubts = stack.trust.filter(({ status }) => status === "failed");
  const lines = [
    `${paint("bold", oneLine(`${stack.project}/${stack.stack}`))}: ${verdict}`,
    `  ${oneLine(stack.reason)}`,
    `  ${countsText(stack.counts)}`,
    ...section(
      "Cannot be trusted",
      doubts.flatMap(({ details, message }) => [
        oneLine(message),
        ...details.map((it) => `  ${oneLine(it)}`),
      ]),
    ),
    ...section(
      "Findings",
      stack.findings.map((it) => findingText(it, paint)),
    ),
    ...section(
      "Changes",
      stack.changes.map(({ operation, paths, resource }) => {
        return `${(SIGNS[operation] ?? "?").padStart(2)} ${oneLine(resource)}${paths.length > 0 ? ` (${oneLine(paths.join(", "), 120)})` : ""}`;
      }),
    ),
    ...section(
      "Trust",
      stack.trust
        .filter(({ status }) => status === "ok")
        .flatMap(({ details, message }) => [
          oneLine(message),
          ...details.map((it) => `  ${oneLine(it)}`),
        ]),
    ),
    `  Fingerprint ${stack.fingerprint.digest}`,
  ];
  return `${lines.join("\n")}\n`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", `  ${title}`, ...lines.map((line) => `    ${line}`)];
}

function findingText({ message, resource, rule, severity, waiver }: Finding, paint: Paint): string {
  const word =
    waiver === undefined
      ? paint(SEVERITY_STYLES[severity], SEVERITY_WORDS[severity])
      : paint("dim", "waived");
  const because =
    waiver === undefined
      ? ""
      : ` (waived until ${oneLine(waiver.until)}: ${oneLine(waiver.because)})`;
  return `${word}  ${oneLine(resource)} ${oneLine(message)} [${rule}]${because}`;
}
