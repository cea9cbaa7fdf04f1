import { access, constants, mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { messageOf } from "../errors.ts";
import { ToolchainError } from "./toolchain-error.ts";

const OWN =
  "set PULUMI_KUBERNETES_SERVICES_CACHE to a folder of your own, on a disk with enough room";

/** The folder that decides whether another can be made: it, or the nearest one above it that is there. */
async function nearest(
  directory: string,
): Promise<{ readonly path: string; readonly uid: number }> {
  const found = await stat(directory).catch(() => undefined);
  if (found || directory === dirname(directory)) return { path: directory, uid: found?.uid ?? 0 };
  return nearest(dirname(directory));
}

/** Says why a folder cannot be the cache, and what to do. */
export async function cacheTrouble(
  directory: string,
  error: unknown,
  user = process.getuid?.() ?? 0,
): Promise<ToolchainError> {
  const { code } = error as NodeJS.ErrnoException;
  const fail = (reason: string, ...cures: string[]) =>
    new ToolchainError(`Cannot use the cache ${directory}: ${reason}`, [...cures, OWN]);
  switch (code) {
    case "EACCES":
    case "EPERM": {
      const { path, uid } = await nearest(directory);
      return fail(
        `${path === directory ? "it" : path} belongs to the user ${uid}, and the user ${user}, who runs this, may not write there`,
        ...(path === directory
          ? [`give it to the user who runs this (chown -R ${user} ${path})`]
          : []),
      );
    }
    case "EROFS":
      return fail("its disk can only be read");
    case "ENOSPC":
    case "EDQUOT":
      return fail(`its disk is full (${code})`, "free some space there");
    case "EEXIST":
    case "ENOTDIR":
      return fail("a file is in the way where a folder must be", "remove that file");
    default:
      return fail(messageOf(error));
  }
}

/**
 * Makes the folder of the cache where it is missing.
 *
 * @throws ToolchainError where this user cannot write there
 */
export async function prepareCache(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    await access(directory, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw await cacheTrouble(directory, error);
  }
}
