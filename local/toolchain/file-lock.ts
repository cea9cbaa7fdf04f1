import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";

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
export class FileLockedError extends Error {
  override readonly name = "FileLockedError";

  constructor(path: string, holder: string, waitSeconds: number) {
    const held = waitSeconds > 0 ? `has held it for more than ${waitSeconds} s` : "holds it";
    super(`Cannot lock ${path}: ${holder} ${held}; wait for it to end, or end it`);
  }
}

const pollMilliseconds = 100;
const sqliteBusy = 5; // SQLITE_BUSY, https://sqlite.org/rescode.html#busy

const holderFile = (path: string): string => `${path}.holder`;

/** Opens the lock's database and takes its exclusive lock, or yields nothing if another has it. */
function tryLock(path: string): DatabaseSync | undefined {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
    return database;
  } catch (error) {
    database.close();
    if (error instanceof Error && "errcode" in error && error.errcode === sqliteBusy) return;
    throw error;
  }
}

/** The holder as it described itself; nobody cleans the note of a killed one, the next overwrites it. */
function readHolder(path: string): string {
  try {
    return readFileSync(holderFile(path), "utf8");
  } catch {
    return "another process";
  }
}

async function waitForLock(path: string, options: FileLockOptions): Promise<DatabaseSync> {
  const { waitSeconds = 60, onWait, signal } = options;
  const deadline = Date.now() + waitSeconds * 1000;
  let told = false;

  for (;;) {
    signal?.throwIfAborted();
    const database = tryLock(path);
    if (database) return database;

    if (Date.now() >= deadline) {
      throw new FileLockedError(path, readHolder(path), waitSeconds);
    }
    if (!told) {
      told = true;
      onWait?.(readHolder(path));
    }
    await pause(pollMilliseconds);
  }
}

/**
 * Runs a function while no other process (and nothing else in this one) runs one under the same
 * path. The lock is an exclusive SQLite transaction on that file, which the operating system drops
 * with the process however it ends, so there are no stale locks to clear.
 *
 * @throws FileLockedError when the lock is not free within `waitSeconds`, naming its holder.
 */
export async function withFileLock<T>(
  path: string,
  options: FileLockOptions,
  run: () => Promise<T>,
): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  const database = await waitForLock(path, options);
  try {
    const since = new Date().toTimeString().slice(0, 8);
    writeFileSync(
      holderFile(path),
      `process ${process.pid} (started in ${process.cwd()} at ${since})`,
    );
    return await run();
  } finally {
    rmSync(holderFile(path), { force: true });
    database.close();
  }
}
