import { type Report, Severity, type StackReport } from "../report.ts";
import { oneLine } from "./words.ts";

/** The report as JUnit's XML, which every CI shows: a suite a stack, a test a question of trust and a finding. */
export function renderJunit(report: Report): string {
  const suites = report.stacks.map(suiteOf).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="pulumi-preview-gate">\n${suites}</testsuites>\n`;
}

function suiteOf({ findings, project, stack, trust }: StackReport): string {
  const name = `${project}/${stack}`;
  const doubts = trust.filter(({ status }) => status === "failed").length;
  const blocking = findings.filter(
    ({ severity, waiver }) => severity === Severity.Block && waiver === undefined,
  );
  const cases = [
    ...trust.map(({ details, id, message, status }) =>
      testCase(
        name,
        `trust: ${id}`,
        status === "failed" ? element("error", message, details.join("\n")) : "",
      ),
    ),
    ...findings.map(({ message, resource, rule, severity, waiver }) => {
      const outcome =
        severity === Severity.Block
          ? element("failure", message, resource)
          : element("system-out", undefined, message);
      return testCase(
        name,
        `${rule}: ${resource}`,
        waiver === undefined ? outcome : element("skipped", waiver.because),
      );
    }),
  ];
  return `  <testsuite name="${escaped(name)}" tests="${cases.length}" failures="${blocking.length}" errors="${doubts}">\n${cases.join("")}  </testsuite>\n`;
}

const testCase = (suite: string, name: string, outcome: string): string =>
  `    <testcase classname="${escaped(suite)}" name="${escaped(name)}">${outcome}</testcase>\n`;

function element(name: string, message?: string, text = ""): string {
  const attribute = message === undefined ? "" : ` message="${escaped(message)}"`;
  return `<${name}${attribute}>${text.split("\n").map(escaped).join("\n")}</${name}>`;
}

function escaped(text: string): string {
  return oneLine(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&apos;");
}
