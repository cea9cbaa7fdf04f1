import { readFileSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";
import { messageOf, UserError } from "../errors.ts";
import { writeAtomically } from "../files/atomic-file.ts";
import { fileError } from "../files/file-error.ts";
import {
  describeHolder,
  type Holder,
  holderRuns,
  isElsewhere,
  parseHolder,
  thisProcess,
} from "../processes/holder.ts";

/** How to wait for a lock. */
export interface FileLockOptions {
  /**
   * How long to wait for the holder, in seconds.
   * @default 60
   */
  readonly waitSeconds?: number;
  /** Called once, with who holds the lock, when it is not free at once. */
  readonly onWait?: (holder: string) => void;
  /** Ends the wait; it does not interrupt what runs under the lock. */
  readonly signal?: AbortSignal | undefined;
}

/** Another process kept a lock for longer than one was ready to wait. */
export class FileLockedError extends UserError {
  constructor(path: string, held: string, wayOut: string) {
    super(`Cannot lock ${path}: ${held}; ${wayOut}`);
  }
}

const pollMilliseconds = 100;
const sqliteBusy = 5; // SQLITE_BUSY, https://sqlite.org/rescode.html#busy

const holderFile = (path: string): string => `${path}.holder`;

/** Opens the lock's database and takes its exclusive lock, or yields nothing if another has it. */
function tryLock(path: string): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: 0 });
    database.exec("BEGIN EXCLUSIVE");
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof Error && "errcode" in error && error.errcode === sqliteBusy) return;
    throw new UserError(
      `Cannot lock ${path}: ${messageOf(error)}; if its disk is not full and this user may write there, remove it (rm ${path})`,
      { cause: error },
    );
  }
}

/** The holder as it described itself; nobody cleans the note of a killed one, the next overwrites it. */
function readHolder(path: string): Holder | undefined {
  try {
    return parseHolder(readFileSync(holderFile(path), "utf8"));
  } catch {
    return undefined;
  }
}

function nameHolder(path: string): string {
  const holder = readHolder(path);
  return holder === undefined ? "another process" : describeHolder(holder);
}

/**
 * The operating system drops a lock with its holder, but on a folder that machines share it may not know of the locks of the others:
 * there the note alone says that one is at work.
 */
function refuseFromElsewhere(path: string): void {
  const holder = readHolder(path);
  if (holder === undefined || !isElsewhere(holder)) return;
  throw new FileLockedError(
    path,
    `${describeHolder(holder)} holds it, as ${holderFile(path)} says`,
    `wait for it to end or end it there; if it has ended, remove the note (rm ${holderFile(path)})`,
  );
}

/** Somebody removed the lock from under a process that is at work: its note is still there. */
function noteIsOfAnother(path: string): boolean {
  const holder = readHolder(path);
  return holder !== undefined && holder.pid !== process.pid && holderRuns(holder);
}

/** For those that wait: that it cannot be written, as on a full disk, keeps nobody from working. */
function leaveNote(path: string): void {
  try {
    writeAtomically(holderFile(path), JSON.stringify(thisProcess()));
  } catch {}
}

async function waitForLock(path: string, options: FileLockOptions): Promise<DatabaseSync> {
  const { waitSeconds = 60, onWait, signal } = options;
  const deadline = performance.now() + waitSeconds * 1000; // whatever happens to the clock
  let told = false;

  for (;;) {
    signal?.throwIfAborted();
    const database = tryLock(path);
    if (database && !noteIsOfAnother(path)) return database;
    database?.close();

    if (performance.now() >= deadline) {
      const held = waitSeconds > 0 ? `has held it for more than ${waitSeconds} s` : "holds it";
      throw new FileLockedError(
        path,
        `${nameHolder(path)} ${held}`,
        "wait for it to end, or end it",
      );
    }
    if (!told) {
      told = true;
      onWait?.(nameHolder(path));
    }
    await pause(pollMilliseconds);
  }
}

/**
 * Runs a function while no other process (and nothing else in this one) runs one under the same
 * path. The lock is an exclusive SQLite transaction on that file, which the operating system drops
 * with the process however it ends, so there are no stale locks to clear.
 *
 * @throws FileLockedError when the lock is not free within `waitSeconds`, or held on another machine, naming its holder.
 */
export async function withFileLock<T>(
  path: string,
  options: FileLockOptions,
  run: () => Promise<T>,
): Promise<T> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw fileError("make the folder", dirname(path), error);
  }
  const database = await waitForLock(path, options);
  try {
    refuseFromElsewhere(path);
    leaveNote(path);
    try {
      return await run();
    } finally {
      rmSync(holderFile(path), { force: true });
    }
  } finally {
    database.close();
  }
}
