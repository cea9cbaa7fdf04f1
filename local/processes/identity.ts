import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

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
  try {
    const [state = "", ...start] = execFileSync("ps", ["-o", "state=,lstart=", "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    })
      .trim()
      .split(/\s+/);
    return state === "" ? undefined : { start: start.join(" "), runs: !state.startsWith("Z") };
  } catch {
    return undefined;
  }
}
