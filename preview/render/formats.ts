import type { Report } from "../report.ts";
import { renderJunit } from "./junit.ts";
import { renderMarkdown } from "./markdown.ts";
import { renderSarif } from "./sarif.ts";
import { renderTerminal } from "./terminal.ts";

/** The formats of a report. */
export const FORMATS = ["terminal", "markdown", "json", "sarif", "junit"] as const;

/** The format of a report. */
export type Format = (typeof FORMATS)[number];

/** A report as JSON: the form that its schema describes, and that an update takes as its approval. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** A report in a format. */
export function renderReport(report: Report, format: Format, colour = false): string {
  switch (format) {
    case "terminal":
      return renderTerminal(report, colour);
    case "markdown":
      return renderMarkdown(report);
    case "json":
      return renderJson(report);
    case "sarif":
      return renderSarif(report);
    case "junit":
      return renderJunit(report);
  }
}
