import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { messageOf, UserError } from "../errors.ts";
import { writeAtomically } from "../files/atomic-file.ts";
import { ChildFailedError } from "../toolchain/run-child.ts";

/** One thing that a refresh does. */
export interface Step {
  /** As in "Cannot refresh the module graph of Pulumi 3.276.0". */
  readonly name: string;
  /** What it may change, as paths inside the checkout; all of them are as before where it fails. */
  readonly files: readonly string[];
  /** What to do where it fails. */
  readonly cure: string;
  /** Does it, and says in one line what came of it. */
  readonly run: () => Promise<string>;
}

const PUBLIC = 0o644;
const TAIL_LINES = 5;

/** Writes a file that belongs to the repository. */
export const writePublic = (path: string, text: string | Uint8Array): void =>
  writeAtomically(path, text, { mode: PUBLIC });

/**
 * Carries steps out one after the other.
 *
 * @throws UserError where one fails: what it changed is undone, what those before it did stays. What else ends it, such as the
 * signal of an interruption, is thrown as it is, after the same.
 */
export async function carryOut(
  steps: readonly Step[],
  root: string,
  report: (line: string) => void,
): Promise<void> {
  for (const step of steps) {
    const before = step.files.map((file) => [file, readIfThere(join(root, file))] as const);
    try {
      report(await step.run());
    } catch (error) {
      for (const [file, content] of before) putBack(join(root, file), content);
      throw explain(step, error);
    }
  }
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function putBack(path: string, content: Buffer | undefined): void {
  if (content === undefined) rmSync(path, { force: true });
  else writePublic(path, content);
}

function explain({ cure, files, name }: Step, error: unknown): unknown {
  const isExpected = error instanceof UserError || error instanceof ChildFailedError;
  if (!isExpected) return error;
  const tail = error instanceof ChildFailedError ? error.tail.slice(-TAIL_LINES) : [];
  const unchanged = files.length > 0 ? `; ${files.join(", ")} stayed as before` : "";
  return new UserError(
    [`Cannot refresh ${name}: ${messageOf(error)}${unchanged}; ${cure}`, ...tail].join("\n  "),
  );
}
