import { execFileSync } from "node:child_process";
import { readlinkSync } from "node:fs";
import type { RunningProcess } from "./locks.ts";

/** The process with a pid; undefined where none runs. Its start is not looked up: the program tells enough. */
export function processWith(pid: number): RunningProcess | undefined {
  try {
    process.kill(pid, 0); // sends nothing
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return undefined;
  }
  return { program: programOf(pid), started: undefined };
}

function programOf(pid: number): string {
  try {
    return process.platform === "linux"
      ? readlinkSync(`/proc/${pid}/exe`)
      : execFileSync("ps", ["-o", "comm=", "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return "pulumi"; // of another user, or just ended: to be on the safe side it is an engine
  }
}
