import { Operation } from "../engine/changes.ts";
import { Severity, Verdict } from "../report.ts";

/** A verdict in words. */
export const VERDICTS: Readonly<Record<Verdict, string>> = {
  [Verdict.Pass]: "pass",
  [Verdict.Blocked]: "blocked",
  [Verdict.Unjudged]: "could not judge",
};

/** A severity in words. */
export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  [Severity.Block]: "blocks",
  [Severity.Warn]: "warning",
  [Severity.Note]: "note",
};

/** The signs of operations, as Pulumi prints them. */
export const SIGNS: Readonly<Record<string, string>> = {
  [Operation.Create]: "+",
  [Operation.Update]: "~",
  [Operation.Replace]: "+-",
  [Operation.Delete]: "-",
  [Operation.Import]: "=",
  [Operation.Read]: ">",
  [Operation.Other]: "?",
};

/** Control characters, and those that turn the direction of a text: the name of a resource must not write elsewhere on the screen. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;

/** A text of others on one line, without characters that control a terminal, and not longer than so many characters. */
export function oneLine(text: string, most = 400): string {
  const line = text.replaceAll(CONTROL, " ").trim();
  const characters = [...line];
  return characters.length > most ? `${characters.slice(0, most).join("")}…` : line;
}

/** The numbers of operations in a sentence: `2 to create, 1 to delete`. */
export function countsText(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).filter(([operation]) => operation !== Operation.Same);
  const same = counts[Operation.Same] ?? 0;
  const texts = parts.map(([operation, number]) => `${number} to ${operation}`);
  return [...texts, `${same} unchanged`].join(", ");
}
