import { chmodSync, mkdirSync } from "node:fs";

/** The umask of a process whose files are their owner's alone. */
export const PRIVATE = 0o077;

/** Makes a folder that its owner alone gets into, whatever the rights of what is in it; one that is there becomes such a folder. */
export function makePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chmodSync(path, 0o700); // an earlier version let everybody look into it
}
