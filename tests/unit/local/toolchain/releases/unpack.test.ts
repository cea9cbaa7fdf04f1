import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ReleaseUnavailable } from "../../../../../local/toolchain/releases/unavailable.ts";
import { unpackRelease } from "../../../../../local/toolchain/releases/unpack.ts";
import { type Member, tarGz } from "./archives.ts";
import { patience } from "./patience.ts";

let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "unpack-"));
  folder = join(parent, "output");
  await mkdir(folder);
});

afterEach(() => rm(parent, { recursive: true, force: true }));

const namedSo = (path: string) => (basename(path) === "etcd" ? "etcd" : undefined);

/** Takes `etcd` out of an archive, from wherever it is. */
async function unpack(members: readonly Member[] | Buffer, count = 1) {
  const archive = join(parent, "archive.tar.gz");
  await writeFile(archive, Buffer.isBuffer(members) ? members : await tarGz(members));
  return unpackRelease("https://x/a.tar.gz", { archive, wanted: namedSo, count, folder });
}

describe("unpackRelease", patience, () => {
  test("unpackRelease: writes the wanted file alone, executable, when there are others", async () => {
    const found = await unpack([
      [{ name: "v1/", type: "directory" }],
      [{ name: "v1/README" }, "read me"],
      [{ name: "v1/etcd", mode: 0o4777 }, "program"],
      [{ name: "v1/etcdctl" }, "other"],
    ]);

    expect(found).toEqual(["etcd"]);
    expect(await readdir(folder)).toEqual(["etcd"]);
    expect(await readFile(join(folder, "etcd"), "utf8")).toBe("program");
    expect((await stat(join(folder, "etcd"))).mode & 0o7777).toBe(0o755);
  });

  test("unpackRelease: writes what others may run when new files are for the owner alone", async () => {
    const before = process.umask(0o077);

    await unpack([[{ name: "etcd" }, "program"]]).finally(() => process.umask(before));

    expect((await stat(join(folder, "etcd"))).mode & 0o777).toBe(0o755);
  });

  test("unpackRelease: writes into the folder alone when a path leads out of it", async () => {
    await unpack([[{ name: "../../etcd" }, "program"]]);

    expect(await readdir(parent)).toEqual(["archive.tar.gz", "output"]);
    expect(await readdir(folder)).toEqual(["etcd"]);
  });

  test.each(["symlink", "link", "directory"] as const)(
    "unpackRelease: finds nothing when what has the name is a %s",
    async (type) => {
      const found = await unpack([[{ name: "v1/etcd", type, linkname: "/etc/passwd" }]]);

      expect([found, await readdir(folder)]).toEqual([[], []]);
    },
  );

  test("unpackRelease: fails when a file is there twice, and not when nothing after the first is read", async () => {
    const twice: readonly Member[] = [
      [{ name: "a/etcd" }, "one"],
      [{ name: "b/etcd" }, "two"],
    ];

    expect(await unpack(twice, 1)).toEqual(["etcd"]);
    await rm(join(folder, "etcd"));
    await expect(unpack(twice, 2)).rejects.toThrow(ReleaseUnavailable);
  });

  test.each([
    ["is no archive", () => Buffer.from("not an archive")],
    ["is cut", async () => (await tarGz([[{ name: "etcd" }, "x".repeat(100)]])).subarray(0, 60)],
  ])("unpackRelease: fails as unavailable when the file %s", async (_, make) => {
    const error = await unpack(await make()).catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(ReleaseUnavailable);
    expect(String(error)).toContain("https://x/a.tar.gz: ");
  });

  test("unpackRelease: fails with the signal's reason when it is aborted", async () => {
    const archive = join(parent, "archive.tar.gz");
    await writeFile(archive, await tarGz([[{ name: "etcd" }, "program"]]));
    const signal = AbortSignal.abort(new Error("Ctrl-C"));

    const unpacking = { archive, wanted: namedSo, count: 1, folder, signal };

    await expect(unpackRelease("https://x", unpacking)).rejects.toThrow("Ctrl-C");
  });
});
