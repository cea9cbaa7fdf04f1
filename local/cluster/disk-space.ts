import { statfs } from "node:fs/promises";
import { UserError } from "../errors.ts";
import { NEEDED_MEGABYTES } from "../files/file-error.ts";

const BYTES_PER_MEGABYTE = 1_000_000;
/** Less than this is none: a process that meets a full disk may wait for ever without a word, since its log is on it too. */
const NO_MEGABYTES = 1;
const LOOK_EVERY_MILLISECONDS = 500;

/** Fails when the file system of the folder has too little room for a cluster, before anything starts on it. */
export async function checkDiskSpace(folder: string): Promise<void> {
  const free = await freeMegabytes(folder);
  if (free >= NEEDED_MEGABYTES) return;
  throw new UserError(
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
  const look = async () => {
    if (await isFull(folder)) full.abort(fullError(folder));
  };
  const timer = setInterval(look, LOOK_EVERY_MILLISECONDS);
  try {
    return await work(AbortSignal.any([full.signal, ...(signal ? [signal] : [])]));
  } catch (error) {
    if (!signal?.aborted) await look();
    full.signal.throwIfAborted();
    throw error;
  } finally {
    clearInterval(timer);
  }
}

const fullError = (folder: string) =>
  new UserError(
    `Cannot start the cluster: the disk of ${folder} has become full; free some space there, a cluster needs ${NEEDED_MEGABYTES} MB, then run the same command again`,
  );

/** Where nobody can say, it is not. */
async function isFull(folder: string): Promise<boolean> {
  return (await freeMegabytes(folder).catch(() => NO_MEGABYTES)) < NO_MEGABYTES;
}

async function freeMegabytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return Math.floor((bavail * bsize) / BYTES_PER_MEGABYTE);
}
