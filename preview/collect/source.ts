import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { SourceEvidence } from "../evidence.ts";
import { digestOf } from "../fingerprint.ts";
import { runProgram } from "./run-program.ts";

const SECONDS = 30;

/**
 * What Git says of a program's files. A tree's id is the same wherever the content is, so a merge whose result was
 * previewed has the fingerprint of the pull request.
 *
 * @param cwd - the program's folder
 * @param reports - the gate's own files, as absolute paths, which are no part of the program
 */
export async function readSource(
  cwd: string,
  reports: readonly string[] = [],
): Promise<SourceEvidence> {
  const git = async (...args: string[]): Promise<string | undefined> => {
    const { exitCode, stdout } = await runProgram("git", args, { cwd, timeoutSeconds: SECONDS });
    return exitCode === 0 ? stdout : undefined;
  };
  const tree = await git("rev-parse", "HEAD^{tree}");
  if (tree === undefined) return { tree: "", uncommitted: "" };
  const [changed = "", untracked = ""] = await Promise.all([
    git("diff", "HEAD", "--binary"),
    git("ls-files", "--others", "--exclude-standard", "-z"),
  ]);
  const files = untracked
    .split("\0")
    .filter((name) => name !== "" && !reports.includes(resolve(cwd, name)));
  const contents = files.map((name) => [name, digestOfFile(join(cwd, name))]);
  const clean = changed === "" && files.length === 0;
  return { tree: tree.trim(), uncommitted: clean ? "" : digestOf([changed, contents]) };
}

/** What cannot be read, such as a socket, is known by its name. */
function digestOfFile(path: string): string {
  try {
    return digestOf(readFileSync(path, "base64"));
  } catch {
    return "";
  }
}
