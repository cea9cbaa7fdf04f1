import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { UserError } from "../errors.ts";
import type { LocalPaths } from "../paths.ts";
import { report } from "../terminal.ts";

/** The state file of a stack in the engine's file backend. */
export const stackFile = (paths: LocalPaths, project: string, stack: string): string =>
  join(paths.pulumiState, ".pulumi", "stacks", project, `${stack}.json`);

/** Removes of the engine's own files what is damaged and can be made anew. */
export function mendBackend(paths: LocalPaths): void {
  const meta = join(paths.pulumiState, ".pulumi", "meta.yaml");
  if (!existsSync(meta) || isMeta(readFileSync(meta, "utf8"))) return;
  report(`${meta} is damaged; the engine makes it anew`);
  rmSync(meta);
}

/** The layout of the backend: https://github.com/pulumi/pulumi/blob/v3.276.0/pkg/backend/diy/meta.go */
function isMeta(text: string): boolean {
  try {
    return Number.isInteger(parse(text)?.version);
  } catch {
    return false;
  }
}

/**
 * Fails where a stack's state cannot be read: what it lists would be made a second time without it.
 *
 * @throws UserError that names the file and the way out
 */
export function requireReadableState(file: string): void {
  if (!existsSync(file) || isState(file)) return;
  const backup = `${file}.bak`;
  const wayOut = isState(backup)
    ? `the state before it is whole: take it back with cp '${backup}' '${file}', then run the same command again`
    : "no state before it is whole: npm stop -- --purge removes the embedded cluster with it, and npm start makes both anew";
  throw new UserError(`Cannot read the stack's state: ${file} is damaged; ${wayOut}`);
}

function isState(file: string): boolean {
  try {
    const { checkpoint } = JSON.parse(readFileSync(file, "utf8"));
    return typeof checkpoint === "object" && checkpoint !== null;
  } catch {
    return false;
  }
}
