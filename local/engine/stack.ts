import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LocalPaths } from "../paths.ts";
import { processStart } from "../processes/identity.ts";
import { report } from "../terminal.ts";
import { waitFor } from "../wait.ts";
import { type PulumiOptions, runPulumi } from "./run-pulumi.ts";

/** Name of the Pulumi project, as in Pulumi.yaml. */
export const PROJECT = "pulumi-kubernetes-services";

/** The stack of the embedded cluster, and of a cluster that is named by its context. */
export const DEV_STACK = "dev";

/** Longer than any update of the program takes. */
const UPDATE_TIMEOUT_SECONDS = 900;

/**
 * Makes the stack when the folder's state has none of this name. Waits for an update that is under way, such as one whose
 * `npm start` was killed, and clears the lock of one that was killed itself.
 */
export async function ensureStack(
  stack: string,
  paths: LocalPaths,
  options: Omit<PulumiOptions, "output">,
): Promise<void> {
  const state = join(paths.pulumiState, ".pulumi", "stacks", PROJECT, `${stack}.json`);
  if (!existsSync(state)) {
    await runPulumi(["stack", "init", stack, "--no-select"], { ...options, output: "return" });
  }
  const [holder] = lockHolders(stack, paths).filter(isAlive);
  if (holder !== undefined) {
    report(`Waiting for the update of stack "${stack}" that process ${holder} is at`);
    await waitFor(() => !lockHolders(stack, paths).some(isAlive), {
      awaited: `the update of stack "${stack}" that process ${holder} is at`,
      timeoutSeconds: UPDATE_TIMEOUT_SECONDS,
      signal: options.signal,
    });
  }
  if (lockHolders(stack, paths).length > 0) {
    await runPulumi(["cancel", "--yes", "--stack", stack], { ...options, output: "return" });
  }
}

const isAlive = (pid: number) => processStart(pid) !== undefined;

/** Pids of those that have the stack locked: one JSON file each in the file backend. */
function lockHolders(stack: string, paths: LocalPaths): number[] {
  const folder = join(paths.pulumiState, ".pulumi", "locks", "organization", PROJECT, stack);
  if (!existsSync(folder)) return [];
  const locks = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return locks.flatMap((name) => {
    try {
      return (JSON.parse(readFileSync(join(folder, name), "utf8")) as { pid: number }).pid;
    } catch {
      return []; // gone, or half written: its holder is at work and shows in the next look
    }
  });
}
