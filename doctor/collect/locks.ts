import { existsSync, readdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

/** What the engine writes into the lock of a stack: https://github.com/pulumi/pulumi/blob/v3.276.0/pkg/backend/diy/lock.go */
export interface EngineLock {
  readonly pid: number;
  readonly hostname: string;
  /** When it was taken, in milliseconds since 1970; not a number where the lock does not say it. */
  readonly taken: number;
}

/** What this machine knows of a process that has the pid of a lock. */
export interface RunningProcess {
  /** When it started, by the clock as it is now; `undefined` where that cannot be told. */
  readonly started: number | undefined;
  /** Its program, as a path or a name. */
  readonly program: string;
}

/** What a lock is worth. */
export const LockState = {
  /** The engine that took it is at work. */
  Held: "held",
  /** The engine that took it has ended without giving it back. */
  Stale: "stale",
  /** It was taken on another machine, where this one cannot look. */
  Elsewhere: "elsewhere",
} as const;
/** What a lock is worth. */
export type LockState = (typeof LockState)[keyof typeof LockState];

/** Between the start of a process and its lock, the clock may be set by a little. */
const CLOCK_SLACK_MILLISECONDS = 2000;

/** Judges a lock by its host, its pid and its time: a process that started after the lock was taken has not taken it. */
export function stateOfLock(
  lock: EngineLock,
  process: RunningProcess | undefined,
  { host, now }: { readonly host: string; readonly now: number },
): LockState {
  if (lock.hostname !== host) return LockState.Elsewhere;
  if (process === undefined) return LockState.Stale;
  // A lock without a time, or from a time to come, was taken by another clock than this: then the program alone tells.
  const isOfThisClock = lock.taken <= now + CLOCK_SLACK_MILLISECONDS;
  if (process.started === undefined || !isOfThisClock) {
    return /pulumi/.test(process.program) ? LockState.Held : LockState.Stale;
  }
  return process.started > lock.taken + CLOCK_SLACK_MILLISECONDS ? LockState.Stale : LockState.Held;
}

/** Where the locks of a stack are in the engine's file backend. */
export const lockFolder = (backend: string, project: string, stack: string): string =>
  join(backend, ".pulumi", "locks", "organization", project, stack);

/** A file with a lock, and what the lock is worth. */
export interface JudgedLock {
  /** The file. */
  readonly path: string;
  /** Its content; undefined if it cannot be read. */
  readonly lock: EngineLock | undefined;
  readonly state: LockState;
}

/**
 * The locks in a folder: one file each. Of one that cannot be read nobody can tell who holds it: it is stale.
 *
 * @param look - finds the process with a pid
 */
export function locksIn(
  folder: string,
  look: (pid: number) => RunningProcess | undefined,
): readonly JudgedLock[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return names.map((name) => {
    const path = join(folder, name);
    const lock = readLock(path);
    const here = { host: hostname(), now: Date.now() };
    return { path, lock, state: lock ? stateOfLock(lock, look(lock.pid), here) : LockState.Stale };
  });
}

function readLock(path: string): EngineLock | undefined {
  try {
    const { pid, hostname, timestamp } = JSON.parse(readFileSync(path, "utf8"));
    if (!Number.isInteger(pid) || typeof hostname !== "string") return undefined;
    return { pid, hostname, taken: Date.parse(timestamp) };
  } catch {
    return undefined;
  }
}
