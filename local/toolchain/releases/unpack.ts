import { createReadStream, createWriteStream } from "node:fs";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { normalize } from "node:path/posix";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import { messageOf } from "../../errors.ts";
import { storageTrouble } from "./storage-trouble.ts";
import { ReleaseUnavailable, Trouble } from "./unavailable.ts";

/** An archive, and what is wanted of it. */
export interface Unpacking {
  /** A tar.gz. */
  readonly archive: string;
  /** The name that a file of the archive, by its path in it, gets in the folder; nothing where it is not wanted. */
  readonly wanted: (path: string) => string | undefined;
  /** How many files are wanted; what follows the last of them is not read. */
  readonly count: number;
  /** An existing folder. Nothing is written elsewhere, whatever the archive's paths are. */
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
}

const EXECUTABLE = 0o755;

/** Four times the largest program. */
const MOST_BYTES = 2_000_000_000;

/** Writes one program; the rights that the archive gives it do not count. */
async function writeProgram(content: AsyncIterable<unknown>, path: string): Promise<void> {
  await pipeline(content, createWriteStream(path, { flags: "wx", mode: EXECUTABLE }));
  await chmod(path, EXECUTABLE); // The umask may have taken bits away.
}

async function unpack({ archive, count, folder, signal, wanted }: Unpacking): Promise<string[]> {
  const entries = extract();
  const reading = pipeline(
    createReadStream(archive),
    createGunzip(),
    entries,
    signal ? { signal } : {},
  ).catch(() => undefined); // What goes wrong is thrown by the loop below.
  const found: string[] = [];
  try {
    for await (const entry of entries) {
      const { name: path, size = 0, type } = entry.header;
      const name = type === "file" ? wanted(normalize(path)) : undefined;
      if (name === undefined) {
        entry.resume();
        continue;
      }
      if (size > MOST_BYTES)
        throw new Error(`${path} has ${size} bytes, must have ${MOST_BYTES} at most`);
      await writeProgram(entry, join(folder, name));
      found.push(name);
      if (found.length === count) break;
    }
  } finally {
    entries.destroy();
    await reading;
  }
  return found;
}

/**
 * Writes the wanted files of an archive, and yields the names of those that it has. Links and folders are passed over.
 *
 * @param place - where the archive came from, for messages
 * @throws ReleaseUnavailable where the archive is broken, or a wanted file is there twice or larger than 2 GB; ToolchainError where the disk
 * takes no more; the signal's reason when aborted
 */
export async function unpackRelease(place: string, unpacking: Unpacking): Promise<string[]> {
  try {
    return await unpack(unpacking);
  } catch (error) {
    unpacking.signal?.throwIfAborted();
    const trouble = storageTrouble(place, join(unpacking.folder, "program"), error);
    throw trouble ?? new ReleaseUnavailable(place, messageOf(error), Trouble.Lasting);
  }
}
