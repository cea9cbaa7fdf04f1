import {
  closeSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { processStart } from "../processes/identity.ts";
import { fileError } from "./file-error.ts";

/** For the owner's eyes alone. */
const PRIVATE = 0o600;
const MODE_BITS = 0o777;

/** How a file is written. */
export interface WriteOptions {
  /**
   * Who may read, write and run it.
   * @default 0o600
   */
  readonly mode?: number;
}

/**
 * Writes a file whole or not at all, whatever ends this process or fills the disk meanwhile: into a new file beside it, which then
 * takes its place. A file that says the same already is left alone.
 *
 * @throws UserError that names the file, the reason and the way out
 */
export function writeAtomically(
  path: string,
  content: string | Uint8Array,
  { mode = PRIVATE }: WriteOptions = {},
): void {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  const unfinished = unfinishedName(path);
  try {
    removeUnfinished(path);
    if (isThere(path, bytes, mode)) return;
    writeDurably(unfinished, bytes, mode);
    renameSync(unfinished, path);
    syncFolder(dirname(path));
  } catch (error) {
    removeIfPossible(unfinished);
    throw fileError("write", path, error);
  }
}

function isThere(path: string, bytes: Uint8Array, mode: number): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile() || (stat.mode & MODE_BITS) !== mode || stat.size !== bytes.length)
    return false;
  return readFileSync(path).equals(bytes);
}

function writeDurably(path: string, bytes: Uint8Array, mode: number): void {
  const file = openSync(path, "wx", mode);
  try {
    fchmodSync(file, mode); // the umask may have taken bits away
    writeFileSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Until its folder is on the disk, a power cut may bring the file before back. */
function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

let count = 0;
let ownStart: string | undefined;

/** Says who writes it, so that another process can tell whether it still does. */
function unfinishedName(path: string): string {
  ownStart ??= asName(processStart(process.pid) ?? "");
  count += 1;
  return join(dirname(path), `.${basename(path)}.${process.pid}-${ownStart}-${count}.part`);
}

const asName = (start: string): string => start.replaceAll(/\W+/g, "_");

/** Removes what killed processes have left of their attempts to write the file. */
function removeUnfinished(path: string): void {
  const prefix = `.${basename(path)}.`;
  for (const name of readdirSync(dirname(path))) {
    const writer =
      name.startsWith(prefix) && /^(\d+)-(\w*)-\d+\.part$/.exec(name.slice(prefix.length));
    if (!writer || Number(writer[1]) === process.pid) continue;
    const start = processStart(Number(writer[1]));
    if (start === undefined || asName(start) !== writer[2])
      removeIfPossible(join(dirname(path), name));
  }
}

/** It is in nobody's way: that it stays must not hide what went wrong. */
function removeIfPossible(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {}
}
