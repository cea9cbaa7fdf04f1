import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LocalPaths } from "../paths.ts";
import { processStart } from "../processes/identity.ts";
import { type PulumiOptions, runPulumi } from "./run-pulumi.ts";

/** Name of the Pulumi project, as in Pulumi.yaml. */
export const PROJECT = "pulumi-kubernetes-services";

/** Makes the stack when the folder's state has none of this name, and clears the lock of an update that was killed. */
export async function ensureStack(
  stack: string,
  paths: LocalPaths,
  options: Omit<PulumiOptions, "output">,
): Promise<void> {
  const state = join(paths.pulumiState, ".pulumi", "stacks", PROJECT, `${stack}.json`);
  if (!existsSync(state)) {
    await runPulumi(["stack", "init", stack, "--no-select"], { ...options, output: "return" });
  }
  if (isLockedByDead(stack, paths)) {
    await runPulumi(["cancel", "--yes", "--stack", stack], { ...options, output: "return" });
  }
}

/** Whether every holder of the stack's lock is a process of this machine that no longer runs. */
function isLockedByDead(stack: string, paths: LocalPaths): boolean {
  const folder = join(paths.pulumiState, ".pulumi", "locks", "organization", PROJECT, stack);
  if (!existsSync(folder)) return false;
  const locks = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return (
    locks.length > 0 &&
    locks.every((name) => {
      const { pid } = JSON.parse(readFileSync(join(folder, name), "utf8")) as { pid: number };
      return processStart(pid) === undefined;
    })
  );
}
