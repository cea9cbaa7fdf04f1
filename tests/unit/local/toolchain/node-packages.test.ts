import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cniPluginNames, findNodePackages } from "../../../../local/toolchain/node-packages.ts";
import { packagedToolNames } from "../../../../local/toolchain/recipes.ts";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "node-packages-"));
  await mkdir(join(directory, "bin"));
  await mkdir(join(directory, "cni"));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

async function install(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await writeFile(join(directory, folder, name), "");
    await chmod(join(directory, folder, name), 0o755);
  }
}

const find = (cacheDirectory = "/cache") =>
  findNodePackages(cacheDirectory, { PATH: join(directory, "bin") }, [
    join(directory, "none"),
    join(directory, "cni"),
  ]);

describe("findNodePackages", () => {
  test("findNodePackages: misses nothing when PATH has every program and a folder every plugin", async () => {
    await install("bin", packagedToolNames);
    await install("cni", cniPluginNames);

    const found = await find();

    expect(found.missing).toEqual([]);
    expect(found.paths.containerd).toBe(join(directory, "bin", "containerd"));
    expect(found.cniPlugins).toBe(join(directory, "cni"));
  });

  test("findNodePackages: names what is missing when one program and one plugin are", async () => {
    await install(
      "bin",
      packagedToolNames.filter((tool) => tool !== "nft"),
    );
    await install(
      "cni",
      cniPluginNames.filter((plugin) => plugin !== "ptp"),
    );

    const found = await find();

    expect(found.missing).toEqual(["nft", ...cniPluginNames]);
    expect(found.cniPlugins).toBeUndefined();
  });

  test("findNodePackages: takes nothing from our own cache when it is on PATH", async () => {
    await install("bin", packagedToolNames);
    await install("cni", cniPluginNames);

    expect((await find(directory)).missing).toEqual(packagedToolNames);
  });
});
