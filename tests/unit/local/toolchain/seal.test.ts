import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  brokenSeal,
  completeMarker,
  isSealed,
  sealEntry,
} from "../../../../local/toolchain/seal.ts";

let directory: string;
let program: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "seal-"));
  await mkdir(join(directory, "bin"));
  program = join(directory, "bin", "etcd");
  await writeFile(program, "built", { mode: 0o755 });
  await symlink("etcd", join(directory, "bin", "link"));
  await sealEntry(directory);
});

afterEach(() => rm(directory, { recursive: true, force: true }));

/** The same size and time as before, as somebody who hides a change would leave them. */
async function change(text: string): Promise<void> {
  await writeFile(program, text);
  await utimes(program, new Date(0), new Date(0));
}

test("brokenSeal: finds nothing when an entry is as it was built", async () => {
  expect(await isSealed(directory)).toBe(true);
  expect(await brokenSeal(directory)).toBeUndefined();
});

test("brokenSeal: finds nothing when files are the same under other times, and reads them once", async () => {
  await change("built");
  const before = await readFile(join(directory, completeMarker), "utf8");

  expect(await brokenSeal(directory)).toBeUndefined();

  const after = await readFile(join(directory, completeMarker), "utf8");
  expect(after).not.toBe(before);
  expect(await brokenSeal(directory)).toBeUndefined();
  expect(await readFile(join(directory, completeMarker), "utf8")).toBe(after);
});

test.each<[string, () => Promise<unknown>, string]>([
  ["a program is another one of the same size", () => change("other"), "is not what was built"],
  ["a program is gone", () => rm(program), "is gone"],
  [
    "others can write a program",
    () => chmod(program, 0o757),
    "can be written by other users (mode 0757)",
  ],
])("brokenSeal: names the file when %s", async (_, happens, reason) => {
  await happens();

  expect(await brokenSeal(directory)).toBe(`${program} ${reason}`);
});

test("brokenSeal: names the link when it leads elsewhere", async () => {
  const link = join(directory, "bin", "link");
  await rm(link);
  await symlink("/bin/sh", link);

  expect(await brokenSeal(directory)).toBe(`${link} is not what was built`);
});

test("brokenSeal: names the folder when others can write it", async () => {
  await chmod(join(directory, "bin"), 0o777);

  expect(await brokenSeal(directory)).toBe(
    `${join(directory, "bin")} can be written by other users (mode 0777)`,
  );
});

test.runIf(process.getuid?.() === 0)(
  "brokenSeal: names the file when it is another user's",
  async () => {
    await chown(program, 65_534, 65_534);

    expect(await brokenSeal(directory)).toBe(`${program} belongs to the user 65534`);
  },
);

test.each(["", "cut in the mid", '{"path":"a"'])(
  "isSealed: is false when the marker is %j",
  async (text) => {
    await writeFile(join(directory, completeMarker), text);

    expect(await isSealed(directory)).toBe(false);
  },
);
