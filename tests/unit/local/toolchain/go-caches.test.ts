import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import {
  beginGraphCache,
  graphCache,
  removeGraphCache,
  STANDARD_LIBRARY,
} from "../../../../local/toolchain/go-caches.ts";

function buildFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "go-caches-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

async function compiled(folder: string, cache: string, name: string): Promise<string> {
  const path = join(graphCache(folder, cache), name);
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, name);
  return path;
}

test("beginGraphCache: begins with links to the standard library, which stays when the graph's cache goes", async () => {
  const folder = buildFolder();
  const shared = await compiled(folder, STANDARD_LIBRARY, "0a/fmt-d");

  await beginGraphCache(folder, "kubernetes");

  const own = join(graphCache(folder, "kubernetes"), "0a/fmt-d");
  expect(statSync(own).ino).toBe(statSync(shared).ino);
  await removeGraphCache(folder, "kubernetes");
  expect(existsSync(own)).toBe(false);
  expect(await readFile(shared, "utf8")).toBe("0a/fmt-d");
});

test("beginGraphCache: leaves what an interrupted build has compiled", async () => {
  const folder = buildFolder();
  await compiled(folder, STANDARD_LIBRARY, "0a/fmt-d");
  const own = await compiled(folder, "kubernetes", "0b/api-d");

  await beginGraphCache(folder, "kubernetes");

  expect(existsSync(own)).toBe(true);
  expect(existsSync(join(graphCache(folder, "kubernetes"), "0a/fmt-d"))).toBe(false);
});

test("beginGraphCache: begins anew where the links were not all made", async () => {
  const folder = buildFolder();
  await compiled(folder, STANDARD_LIBRARY, "0a/fmt-d");
  const half = await compiled(folder, "kubernetes.beginning", "0c/half-d");

  await beginGraphCache(folder, "kubernetes");

  expect(existsSync(half)).toBe(false);
  expect(existsSync(join(graphCache(folder, "kubernetes"), "0a/fmt-d"))).toBe(true);
});

test("beginGraphCache: makes nothing where the standard library was not compiled apart", async () => {
  const folder = buildFolder();

  await beginGraphCache(folder, "kubernetes");

  expect(existsSync(graphCache(folder, "kubernetes"))).toBe(false);
});
