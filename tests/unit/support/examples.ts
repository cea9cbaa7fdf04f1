import type { Block, Document } from "./documents.ts";

/** A manifest, or several, that a document shows. */
export interface Shown {
  readonly yaml: string;
  /** Whether the objects are shown as a whole; otherwise fields may be left out. */
  readonly whole: boolean;
}

/** A piece of TypeScript in a document, with what is shown below it. */
export interface Example {
  /** The document and the piece's number in it. */
  readonly title: string;
  /** The piece with everything above it that belongs to the same program. */
  readonly program: string;
  /** The program that the piece is a test of, where it is one. */
  readonly tested?: string;
  /** Where the piece, or what it is a test of, belongs in this package, where it is a file of it. */
  readonly file?: string;
  readonly yields: Shown[];
  /** What the program is refused with. */
  refusal?: string;
}

/**
 * Languages that are shown and not run here: what a `console` shows is held against a real run by the traffic tests, and
 * plots and roles have tests of their own, and the matrix of consumers runs Jest.
 */
const SHOWN_ONLY = ["sh", "console", "mermaid", "yaml role", "js", "ts jest"];

/**
 * Reads the examples of a document. A piece that begins with an import begins a program, every other one goes on with
 * the program above it. Below a piece may stand what it yields: `yaml` for a part of the objects, where every field that
 * is shown is there with that value, `yaml whole` for all of them, and `text` for the message it is refused with, after
 * which the program goes on without it. A piece with a path behind `ts` is a file of this package, and no program.
 *
 * @throws Error for a block of any other kind: nothing is shown that nobody checks.
 */
export function examplesOf({ blocks, path }: Document, prelude = ""): Example[] {
  const examples: Example[] = [];
  let [program, before, tested] = [prelude, prelude, ""];
  let file: string | undefined;
  for (const { info, text } of blocks) {
    const last = examples.at(-1);
    const title = `${path} #${examples.length + 1}`;
    if (SHOWN_ONLY.includes(info)) continue;
    if (info.startsWith("ts ")) {
      [file, tested] = [info.slice("ts ".length), text];
      examples.push({ title, program: text, file, yields: [] });
    } else if (info === "ts" && isTest(text)) {
      const inFile = file === undefined ? {} : { file };
      examples.push({ title, program: text, tested, ...inFile, yields: [] });
    } else if (info === "ts") {
      file = undefined;
      before = program;
      program = text.startsWith("import ") ? text : `${program}\n${text}`;
      tested = program;
      examples.push({ title, program, yields: [] });
    } else if (last !== undefined && (info === "yaml" || info === "yaml whole")) {
      last.yields.push({ yaml: text, whole: info === "yaml whole" });
    } else if (last !== undefined && info === "text") {
      last.refusal = text.trimEnd();
      [program, tested] = [before, before];
    } else {
      throw new Error(`${path}: a block of "${info}" stands ${describe(blocks, text)}`);
    }
  }
  return examples;
}

function isTest(text: string): boolean {
  return /^import .* from "vitest";$/m.test(text);
}

function describe(blocks: readonly Block[], text: string): string {
  const index = blocks.findIndex((block) => block.text === text);
  return `at place ${index + 1}, where nothing checks it`;
}
