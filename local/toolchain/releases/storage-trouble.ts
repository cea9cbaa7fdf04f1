import { dirname } from "node:path";
import { ToolchainError } from "../toolchain-error.ts";

const FULL = ["ENOSPC", "EDQUOT"];
const REFUSED = ["EACCES", "EPERM", "EROFS"];

/** Says of an error of the file system what could not be kept and what to do; nothing where it is another error. */
export function storageTrouble(place: string, path: string, error: unknown) {
  const { code = "" } = (error ?? {}) as NodeJS.ErrnoException;
  const folder = dirname(path);
  const another = "or set PULUMI_KUBERNETES_SERVICES_CACHE to a folder on another disk";
  const again = "what has come is kept, so the same command goes on from here";
  if (FULL.includes(code)) {
    return new ToolchainError(`Cannot keep ${place}: the disk of ${folder} is full (${code})`, [
      `free some space there, ${another}; ${again}`,
    ]);
  }
  if (REFUSED.includes(code)) {
    return new ToolchainError(`Cannot keep ${place}: ${folder} cannot be written (${code})`, [
      `give it to the user who runs this (chown -R), ${another}`,
    ]);
  }
  return;
}
