import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { Entry } from "./cache.ts";
import { sealEntry } from "./seal.ts";

/** Seals what was made beside the cache and moves it into it whole, so that half of an entry never counts. */
export async function placeEntry(output: string, entry: Entry): Promise<void> {
  await sealEntry(output);
  await rm(entry.directory, { recursive: true, force: true });
  await mkdir(dirname(entry.directory), { recursive: true });
  await rename(output, entry.directory);
}
