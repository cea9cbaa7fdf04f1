import { existsSync } from "node:fs";
import { lstat, readdir, utimes } from "node:fs/promises";
import { join } from "node:path";
import { defaultCacheDirectory, entryOf } from "./cache.ts";
import { recipes } from "./recipes.ts";
import { completeMarker } from "./seal.ts";

const MILLISECONDS_PER_DAY = 86_400_000;

/** An entry of the cache that this checkout does not need. */
export interface Unused {
  /** As in `etcd 3.6.16-0123456789ab`. */
  readonly name: string;
  readonly directory: string;
  readonly bytes: number;
  /** When a checkout last asked for it. */
  readonly lastUsed: Date;
}

/** Notes that a checkout has asked for entries, by the time at which their folders were changed. */
export async function noteUse(directories: Iterable<string>, now = new Date()): Promise<void> {
  for (const directory of directories) {
    // What another user owns is not ours to note.
    await utimes(directory, now, now).catch(() => undefined);
  }
}

/** Entries that this checkout does not need, and no other one has asked for in so many days; the oldest first. */
export async function unusedEntries(
  days: number,
  cacheDirectory = defaultCacheDirectory(),
  now = new Date(),
): Promise<Unused[]> {
  const own = await Promise.all(recipes.map((recipe) => entryOf(recipe, cacheDirectory)));
  const needed = new Set(own.map(({ directory }) => directory));
  const unused: Unused[] = [];
  for (const directory of await entriesIn(cacheDirectory)) {
    const { mtime } = await lstat(directory);
    const age = (now.getTime() - mtime.getTime()) / MILLISECONDS_PER_DAY;
    if (needed.has(directory) || age < days) continue;
    const name = directory.slice(cacheDirectory.length + 1).replace("/", " ");
    unused.push({ name, directory, bytes: await bytesIn(directory), lastUsed: mtime });
  }
  return unused.sort((one, other) => one.lastUsed.getTime() - other.lastUsed.getTime());
}

/** Complete entries, each in the folder of its recipe. Nothing else in the cache is an entry. */
async function entriesIn(cacheDirectory: string): Promise<string[]> {
  if (!existsSync(cacheDirectory)) return [];
  const found = await readdir(cacheDirectory, { withFileTypes: true });
  const entries: string[] = [];
  for (const { name } of found.filter((item) => item.isDirectory())) {
    for (const item of await readdir(join(cacheDirectory, name), { withFileTypes: true })) {
      const directory = join(cacheDirectory, name, item.name);
      if (item.isDirectory() && existsSync(join(directory, completeMarker)))
        entries.push(directory);
    }
  }
  return entries;
}

async function bytesIn(directory: string): Promise<number> {
  const found = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = found.filter((item) => item.isFile());
  const sizes = await Promise.all(files.map((it) => lstat(join(it.parentPath, it.name))));
  return sizes.reduce((sum, { size }) => sum + size, 0);
}
