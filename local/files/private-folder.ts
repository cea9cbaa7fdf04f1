import { chmodSync, mkdirSync, statSync } from "node:fs";
import { fileError } from "./file-error.ts";

/** The umask of a process whose files are their owner's alone. */
export const PRIVATE = 0o077;

const OWNER_ONLY = 0o700;
const MODE_BITS = 0o777;

/**
 * Makes a folder, and those above it that are missing, for the owner's eyes alone; one that others can look into is closed.
 *
 * @throws UserError that names the folder, the reason and the way out
 */
export function privateFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: OWNER_ONLY });
    if ((statSync(path).mode & MODE_BITS) !== OWNER_ONLY) chmodSync(path, OWNER_ONLY);
  } catch (error) {
    throw fileError("make the folder", path, error);
  }
}
