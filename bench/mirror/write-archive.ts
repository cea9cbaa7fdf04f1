import { randomBytes } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { type Pack, pack } from "tar-stream";

/** A file of an archive. */
export interface ArchiveMember {
  /** Its path in the archive. */
  readonly path: string;
  /** Where its content is on this machine. */
  readonly file: string;
}

const EXECUTABLE = 0o755;
const BLOCK_BYTES = 1_000_000;

/** Bytes that no compression makes fewer. */
function* noise(bytes: number) {
  for (let left = bytes; left > 0; left -= BLOCK_BYTES) {
    yield randomBytes(Math.min(left, BLOCK_BYTES));
  }
}

async function fill(archive: Pack, members: readonly ArchiveMember[], besides: number) {
  if (besides > 0) {
    await pipeline(noise(besides), archive.entry({ name: "besides", size: besides }));
  }
  for (const { file, path } of members) {
    const { size } = await stat(file);
    const entry = archive.entry({ name: path, size, mode: EXECUTABLE });
    await pipeline(createReadStream(file), entry);
  }
  archive.finalize();
}

/**
 * Writes a tar.gz.
 *
 * @param besides - for how many bytes a publisher's archive has what nobody here wants; they come first
 */
export async function writeArchive(
  target: string,
  members: readonly ArchiveMember[],
  besides: number,
): Promise<void> {
  const archive = pack();
  const writing = pipeline(archive, createGzip(), createWriteStream(target));
  await Promise.all([writing, fill(archive, members, besides)]);
}
