import { type Finding, type Report, type StackReport, type TrustItem, Verdict } from "../report.ts";
import { count } from "../trust/item.ts";
import { countsText, oneLine, SEVERITY_WORDS, SIGNS, VERDICTS } from "./words.ts";

/** A comment on GitHub may have 65,536 characters. */
export const MARKDOWN_CHARACTERS = 60_000;

/** So many rows a list are tried until the text is short enough; the most dangerous rows are first. */
const ROWS = [Number.POSITIVE_INFINITY, 1000, 300, 100, 30, 10, 3, 0];

const SYMBOLS: Readonly<Record<Verdict, string>> = {
  [Verdict.Pass]: "✅",
  [Verdict.Blocked]: "⛔",
  [Verdict.Unjudged]: "❓",
};

/** The line by which the comment of a project is found again. Readers do not see it. */
export function markdownMarker(report: Report): string {
  const projects = [
    ...new Set(report.stacks.map(({ project }) => project.replaceAll(/[^\w.-]/g, "_"))),
  ].sort();
  return `<!-- pulumi-preview-gate ${projects.join(" ")} -->`;
}

const BY_DANGER: readonly Verdict[] = [Verdict.Blocked, Verdict.Unjudged, Verdict.Pass];

/**
 * The report as Markdown for a comment or a job summary, never longer than {@link MARKDOWN_CHARACTERS}. Stacks that do not pass are first.
 */
export function renderMarkdown(given: Report): string {
  const rank = ({ verdict }: StackReport): number => BY_DANGER.indexOf(verdict);
  const report = { ...given, stacks: given.stacks.toSorted((a, b) => rank(a) - rank(b)) };
  for (const rows of ROWS) {
    const text = withRows(report, rows);
    if (text.length <= MARKDOWN_CHARACTERS) return text;
  }
  const shortest = withRows({ ...report, stacks: report.stacks.slice(0, 50) }, 0);
  return `${shortest}\n${report.stacks.length - 50} more stacks are in the other formats.\n`;
}

function withRows(report: Report, rows: number): string {
  const head = [
    markdownMarker(report),
    `### ${SYMBOLS[report.verdict]} Preview: ${VERDICTS[report.verdict]}`,
    "",
    "| Stack | Verdict | Changes | Why |",
    "|---|---|---|---|",
    ...report.stacks.map(
      ({ counts, project, reason, stack, verdict }) =>
        `| ${code(`${project}/${stack}`)} | ${SYMBOLS[verdict]} ${VERDICTS[verdict]} | ${escaped(countsText(counts))} | ${escaped(reason)} |`,
    ),
    "",
  ];
  return `${[...head, ...report.stacks.flatMap((it) => stackLines(it, rows))].join("\n")}\n`;
}

function stackLines(stack: StackReport, rows: number): readonly string[] {
  const doubts = stack.trust.filter(({ status }) => status === "failed");
  const fine = stack.trust.filter(({ status }) => status === "ok");
  return [
    `#### ${escaped(`${stack.project}/${stack.stack}`)}`,
    "",
    ...(doubts.length === 0
      ? []
      : ["**This preview cannot be trusted:**", "", ...trustLines(doubts, rows), ""]),
    ...findingLines(stack.findings, rows),
    ...folded(
      count(stack.changes.length, "change"),
      capped(
        stack.changes.map(
          ({ operation, paths, resource }) =>
            `- ${code(SIGNS[operation] ?? "?")} ${code(resource)}${paths.length > 0 ? ` ${escaped(paths.join(", "), 120)}` : ""}`,
        ),
        rows,
      ),
    ),
    ...folded("What makes this preview trustworthy", [
      ...trustLines(fine, rows),
      `- Its fingerprint is ${code(stack.fingerprint.digest)}`,
    ]),
  ];
}

function findingLines(findings: readonly Finding[], rows: number): readonly string[] {
  if (findings.length === 0) return [];
  const lines = findings.map(({ message, resource, rule, severity, waiver }) => {
    const word = waiver === undefined ? SEVERITY_WORDS[severity] : `waived until ${waiver.until}`;
    const because = waiver === undefined ? "" : ` — waived: ${waiver.because}`;
    return `| ${escaped(word)} | ${code(resource)} | ${escaped(message + because)} | ${code(rule)} |`;
  });
  return ["| | Resource | Finding | Rule |", "|---|---|---|---|", ...cappedRows(lines, rows), ""];
}

const trustLines = (items: readonly TrustItem[], rows: number): readonly string[] =>
  items.flatMap(({ details, message }) => [
    `- ${escaped(message)}`,
    ...capped(
      details.map((it) => `  - ${escaped(it)}`),
      rows,
    ),
  ]);

function folded(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0
    ? []
    : [`<details><summary>${escaped(title)}</summary>`, "", ...lines, "", "</details>", ""];
}

function capped(lines: readonly string[], rows: number): readonly string[] {
  return lines.length <= rows
    ? lines
    : [...lines.slice(0, rows), `- … and ${lines.length - rows} more, in the other formats`];
}

function cappedRows(lines: readonly string[], rows: number): readonly string[] {
  return lines.length <= rows
    ? lines
    : [
        ...lines.slice(0, rows),
        `| | | … and ${lines.length - rows} more, in the other formats | |`,
      ];
}

/** Text of others, which is neither HTML nor Markdown nor a mention, whatever it looks like. */
function escaped(text: string, most?: number): string {
  return oneLine(text, most)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[\\`*_{}[\]()|~!]/g, "\\$&")
    .replaceAll(/[@#](?=\w)/g, "$&\u200b")
    .replaceAll(/:\/\//g, ":\u200b//");
}

/** The same as code, in which no Markdown is read. */
function code(text: string): string {
  const plain = oneLine(text, 200)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/:\/\//g, ":\u200b//"); // GitHub makes links of addresses here too
  return `<code>${plain.replaceAll(/[\\`*_{}[\]()|~!]/g, "\\$&")}</code>`;
}
