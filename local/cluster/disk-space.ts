import { statfs } from "node:fs/promises";
import { messageOf, UserError } from "../errors.ts";
import { NEEDED_MEGABYTES } from "../files/file-error.ts";

const BYTES_PER_MEGABYTE = 1_000_000;
/** What etcd sets aside at a time, and some more: with less than this, what fails fails of it. */
const LITTLE_MEGABYTES = 150;
/** Less than this is none: a process that meets a full disk may wait for ever without a word, since its log is on it too. */
const NO_MEGABYTES = 1;
const LOOK_EVERY_MILLISECONDS = 500;

/** The disk has no room for a cluster. */
class NoRoomError extends UserError {}

/** Fails when the file system of the folder has too little room for a cluster, before anything starts on it. */
export async function checkDiskSpace(folder: string): Promise<void> {
  const free = await freeMegabytes(folder);
  if (free >= NEEDED_MEGABYTES) return;
  throw new NoRoomError(
    `Cannot start the cluster: the disk of ${folder} has ${free} MB free, must be at least ${NEEDED_MEGABYTES} MB; free some`,
  );
}

/**
 * Does something, and ends it by its signal when the file system of the folder has become full meanwhile.
 *
 * @throws UserError that says so, also in place of what fails then: a full disk leaves other errors without a reason
 */
export async function whileThereIsRoom<T>(
  folder: string,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const full = new AbortController();
  const timer = setInterval(async () => {
    if (await hasLess(folder, NO_MEGABYTES)) full.abort(fullError(folder));
  }, LOOK_EVERY_MILLISECONDS);
  try {
    return await work(AbortSignal.any([full.signal, ...(signal ? [signal] : [])]));
  } catch (error) {
    full.signal.throwIfAborted();
    if (error instanceof NoRoomError) throw error;
    const isOfTheDisk = !signal?.aborted && (await hasLess(folder, LITTLE_MEGABYTES));
    throw isOfTheDisk ? fullError(folder, error) : error;
  } finally {
    clearInterval(timer);
  }
}

const fullError = (folder: string, cause?: unknown) =>
  new NoRoomError(
    `Cannot start the cluster: the disk of ${folder} has become full; free some space there, a cluster needs ${NEEDED_MEGABYTES} MB, then run the same command again${cause === undefined ? "" : `. What failed: ${messageOf(cause)}`}`,
    { cause },
  );

/** Where nobody can say, it has not. */
async function hasLess(folder: string, megabytes: number): Promise<boolean> {
  return (await freeMegabytes(folder).catch(() => megabytes)) < megabytes;
}

async function freeMegabytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return Math.floor((bavail * bsize) / BYTES_PER_MEGABYTE);
}
