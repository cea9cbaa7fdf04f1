import { createHash } from "node:crypto";
import { globSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { checkout } from "../paths.ts";
import { writeAtomically } from "./atomic-file.ts";

/** How many answers of one kind are kept: those to what the sources were last. */
const KEPT = 8;
/** What decides how anything is computed: the versions of all packages, and the compiler's settings. */
const ALWAYS = ["package.json", "package-lock.json", "tsconfig.json"];

/** What is to be computed, and what decides what comes of it. */
export interface Question {
  /** What it is, as the name of a folder. */
  readonly kind: string;
  /** What is asked. */
  readonly about: unknown;
  /** Every file that the answer depends on, as patterns from the checkout's top. */
  readonly files: readonly string[];
}

/**
 * The answer to a question, or what an earlier process answered to the same one about the same files. Answers are kept as JSON in
 * node_modules: a fresh checkout computes everything, and so does a user who may not read or write them there.
 */
export function remembered<T>(question: Question, compute: () => T, root: string = checkout): T {
  const file = fileOf(question, root);
  const earlier = earlierAnswer<T>(file);
  return earlier === undefined ? keep(file, compute()) : earlier.answer;
}

/** The same for what takes other processes to compute. */
export async function rememberedLater<T>(
  question: Question,
  compute: () => Promise<T>,
  root: string = checkout,
): Promise<T> {
  const file = fileOf(question, root);
  const earlier = earlierAnswer<T>(file);
  return earlier === undefined ? keep(file, await compute()) : earlier.answer;
}

function fileOf({ about, files, kind }: Question, root: string): string {
  const asked = JSON.stringify([
    process.version,
    about,
    contentDigest([...ALWAYS, ...files], root),
  ]);
  const name = createHash("sha256").update(asked).digest("hex");
  return join(root, "node_modules/.cache", kind, `${name}.json`);
}

/** What is kept in a file; nothing where there is none, where it is another user's, or where it is damaged. */
function earlierAnswer<T>(file: string): { readonly answer: T } | undefined {
  try {
    return { answer: JSON.parse(readFileSync(file, "utf8")) };
  } catch {
    return undefined;
  }
}

/** Keeps an answer where that is possible. @returns what a later process reads */
function keep<T>(file: string, answer: T): T {
  const text = JSON.stringify(answer);
  const folder = dirname(file);
  try {
    mkdirSync(folder, { recursive: true });
    writeAtomically(file, text);
    forgetOldest(folder);
  } catch {} // the next process computes it again
  return JSON.parse(text);
}

/** What tells files apart from others, by their names and what is in them. */
export function contentDigest(files: readonly string[], root: string = checkout): string {
  const hash = createHash("sha256");
  for (const file of globSync([...files], { cwd: root }).sort()) {
    hash.update(`\n${file}\n`).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

function forgetOldest(folder: string): void {
  const age = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const paths = readdirSync(folder).map((name) => join(folder, name));
  const newestFirst = paths.map((path) => [age(path), path] as const).sort(([a], [b]) => b - a);
  for (const [, path] of newestFirst.slice(KEPT)) rmSync(path, { force: true });
}
