import { styleText } from "node:util";
import { Certainty, type Finding, Health } from "../diagnosis/diagnosis.ts";
import type { Answer, Report } from "../report.ts";

type Style = Parameters<typeof styleText>[0];

/** What each verdict is called and coloured. The word alone is enough without colours. */
const VERDICTS: Readonly<Record<Health, readonly [string, Style]>> = {
  [Health.Healthy]: ["healthy", "green"],
  [Health.Broken]: ["broken", "red"],
  [Health.Unknown]: ["could not tell", "yellow"],
};

/** Control characters: names and messages of a cluster could otherwise change the terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;

const clean = (text: string): string => text.replaceAll(CONTROL, " ");

/** The report for people. Colours depend on the terminal, on NO_COLOR and on FORCE_COLOR. */
export function renderReport(report: Report, all: boolean): string {
  return `${answersText(report, all)}${differencesText(report)}`;
}

function answersText({ answers }: Report, all: boolean): string {
  if (all && answers.length === 0) return "The namespace has no Service that could be seen\n";
  return all ? tableOf(answers) : answers.map(textOf).join("\n");
}

function differencesText({ differences, notCompared = [] }: Report): string {
  if (differences === undefined) return "";
  const lines = differences.map(({ sentence }) => `  ${clean(sentence)}`);
  const none = "  no difference in what could be compared";
  const kinds =
    notCompared.length === 0 ? [] : [`  not compared: ${clean(notCompared.join(", "))}`];
  const told = [...(lines.length === 0 ? [none] : lines), ...kinds];
  return `\nDeclared and live:\n${told.join("\n")}\n`;
}

function textOf({ checked, findings, kind, name, namespace, verdict }: Answer): string {
  const [word, style] = VERDICTS[verdict];
  const [first, ...others] = findings;
  const lines = [
    `${styleText("bold", clean(`${kind} ${namespace}/${name}`))}: ${styleText(style, word)}`,
    ...(first === undefined ? [] : linesOf(first)),
    ...(others.length === 0 ? [] : ["", "Also:", ...others.flatMap(linesOf)]),
    "",
    "Checked:",
    ...checked.map((it) => `  ${clean(it)}`),
  ];
  return `${lines.join("\n")}\n`;
}

function linesOf({ cause, certainty, fix, sentence }: Finding): readonly string[] {
  const how =
    certainty === Certainty.Broken
      ? ""
      : ` (${certainty === Certainty.Suspect ? "likely" : certainty})`;
  return [`  ${clean(sentence)}${how}`, `    Fix: ${clean(fix)}`, `    ${styleText("dim", cause)}`];
}

function tableOf(answers: readonly Answer[]): string {
  const width = Math.max(7, ...answers.map(({ name }) => name.length));
  const rows = answers.map(({ findings: [first], name, verdict }) => {
    const [word, style] = VERDICTS[verdict];
    const told = first === undefined ? "" : clean(first.sentence);
    return `${clean(name).padEnd(width)}  ${styleText(style, word.padEnd(14))}  ${told}`.trimEnd();
  });
  return `${["SERVICE".padEnd(width), "ANSWER".padEnd(14), "FIRST BROKEN LINK"].join("  ")}\n${rows.join("\n")}\n`;
}
