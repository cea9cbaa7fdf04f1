import { readdirSync, readFileSync } from "node:fs";

/** A process as Linux tells of it: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
export interface Process {
  readonly pid: number;
  readonly name: string;
  /** One letter; `Z` has ended and was not reaped. */
  readonly state: string;
  readonly parent: number;
  /** The process that leads its group. */
  readonly group: number;
}

/** What a file of a process says; nothing when the process has ended. */
export function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

/** All processes of this machine. */
export function processes(): Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => processOf(Number(pid)));
}

/** Processes and all that they have started, each before its own. */
export function withChildren(pids: readonly number[]): Process[] {
  const all = processes();
  const children = Map.groupBy(all, ({ parent }) => parent);
  const below = (one: Process): Process[] => [one, ...(children.get(one.pid) ?? []).flatMap(below)];
  return all.filter(({ pid }) => pids.includes(pid)).flatMap(below);
}

// A name may have brackets and spaces; the last bracket is its end.
function processOf(pid: number): Process[] {
  const found = /^\d+ \((.*)\) (\S) (\d+) (\d+) /s.exec(readProc(pid, "stat"));
  if (found === null) return [];
  const [, name = "", state = "", parent, group] = found;
  return [{ pid, name, state, parent: Number(parent), group: Number(group) }];
}
