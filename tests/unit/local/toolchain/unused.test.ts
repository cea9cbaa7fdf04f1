import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { entryOf } from "../../../../local/toolchain/cache.ts";
import { recipes } from "../../../../local/toolchain/recipes.ts";
import { completeMarker } from "../../../../local/toolchain/seal.ts";
import { noteUse, unusedEntries } from "../../../../local/toolchain/unused.ts";

const NOW = new Date("2026-11-29T12:00:00Z");
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
let cache: string;

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), "unused-"));
});
afterEach(() => rm(cache, { recursive: true }));

async function entry(name: string, lastUsed: Date, marker = completeMarker): Promise<string> {
  const directory = join(cache, name);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, marker), "0123456789");
  await utimes(directory, lastUsed, lastUsed);
  return directory;
}

describe("unusedEntries", () => {
  test("unusedEntries: names what nobody has used for so many days, with its size, the oldest first", async () => {
    await entry("etcd/3.5.0-aaa", daysAgo(31));
    await entry("kwok/0.7.0-bbb", daysAgo(90));
    await entry("kwok/0.7.0-ccc", daysAgo(29));

    const unused = await unusedEntries(30, cache, NOW);

    expect(unused.map(({ bytes, lastUsed, name }) => ({ bytes, lastUsed, name }))).toEqual([
      { name: "kwok 0.7.0-bbb", bytes: 10, lastUsed: daysAgo(90) },
      { name: "etcd 3.5.0-aaa", bytes: 10, lastUsed: daysAgo(31) },
    ]);
  });

  test("unusedEntries: leaves what this checkout needs, however old it is", async () => {
    for (const recipe of recipes) {
      const { directory } = await entryOf(recipe, cache);
      await entry(directory.slice(cache.length + 1), daysAgo(400));
    }

    expect(await unusedEntries(0, cache, NOW)).toEqual([]);
  });

  test("unusedEntries: leaves what is no complete entry, such as a build under way", async () => {
    const building = await entry("build/source", daysAgo(400), "go.mod");

    expect(await unusedEntries(0, cache, NOW)).toEqual([]);
    expect(existsSync(building)).toBe(true);
  });

  test("unusedEntries: knows of none where there is no cache", async () => {
    expect(await unusedEntries(0, join(cache, "none"), NOW)).toEqual([]);
  });
});

describe("noteUse", () => {
  test("noteUse: keeps an entry from counting as unused", async () => {
    const directory = await entry("etcd/3.5.0-aaa", daysAgo(31));

    await noteUse([directory], daysAgo(1));

    expect((await stat(directory)).mtime).toEqual(daysAgo(1));
    expect(await unusedEntries(30, cache, NOW)).toEqual([]);
  });

  test("noteUse: passes over what is gone", async () => {
    await expect(noteUse([join(cache, "gone")])).resolves.toBeUndefined();
  });
});
