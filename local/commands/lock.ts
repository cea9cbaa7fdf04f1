import { privateFolder } from "../files/private-folder.ts";
import { type LocalPaths, localPaths } from "../paths.ts";
import { report } from "../terminal.ts";
import { withFileLock } from "../toolchain/file-lock.ts";

/** A first start builds for a quarter of an hour; the second waits for it. */
const WAIT_SECONDS = 3600;

/** Runs what changes the embedded cluster while no other command of this checkout does. */
export function withLock<T>(
  paths: LocalPaths,
  signal: AbortSignal | undefined,
  run: () => Promise<T>,
): Promise<T> {
  for (const { root } of [localPaths(), paths]) privateFolder(root);
  const onWait = (holder: string) =>
    report(`Waiting for ${holder}, which is at work on ${paths.root}`);
  return withFileLock(paths.lock, { waitSeconds: WAIT_SECONDS, onWait, signal }, run);
}
