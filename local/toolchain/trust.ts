import { lstat, realpath } from "node:fs/promises";
import { delimiter, dirname, isAbsolute, join, sep } from "node:path";

/** What of a file or folder decides who can change it. */
export interface Ownership {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly isDirectory: boolean;
}

const STICKY = 0o1000;
const octal = (mode: number): string => `0${(mode & 0o7777).toString(8)}`;

/**
 * Says why another user could have changed a file or what is in a folder, or nothing when only root and this user can. In a folder with
 * the sticky bit, such as /tmp, others cannot replace what is not theirs.
 */
export function openToOthers(
  { gid, isDirectory, mode, uid }: Ownership,
  user = process.getuid?.() ?? 0,
): string | undefined {
  if (uid !== 0 && uid !== user) return `belongs to the user ${uid}`;
  if (isDirectory && (mode & STICKY) !== 0) return;
  const byGroup = (mode & 0o020) !== 0 && gid !== 0;
  return byGroup || (mode & 0o002) !== 0
    ? `can be written by other users (mode ${octal(mode)})`
    : undefined;
}

async function reasonAt(path: string): Promise<string | undefined> {
  const stats = await lstat(path);
  if (stats.isSymbolicLink()) return; // What decides is the folder it is in, and what it leads to.
  const reason = openToOthers({ ...stats, isDirectory: stats.isDirectory() });
  return reason && `${path} ${reason}`;
}

const upwards = (path: string): string[] =>
  path === dirname(path) ? [path] : [path, ...upwards(dirname(path))];

/**
 * Says why another user could have changed what is run by a path: the file, or a folder above it, of the path as it is given and of what
 * its links lead to. Nothing when none could.
 *
 * @throws Error when there is no such file
 */
export async function distrust(path: string): Promise<string | undefined> {
  const places = new Set([...upwards(path), ...upwards(await realpath(path))]);
  const reasons = await Promise.all([...places].map(reasonAt));
  return reasons.find((reason) => reason !== undefined);
}

/**
 * The folders of PATH in which no other user can put a program. Folders below `ours` stay, with any owner: what runs now comes from there.
 *
 * @param report - told of each folder that is left out
 */
export async function trustedPath(
  path: string,
  ours: string,
  report: (line: string) => void,
): Promise<string> {
  const folders = path.split(delimiter).filter((folder) => folder !== "");
  const kept = await Promise.all(
    folders.map(async (folder) => {
      if (!isAbsolute(folder)) return false;
      if (folder.startsWith(join(ours, sep))) return true;
      const reason = await distrust(folder).catch(() => undefined); // a folder that is not there
      if (reason) report(`Leaving ${folder} out of PATH: ${reason}`);
      return reason === undefined;
    }),
  );
  return folders.filter((_, index) => kept[index]).join(delimiter);
}
