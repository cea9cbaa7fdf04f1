import type { Box, PageModel } from "../model/page-model.ts";

/** The text, cut to what fits. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** Lines of at most `most` characters, broken between words; what does not fit into `count` lines is cut. */
export function wrap(text: string, most: number, count: number): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > most && lines.length < count - 1) {
    const space = rest.lastIndexOf(" ", most);
    const end = space > 0 ? space : most;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...lines, cut(rest, most)];
}

/** What a box says, for a screen reader. */
export function spoken({ lines, note, stateText, title }: Box, kind: string): string {
  const facts = new Set([stateText, ...lines, note].filter(Boolean));
  return [`${kind} ${title}`, ...facts].join(", ");
}

/** The state of all Services in one sentence. */
export function summary({ verdicts }: PageModel): string {
  const broken = verdicts.filter(({ verdict }) => verdict === "broken").map(({ id }) => id);
  const unknown = verdicts.filter(({ verdict }) => verdict === "unknown").length;
  const services = `${verdicts.length} ${verdicts.length === 1 ? "Service" : "Services"}`;
  if (verdicts.length === 0) return "No Service here";
  if (broken.length > 0) return `${broken.length} of ${services} broken: ${broken.join(", ")}`;
  if (unknown > 0) return `${services}; ${unknown} could not be judged`;
  return `${services}, nothing is broken`;
}

/** Whether a text has what is searched for. */
export function has(query: string, ...texts: readonly string[]): boolean {
  const wanted = query.trim().toLowerCase();
  return wanted === "" || texts.some((text) => text.toLowerCase().includes(wanted));
}
