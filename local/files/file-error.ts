import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import { messageOf, UserError } from "../errors.ts";

/** What the first start of a cluster needs in its folder: etcd alone sets 128 MB aside; the rest is its growth, logs and compiled code. */
export const NEEDED_MEGABYTES = 500;
const BYTES_PER_MEGABYTE = 1_000_000;

const AGAIN = "then run the same command again";

/** Why a file or folder could not be written, and the way out, by the code of the system's error. */
const explanations: Readonly<Record<string, (path: string) => string>> = {
  ENOSPC: (path) =>
    `the disk of ${dirname(path)} is full${freeThere(dirname(path))}; free some space there, a cluster needs ${NEEDED_MEGABYTES} MB, ${AGAIN}`,
  EDQUOT: (path) =>
    `the quota of this user on the disk of ${dirname(path)} is used up; free some space there, a cluster needs ${NEEDED_MEGABYTES} MB, ${AGAIN}`,
  EFBIG: () => `it is larger than this shell lets files be; raise the limit (ulimit -f), ${AGAIN}`,
  EROFS: (path) =>
    `the disk of ${dirname(path)} can only be read; mount it so that it can be written, ${AGAIN}`,
  EACCES: (path) => `${ownersFault(path)}, ${AGAIN}`,
  EPERM: (path) => `${ownersFault(path)}, ${AGAIN}`,
  EISDIR: () => `a folder of this name is in the way; remove it, ${AGAIN}`,
  ENOTDIR: () => `a file is in the way where a folder must be; remove it, ${AGAIN}`,
  EEXIST: () => `a file is in the way where a folder must be; remove it, ${AGAIN}`,
  EIO: (path) => `the disk of ${dirname(path)} reports an error; see the system's log`,
};

/** Says which file could not be written, why, and what to do; an error that is none of the file system's stays as it is. */
export function fileError(action: string, path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof UserError || code === undefined) return error;
  const explanation = explanations[code]?.(path) ?? messageOf(error);
  return new UserError(`Cannot ${action} ${path}: ${explanation}`, { cause: error });
}

/** The same for an error of the file system that comes from elsewhere and names its own path, or none. */
export function explained(error: unknown, folder: string): unknown {
  const { code, path } = error as NodeJS.ErrnoException;
  return code !== undefined && isDiskFull(code)
    ? fileError("write", path ?? `${folder}/…`, error)
    : error;
}

const isDiskFull = (code: string): boolean => code === "ENOSPC" || code === "EDQUOT";

const ownersFault = (path: string) =>
  `this user may not write there; give ${dirname(path)} to the user who runs this (chown -R)`;

/** A disk can be full although there is room: of inodes, one a file, there is a number too. */
function freeThere(folder: string): string {
  try {
    const { bavail, bsize, ffree, files } = statfsSync(folder);
    const megabytes = Math.floor((bavail * bsize) / BYTES_PER_MEGABYTE);
    return files > 0 && ffree === 0 ? " (no inode is free)" : ` (${megabytes} MB are free)`;
  } catch {
    return "";
  }
}
