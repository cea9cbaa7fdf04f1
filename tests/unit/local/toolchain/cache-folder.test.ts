import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cacheTrouble, prepareCache } from "../../../../local/toolchain/cache-folder.ts";
import { ensureToolchain } from "../../../../local/toolchain/ensure-toolchain.ts";

const OWN =
  "set PULUMI_KUBERNETES_SERVICES_CACHE to a folder of your own, on a disk with enough room";
const coded = (code: string) => Object.assign(new Error(`${code}: refused`), { code });

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cache-folder-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("cacheTrouble", () => {
  test.each(["EACCES", "EPERM"])(
    "cacheTrouble: names both users, the folder and two cures when the cache is another user's (%s)",
    async (code) => {
      const owner = process.getuid?.() ?? 0;

      const error = await cacheTrouble(folder, coded(code), 1234);

      expect(error.message.split("\n")).toEqual([
        `Cannot use the cache ${folder}: it belongs to the user ${owner}, and the user 1234, who runs this, may not write there`,
        `  - give it to the user who runs this (chown -R 1234 ${folder})`,
        `  - ${OWN}`,
      ]);
    },
  );

  test("cacheTrouble: gives nobody the folder above it when that is another user's", async () => {
    const owner = process.getuid?.() ?? 0;
    const directory = join(folder, "of", "another");

    const { message, problems } = await cacheTrouble(directory, coded("EACCES"), 1234);

    expect(message).toContain(
      `Cannot use the cache ${directory}: ${folder} belongs to the user ${owner},`,
    );
    expect(problems).toEqual([OWN]);
  });

  test.each([
    ["EROFS", "its disk can only be read", []],
    ["ENOSPC", "its disk is full (ENOSPC)", ["free some space there"]],
    ["EDQUOT", "its disk is full (EDQUOT)", ["free some space there"]],
    ["ENOTDIR", "a file is in the way where a folder must be", ["remove that file"]],
    ["EIO", "EIO: refused", []],
  ])("cacheTrouble: says why and what to do when the error is %s", async (code, reason, cures) => {
    const { message, problems } = await cacheTrouble("/cache", coded(code));

    expect(message).toContain(`Cannot use the cache /cache: ${reason}`);
    expect(problems).toEqual([...cures, OWN]);
  });
});

describe("prepareCache", () => {
  test("prepareCache: makes the folder, and leaves what is there, when it can", async () => {
    const directory = join(folder, "a", "b");
    await prepareCache(directory);
    await writeFile(join(directory, "kept"), "kept");

    await prepareCache(directory);

    expect(await readFile(join(directory, "kept"), "utf8")).toBe("kept");
  });

  test("ensureToolchain: fails with one message when the cache cannot be a folder", async () => {
    const file = join(folder, "file");
    await writeFile(file, "");

    const ensuring = ensureToolchain({
      tools: ["pulumi"],
      cacheDirectory: join(file, "cache"),
      report: () => undefined,
    });

    await expect(ensuring).rejects.toThrow(
      `Cannot use the cache ${join(file, "cache")}: a file is in the way`,
    );
  });
});
