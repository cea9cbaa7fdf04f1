import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A text that is put behind another one, which stands in the file once. */
export interface Insertion {
  readonly file: string;
  readonly after: string;
  readonly text: string;
}

/** What somebody does who adds something to the package, apart from what tests write by `-u`. */
export interface Walk {
  /** What is added. */
  readonly adds: string;
  /** The most files that somebody may have to edit for it. */
  readonly limit: number;
  /** Where its list of files stands: a page, and the text that is before the list. */
  readonly page: string;
  readonly heading: string;
  readonly insertions: readonly Insertion[];
  /** New files, by their paths. */
  readonly files?: Readonly<Record<string, string>>;
  /** The files that tests write by `-u`. */
  readonly written: readonly string[];
}

/**
 * Makes a walk in a copy of the package.
 *
 * @throws Error if the text of an insertion does not stand in its file exactly once.
 */
export function apply({ files = {}, insertions }: Walk, folder: string): void {
  for (const [file, text] of Object.entries(files)) {
    writeFileSync(join(folder, file), text);
  }
  for (const { after, file, text } of insertions) {
    const path = join(folder, file);
    const parts = readFileSync(path, "utf8").split(after);
    if (parts.length !== 2) {
      throw new Error(`${file} has ${parts.length - 1} times: ${after}`);
    }
    writeFileSync(path, parts.join(`${after}${text}`));
  }
}

/** The files that somebody edits. */
export function editedFiles({ files = {}, insertions }: Walk): readonly string[] {
  return [...new Set([...Object.keys(files), ...insertions.map(({ file }) => file)])].sort();
}

/** The files that a walk touches. */
export function filesOf(walk: Walk): readonly string[] {
  return [...new Set([...editedFiles(walk), ...walk.written])].sort();
}

/** The files that a page lists below a text, one in each item of a numbered list. */
export function listedFiles(page: string, heading: string): readonly string[] {
  const [, below = ""] = page.split(heading);
  const [list = ""] = below
    .trimStart()
    .split("\n\n")
    .filter((part) => part.startsWith("1. "));
  return [...list.matchAll(/^\d+\. `([^`]+)`/gm)].map(([, file = ""]) => file).sort();
}
