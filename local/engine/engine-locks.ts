import { lockFolder, locksIn, type RunningProcess } from "../../doctor/collect/locks.ts";
import type { LocalPaths } from "../paths.ts";
import { programOf, startTime } from "../processes/identity.ts";

/** The locks on a stack of this checkout. */
export const locksOn = (stack: string, project: string, paths: LocalPaths) =>
  locksIn(lockFolder(paths.pulumiState, project, stack), runningProcess);

function runningProcess(pid: number): RunningProcess | undefined {
  const program = programOf(pid);
  return program === undefined ? undefined : { program, started: startTime(pid) };
}
