import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  defaultCacheDirectory,
  type Entry,
  entryKey,
  executableIn,
  isComplete,
  systemLibrariesFile,
} from "../../../../local/toolchain/cache.ts";
import type { Recipe } from "../../../../local/toolchain/recipes.ts";
import { recipes } from "../../../../local/toolchain/recipes.ts";
import { sealEntry } from "../../../../local/toolchain/seal.ts";
import { copySources, type SourceFiles, sourceFiles } from "../../../../local/toolchain/sources.ts";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "cache-"));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

function recipeNamed(name: string): Recipe {
  const recipe = recipes.find((candidate) => candidate.name === name);
  if (!recipe) throw new Error(`no recipe ${name}`);
  return recipe;
}

describe("defaultCacheDirectory", () => {
  test.each([
    [{ PULUMI_KUBERNETES_SERVICES_CACHE: "/own", XDG_CACHE_HOME: "/xdg" }, "linux", "/own"],
    [{ XDG_CACHE_HOME: "/xdg" }, "linux", "/xdg/pulumi-kubernetes-services"],
    [{ XDG_CACHE_HOME: "" }, "linux", "/home/me/.cache/pulumi-kubernetes-services"],
    [{}, "linux", "/home/me/.cache/pulumi-kubernetes-services"],
    [{}, "darwin", "/home/me/Library/Caches/pulumi-kubernetes-services"],
  ] as const)(
    "defaultCacheDirectory: follows the user's settings when they are %o on %s",
    (env, platform, expected) => {
      expect(defaultCacheDirectory(env, platform, "/home/me")).toBe(expected);
    },
  );
});

describe("entryKey", () => {
  const etcd = recipeNamed("etcd");

  /** The files of etcd's recipe, copied into the folder of the test. */
  async function copied(): Promise<SourceFiles> {
    await copySources(etcd, directory);
    const names = [...(await sourceFiles(etcd)).keys()];
    return new Map(names.map((name) => [name, join(directory, name)]));
  }

  test("entryKey: is the same when nothing has changed", async () => {
    expect(await entryKey(etcd, await copied())).toBe(await entryKey(etcd));
    expect(await entryKey(etcd)).toMatch(/^3\.6\.16-[0-9a-f]{12}$/);
  });

  test.each(["go.sum", "go.mod", "main.go", "coredns/main.go"])(
    "entryKey: changes when %s changes",
    async (file) => {
      const files = await copied();
      await writeFile(join(directory, file), "changed");

      expect(await entryKey(etcd, new Map(files).set(file, join(directory, file)))).not.toBe(
        await entryKey(etcd),
      );
    },
  );

  test("entryKey: knows our own package by its name in the module that it is compiled in", async () => {
    expect([...(await sourceFiles(recipeNamed("pulumi"))).keys()]).toEqual([
      "go.mod",
      "go.sum",
      ...["host", "main", "node", "plugin", "run"].map((name) => `language-host/${name}.go`),
    ]);
  });

  test("entryKey: is decided by no test of our own program", async () => {
    const names = [...(await sourceFiles(recipeNamed("load-generator"))).keys()];

    expect(names).toContain("classes.go");
    expect(names.filter((name) => name.endsWith("_test.go"))).toEqual([]);
  });

  test("entryKey: changes when the linker's flags change", async () => {
    expect(await entryKey({ ...etcd, ldflags: "-s" } as Recipe)).not.toBe(await entryKey(etcd));
  });

  test("entryKey: changes when the platform changes", async () => {
    const other = { os: "plan9", arch: "arm64" };

    expect(await entryKey(etcd, await sourceFiles(etcd), other)).not.toBe(await entryKey(etcd));
  });

  test("entryKey: changes when packages are another distribution's", async () => {
    const packages = recipeNamed("node-packages");

    const key = await entryKey({ ...packages, version: "debian-99" });

    expect(key).toMatch(/^debian-99-[0-9a-f]{12}$/);
    expect(key.slice(-12)).not.toBe((await entryKey(packages)).slice(-12));
  });

  test("entryKey: stays when only the estimates of disk space and time change", async () => {
    expect(await entryKey({ ...etcd, buildMegabytes: 1, buildSeconds: 1 })).toBe(
      await entryKey(etcd),
    );
  });
});

describe("isComplete", () => {
  test("isComplete: counts an entry only when the marker and every executable are there", async () => {
    const entry: Entry = { recipe: recipeNamed("etcd"), directory };
    expect(await isComplete(entry)).toBe(false);

    await writeFile(join(directory, "etcd"), "");
    await chmod(join(directory, "etcd"), 0o755);
    expect(await isComplete(entry)).toBe(false);

    await sealEntry(directory);
    expect(await isComplete(entry)).toBe(true);
  });

  test("isComplete: does not count packages when a library of the machine's is gone", async () => {
    const entry: Entry = { recipe: recipeNamed("node-packages"), directory };
    const library = join(directory, "libc.so.6");
    await mkdir(join(directory, "bin"));
    for (const tool of entry.recipe.tools) await writeFile(executableIn(entry, tool), "");
    await sealEntry(directory);
    expect(await isComplete(entry)).toBe(false); // It does not even say which it needs.

    await writeFile(join(directory, systemLibrariesFile), library);
    expect(await isComplete(entry)).toBe(false);

    await writeFile(library, "");
    expect(await isComplete(entry)).toBe(true);
  });

  test("isComplete: does not count a virtual environment when its Python is gone", async () => {
    const entry: Entry = { recipe: recipeNamed("moto"), directory };
    await mkdir(join(directory, "bin"));
    await symlink(join(directory, "no-such-python"), join(directory, "bin", "python"));
    await sealEntry(directory);

    expect(await isComplete(entry)).toBe(false);
  });
});
