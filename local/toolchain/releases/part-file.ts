import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm, stat } from "node:fs/promises";

/** What an earlier attempt has left of a file. */
export interface Part {
  readonly size: number;
  /** Over these bytes; it takes the next ones. */
  readonly hash: Hash;
}

/** Reads what there is of a file. */
export async function readPart(path: string, signal?: AbortSignal): Promise<Part> {
  const hash = createHash("sha256");
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return { size: 0, hash };
  let size = 0;
  for await (const chunk of createReadStream(path, signal ? { signal } : {})) {
    size += chunk.length;
    hash.update(chunk);
  }
  return { size, hash };
}

/** Forgets a part that cannot become the file. */
export async function dropPart(path: string): Promise<void> {
  await rm(path, { force: true });
}
