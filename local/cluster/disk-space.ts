import { statfs } from "node:fs/promises";
import { UserError } from "../errors.ts";
import { NEEDED_MEGABYTES } from "../files/file-error.ts";

const BYTES_PER_MEGABYTE = 1_000_000;

/** Fails when the file system of the folder has too little room for a cluster, before anything starts on it. */
export async function checkDiskSpace(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = Math.floor((bavail * bsize) / BYTES_PER_MEGABYTE);
  if (free >= NEEDED_MEGABYTES) return;
  throw new UserError(
    `Cannot start the cluster: the disk of ${folder} has ${free} MB free, must be at least ${NEEDED_MEGABYTES} MB; free some`,
  );
}
