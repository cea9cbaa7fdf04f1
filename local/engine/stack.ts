import { existsSync } from "node:fs";
import { LockState } from "../../doctor/collect/locks.ts";
import { UserError } from "../errors.ts";
import type { LocalPaths } from "../paths.ts";
import { report } from "../terminal.ts";
import { waitFor } from "../wait.ts";
import { locksOn } from "./engine-locks.ts";
import { mendBackend, requireReadableState, stackFile } from "./mend-state.ts";
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
  const state = stackFile(paths, PROJECT, stack);
  mendBackend(paths);
  requireReadableState(state);
  if (!existsSync(state)) {
    await runPulumi(["stack", "init", stack, "--no-select"], { ...options, output: "return" });
  }
  const locks = () => locksOn(stack, PROJECT, paths);
  const elsewhere = locks().find(({ state }) => state === LockState.Elsewhere);
  if (elsewhere?.lock !== undefined) {
    throw new UserError(
      `Cannot update stack "${stack}": process ${elsewhere.lock.pid} on the host ${elsewhere.lock.hostname} has it locked; wait for it to end, or, if it has ended, remove ${elsewhere.path}`,
    );
  }
  const held = () => locks().find(({ state }) => state === LockState.Held)?.lock;
  const holder = held()?.pid;
  if (holder !== undefined) {
    report(`Waiting for process ${holder} to finish updating stack "${stack}"`);
    await waitFor(() => held() === undefined, {
      awaited: `process ${holder} to finish updating stack "${stack}"`,
      timeoutSeconds: UPDATE_TIMEOUT_SECONDS,
      signal: options.signal,
    });
  }
  if (locks().length > 0) {
    report(`Clearing the lock that an ended update has left on stack "${stack}"`);
    await runPulumi(["cancel", "--yes", "--stack", stack], { ...options, output: "return" });
  }
}
