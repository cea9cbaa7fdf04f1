import { createHash } from "node:crypto";
import { createReadStream, lstatSync, type Stats } from "node:fs";
import { lstat, readdir, readFile, readlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { writeAtomically } from "../files/atomic-file.ts";
import { distrust, openToOthers } from "./trust.ts";

/** Written last into an entry of the cache: an entry without it does not count. It lists the entry's files. */
export const completeMarker = "complete";

/** One file of an entry as it was when it was built. */
interface Sealed {
  readonly path: string;
  /** SHA-256 of a file, the target of a link. */
  readonly content: string;
  /** What changes whenever the file does, so that one that has not changed need not be read. */
  readonly state: string;
}

const stateOf = ({ ctimeMs, ino, size }: Stats): string => `${size} ${ino} ${Math.round(ctimeMs)}`;

async function contentOf(path: string, stats: Stats): Promise<string> {
  if (stats.isSymbolicLink()) return `-> ${await readlink(path)}`;
  const digest = createHash("sha256");
  await pipeline(createReadStream(path), digest);
  return digest.digest("hex");
}

/** The files and links of an entry, as paths inside it. */
async function filesOf(directory: string): Promise<string[]> {
  const found = await readdir(directory, { withFileTypes: true, recursive: true });
  return found
    .filter((item) => !item.isDirectory())
    .map((item) => join(item.parentPath, item.name).slice(directory.length + 1))
    .filter((path) => path !== completeMarker)
    .sort();
}

function write(directory: string, sealed: readonly Sealed[]): void {
  writeAtomically(
    join(directory, completeMarker),
    sealed.map((file) => JSON.stringify(file)).join("\n"),
  );
}

/** Writes down what an entry holds, which completes it. */
export async function sealEntry(directory: string): Promise<void> {
  const sealed: Sealed[] = [];
  for (const path of await filesOf(directory)) {
    const stats = await lstat(join(directory, path));
    const content = await contentOf(join(directory, path), stats);
    sealed.push({ path, content, state: stateOf(stats) });
  }
  write(directory, sealed);
}

/** What a marker lists; nothing of one that is cut or was written before there were lists. */
function readSeal(text: string): readonly Sealed[] {
  try {
    return text.split("\n").map((line) => JSON.parse(line) as Sealed);
  } catch {
    return [];
  }
}

/** Whether an entry has been completed. */
export async function isSealed(directory: string): Promise<boolean> {
  const text = await readFile(join(directory, completeMarker), "utf8").catch(() => "");
  return readSeal(text).length > 0;
}

/**
 * Says why what is in an entry must not be run: another user could have changed it, or it is not what was built. A file that has not
 * changed since it was last looked at is not read again.
 */
export async function brokenSeal(directory: string): Promise<string | undefined> {
  const open = await distrust(join(directory, completeMarker));
  if (open) return open;
  const sealed = readSeal(await readFile(join(directory, completeMarker), "utf8"));
  for (const folder of new Set(sealed.map(({ path }) => dirname(join(directory, path))))) {
    const stats = await lstat(folder).catch(() => undefined);
    const reason = stats && openToOthers({ ...stats, isDirectory: true });
    if (reason) return `${folder} ${reason}`;
  }
  const now: Sealed[] = [];
  for (const file of sealed) {
    const path = join(directory, file.path);
    const stats = lstatSync(path, { throwIfNoEntry: false }); // many, and each at once
    if (stats === undefined) return `${path} is gone`;
    const reason = stats.isSymbolicLink()
      ? undefined
      : openToOthers({ ...stats, isDirectory: false });
    if (reason) return `${path} ${reason}`;
    const state = stateOf(stats);
    if (state !== file.state && (await contentOf(path, stats)) !== file.content) {
      return `${path} is not what was built`;
    }
    now.push({ ...file, state });
  }
  if (now.some(({ state }, index) => state !== sealed[index]?.state)) write(directory, now);
  return;
}
