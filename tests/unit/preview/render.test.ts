import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { judgePreviews } from "../../../preview/judge.ts";
import { FORMATS, renderReport } from "../../../preview/render/formats.ts";
import { MARKDOWN_CHARACTERS, markdownMarker } from "../../../preview/render/markdown.ts";
import type { Report } from "../../../preview/report.ts";
import { readRecording } from "../../preview/recordings.ts";
import { scenarios } from "../../preview/scenarios.ts";
import { hugePreview } from "../../shared/huge-preview.ts";

const schema = JSON.parse(
  readFileSync(new URL("../../../preview/report.schema.json", import.meta.url), "utf8"),
);
const { evidence: small } = readRecording("balancer-deleted");
const isReport = new Ajv2020({ strict: true }).compile(schema);

const reportOf = (...names: readonly string[]): Report =>
  judgePreviews(
    names.map((name) => readRecording(name).evidence),
    readRecording(names[0] ?? "").options,
  );

const HOSTILE =
  "<script>alert(1)</script>|`x`**b**[l](https://evil.example)@octocat #1 \u001b[31m\u202e</details>";
const CREDENTIAL = "AKIAABCDEFGHIJKLMNOP";

describe("renderReport", () => {
  test.each(scenarios)(
    "gives a report of $name that its schema accepts, and that names the stack in every format",
    ({ name }) => {
      const report = reportOf(name);

      expect(
        isReport(JSON.parse(renderReport(report, "json"))),
        JSON.stringify(isReport.errors),
      ).toBe(true);
      for (const format of FORMATS) expect(renderReport(report, format)).toContain("dev");
    },
  );

  test("gives a report that its schema refuses once a field is missing or added", () => {
    const report = reportOf("claim-deleted");
    const { verdict: _, ...rest } = report;

    expect(isReport(rest)).toBe(false);
    expect(isReport({ ...report, more: true })).toBe(false);
  });

  test("stays below the size of a comment with 2,000 resources, and keeps verdict and the most dangerous rows", ({
    annotate,
  }) => {
    const report = judgePreviews([hugePreview(small, 2000)]);
    const started = performance.now();

    const text = renderReport(report, "markdown");

    const seconds = (performance.now() - started) / 1000;
    expect(report.stacks[0]?.changes.length).toBeGreaterThan(2000);
    expect(text.length).toBeLessThanOrEqual(MARKDOWN_CHARACTERS);
    expect(text).toContain("load-balancer-deleted");
    expect(text).toMatch(/… and \d+ more/);
    expect(renderReport(report, "json").length).toBeGreaterThan(MARKDOWN_CHARACTERS);
    void annotate(
      `A report of 2,000 deletions: ${text.length} characters of Markdown in ${seconds.toFixed(2)} s`,
      "figure",
    );
  });

  test("stays below that size with a hundred stacks", () => {
    const previews = Array.from({ length: 100 }, (_, index) => ({
      ...hugePreview(small, 50),
      stack: `stack-${index}`,
    }));

    expect(renderReport(judgePreviews(previews), "markdown").length).toBeLessThanOrEqual(
      MARKDOWN_CHARACTERS,
    );
  });

  test("lets no name write anything else than its text in Markdown", () => {
    const text = renderReport(judgePreviews([hugePreview(small, 1, HOSTILE)]), "markdown");
    const outsideOfCode = text.replaceAll(/<code>.*?<\/code>/g, "");

    expect(text).toContain("alert");
    expect(text).not.toMatch(/<script|\[l\]\(/);
    expect(text.match(/<\/details>/g)?.length).toBe(text.match(/<details>/g)?.length);
    expect(outsideOfCode).not.toMatch(/@octocat|\w:\/\//);
  });

  test("lets no name write anything else than its text in JUnit", () => {
    const text = renderReport(judgePreviews([hugePreview(small, 1, HOSTILE)]), "junit");

    expect(text).toContain("alert");
    expect(text).not.toMatch(/<script|<\/details/);
  });

  test("lets no name control the terminal", () => {
    const text = renderReport(judgePreviews([hugePreview(small, 1, HOSTILE)]), "terminal");

    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(text).not.toMatch(/[\u001b\u202e]/);
  });

  test.each(FORMATS)("shows no credential that a name or a message holds in %s", (format) => {
    const report = judgePreviews([hugePreview(small, 1, CREDENTIAL)]);

    expect(renderReport(report, format)).not.toContain(CREDENTIAL);
    expect(renderReport(report, format)).toContain("[secret]".replace(/[[\]]/g, ""));
  });

  test("has colours only when they are asked for", () => {
    const report = reportOf("claim-deleted");

    expect(renderReport(report, "terminal", true)).toContain("\u001b[31m");
    expect(renderReport(report, "terminal", false)).not.toContain("\u001b");
  });

  test("gives SARIF and JUnit one entry for each finding and each question without a good answer", () => {
    const report = reportOf("server-down-update");
    const [stack] = report.stacks;
    const doubts = stack?.trust.filter(({ status }) => status === "failed").length ?? 0;
    const findings = stack?.findings.length ?? 0;

    const sarif = JSON.parse(renderReport(report, "sarif"));
    const junit = renderReport(report, "junit");

    expect(doubts).toBeGreaterThan(0);
    expect(sarif.runs[0].results).toHaveLength(doubts + findings);
    expect(junit.match(/<error /g)).toHaveLength(doubts);
    expect(junit).toContain(`errors="${doubts}"`);
  });

  test("marks the comment of its projects, whatever they are called", () => {
    const { evidence } = readRecording("claim-deleted");

    expect(markdownMarker(judgePreviews([evidence]))).toBe("<!-- pulumi-preview-gate preview -->");
    expect(markdownMarker(judgePreviews([{ ...evidence, project: "a --> b" }]))).toBe(
      "<!-- pulumi-preview-gate a_--__b -->",
    );
  });
});
