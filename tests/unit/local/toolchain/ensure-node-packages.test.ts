import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ensureToolchain, ToolchainError } from "../../../../local/toolchain/ensure-toolchain.ts";
import { type FakeApt, installFakeApt } from "./fake-apt.ts";

let apt: FakeApt;
let cacheDirectory: string;
let lines: string[];

beforeEach(async () => {
  apt = await installFakeApt();
  cacheDirectory = join(apt.directory, "cache");
  lines = [];
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(apt.directory, { recursive: true, force: true });
});

const ensure = () =>
  ensureToolchain({
    tools: ["haproxy", "containerd"],
    cacheDirectory,
    report: (line) => lines.push(line),
  });

describe("ensureToolchain", () => {
  test("ensureToolchain: lays packages out in the cache, with the CNI plugins, when they are not installed", async () => {
    const { paths, cniPlugins } = await ensure();

    expect(paths.haproxy.startsWith(join(cacheDirectory, "node-packages"))).toBe(true);
    expect(await readFile(paths.containerd, "utf8")).toContain("usr/sbin/containerd");
    expect(existsSync(join(cniPlugins, "ptp"))).toBe(true);
    expect(existsSync(join(cacheDirectory, "build"))).toBe(false);
  });

  test("ensureToolchain: takes none of the packages' programs from PATH when not all are there", async () => {
    await apt.replace("haproxy", "exit 0");

    const { paths } = await ensure();

    expect(paths.haproxy.startsWith(cacheDirectory)).toBe(true);
  });

  test("ensureToolchain: asks no network and says nothing when the packages are in the cache", async () => {
    const first = await ensure();
    const before = await apt.commands();
    lines = [];

    expect(await ensure()).toEqual(first);
    expect(await apt.commands()).toEqual(before);
    expect(lines).toEqual([]);
  });

  test("ensureToolchain: fails with what apt said and what to check when it cannot download", async () => {
    await apt.replace("apt-get", 'echo "Could not resolve host" >&2; exit 100');

    const error: unknown = await ensure().catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(ToolchainError);
    expect(String(error)).toContain("Cannot build node-packages");
    expect(String(error)).toContain("Could not resolve host");
    expect(String(error)).toContain("apt-get indextargets");
  });
});
