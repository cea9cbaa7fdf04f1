import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { distrust, openToOthers, trustedPath } from "../../../../local/toolchain/trust.ts";

describe("openToOthers", () => {
  const [root, me, other] = [0, 1000, 1001];
  test.each<[string, number, number, number, boolean, string | undefined]>([
    ["a program of root's", 0o755, root, 0, false, undefined],
    ["one's own program", 0o700, me, me, false, undefined],
    ["a program that root's group can write", 0o775, root, 0, false, undefined],
    [
      "a program that another group can write",
      0o775,
      me,
      me,
      false,
      "can be written by other users (mode 0775)",
    ],
    [
      "a program that all can write",
      0o757,
      root,
      0,
      false,
      "can be written by other users (mode 0757)",
    ],
    ["another user's program", 0o755, other, other, false, "belongs to the user 1001"],
    [
      "a folder that all can write",
      0o777,
      root,
      0,
      true,
      "can be written by other users (mode 0777)",
    ],
    ["a folder in which only owners can replace", 0o1777, root, 0, true, undefined],
    ["a file with that bit", 0o1777, root, 0, false, "can be written by other users (mode 01777)"],
  ])("openToOthers: judges %s", (_, mode, uid, gid, isDirectory, reason) => {
    expect(openToOthers({ mode, uid, gid, isDirectory }, me)).toBe(reason);
  });
});

describe("programs on PATH", () => {
  let directory: string;
  let open: string;

  beforeEach(async () => {
    directory = await realpath(await mkdtemp(join(tmpdir(), "trust-")));
    open = join(directory, "open");
    for (const folder of [open, join(directory, "safe"), join(directory, "linked")]) {
      await mkdir(folder);
    }
    await chmod(open, 0o777);
    for (const folder of [open, join(directory, "safe")]) {
      await writeFile(join(folder, "etcd"), "", { mode: 0o755 });
    }
    await symlink(join(open, "etcd"), join(directory, "linked", "etcd"));
  });

  afterEach(() => rm(directory, { recursive: true, force: true }));

  const writable = () => `${open} can be written by other users (mode 0777)`;

  test("distrust: has nothing against a program when only this user can change it", async () => {
    expect(await distrust(join(directory, "safe", "etcd"))).toBeUndefined();
  });

  test.each(["open", "linked"])(
    "distrust: names the folder that others can write when a program is in %s",
    async (folder) => {
      expect(await distrust(join(directory, folder, "etcd"))).toBe(writable());
    },
  );

  test("trustedPath: leaves out what others can write, relative folders and what is not there, and keeps the checkout's", async () => {
    const lines: string[] = [];
    const path = ["", ".", open, join(directory, "safe"), join(directory, "no"), join(open, "bin")];
    await mkdir(join(open, "bin"));

    const kept = await trustedPath(path.join(":"), open, (line) => lines.push(line));

    expect(kept).toBe(
      [join(directory, "safe"), join(directory, "no"), join(open, "bin")].join(":"),
    );
    expect(lines).toEqual([`Leaving ${open} out of PATH: ${writable()}`]);
  });
});
