import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";

/** A process that has not been reaped. */
export interface ProcessIdentity {
  /** When it started, as a text that no later process with the same pid shares. */
  readonly start: string;
  /** Whether it runs; one that has ended and was not reaped (a zombie) does not. */
  readonly runs: boolean;
}

/** Which process has this pid. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  return process.platform === "linux" ? identityOnLinux(pid) : identityByPs(pid);
}

/** When the process with this pid started; `undefined` where no such process runs. */
export function processStart(pid: number): string | undefined {
  const identity = identityOf(pid);
  return identity?.runs ? identity.start : undefined;
}

/** The program that the process with this pid runs; `undefined` where no such process runs. */
export function programOf(pid: number): string | undefined {
  if (processStart(pid) === undefined) return undefined;
  if (process.platform !== "linux") return ps(pid, "comm=") ?? "";
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return ""; // another user's
  }
}

/** When the process with this pid started, in milliseconds since 1970 by the clock as it is now; `undefined` where that cannot be told. */
export function startTime(pid: number): number | undefined {
  const start = processStart(pid);
  if (start === undefined) return undefined;
  if (process.platform !== "linux") return Date.parse(start) || undefined;
  const [uptime = Number.NaN] = readFileSync("/proc/uptime", "utf8").split(" ").map(Number);
  return Date.now() - (uptime - Number(start) / TICKS_PER_SECOND) * 1000;
}

/** Of the times that Linux tells to programs, whatever the kernel's own clock: USER_HZ of proc_pid_stat(5). */
const TICKS_PER_SECOND = 100;

/** Fields 3 and 22 of /proc/PID/stat, after the command name in brackets: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function identityOnLinux(pid: number): ProcessIdentity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state = "", start = ""] = [fields[0], fields[19]];
    return { start, runs: !["Z", "X"].includes(state) };
  } catch {
    return undefined;
  }
}

function identityByPs(pid: number): ProcessIdentity | undefined {
  const [state = "", ...start] = (ps(pid, "state=,lstart=") ?? "").split(/\s+/);
  return state === "" ? undefined : { start: start.join(" "), runs: !state.startsWith("Z") };
}

function ps(pid: number, columns: string): string | undefined {
  try {
    return execFileSync("ps", ["-o", columns, "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return undefined;
  }
}
