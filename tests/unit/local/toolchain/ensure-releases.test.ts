import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { goPlatform } from "../../../../local/toolchain/cache.ts";
import { ensureToolchain, ToolchainError } from "../../../../local/toolchain/ensure-toolchain.ts";
import { mirrorVariable, noReleases } from "../../../../local/toolchain/releases/mirror.ts";
import { pinnedAddresses, releaseOf } from "../../../../local/toolchain/releases/releases.ts";
import { type FakeGo, installFakeGo } from "./fake-go.ts";
import { type FakePublishers, startPublishers, status } from "./releases/fake-publishers.ts";
import { programOf, serveReleases } from "./releases/fake-releases.ts";
import { patience } from "./releases/patience.ts";

/** Published for every platform. */
const tool = "pulumi";

let go: FakeGo;
let publishers: FakePublishers;
let lines: string[];

beforeEach(async () => {
  go = await installFakeGo();
  publishers = await startPublishers();
  lines = [];
  for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"]) {
    vi.stubEnv(name, "");
  }
  vi.stubEnv("PULUMI_HOME", go.directory);
  vi.stubEnv(mirrorVariable, publishers.base);
  await serveReleases(publishers, [release()], goPlatform);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await publishers.close();
  await rm(go.directory, { recursive: true, force: true });
});

function release() {
  const found = releaseOf({ name: tool }, goPlatform);
  if (!found) throw new Error(`no release of ${tool} for ${goPlatform.os}/${goPlatform.arch}`);
  return found;
}

const ensure = (tools: readonly (typeof tool | "kube-score")[] = [tool]) =>
  ensureToolchain({
    tools,
    cacheDirectory: go.cacheDirectory,
    report: (line) => lines.push(line),
    meanwhile: "Meanwhile, look at this",
  });

const builds = async () => (await go.commands()).filter((command) => command === "build").length;
const refuse = () => {
  for (const address of pinnedAddresses(release())) publishers.serve(address, status(404));
};
const failure = (work: Promise<unknown>) =>
  work.then(
    () => new Error("success"),
    (error: unknown) => error as Error,
  );

describe("ensureToolchain with official releases", patience, () => {
  test("ensureToolchain: downloads a tool, and asks for no Go, when it has a release", async () => {
    vi.stubEnv("PATH", "/usr/bin:/bin");

    const { paths } = await ensure();

    expect(await readFile(paths[tool], "utf8")).toBe(programOf(tool));
    expect(await go.commands()).toEqual([""]);
    expect(lines).toEqual([
      expect.stringMatching(
        `^Downloading official releases once for all checkouts, .* at 50 Mbit/s, up to 0\\.4 GB of disk: ${tool}$`,
      ),
      "Meanwhile, look at this",
      expect.stringMatching(`^Downloaded ${tool} .* in `),
      "Removing what only the builds needed",
      expect.stringMatching("^The local toolchain is complete after "),
    ]);
  });

  test("ensureToolchain: asks nobody and says nothing when the cache has the tool", async () => {
    const first = await ensure();
    const asked = publishers.seen.length;
    lines = [];

    expect(await ensure()).toEqual(first);

    expect([publishers.seen.length, lines]).toEqual([asked, []]);
  });

  test("ensureToolchain: uses what was built when a release could be had later, and the other way round", async () => {
    vi.stubEnv(mirrorVariable, noReleases);
    const built = await ensure();
    vi.stubEnv(mirrorVariable, publishers.base);

    expect((await ensure()).paths).toEqual(built.paths);
    expect(publishers.seen).toEqual([]);
  });

  test("ensureToolchain: builds beside the download what has no release", async () => {
    const { paths } = await ensure([tool, "kube-score"]);

    expect(await readFile(paths[tool], "utf8")).toBe(programOf(tool));
    expect(await readFile(paths["kube-score"], "utf8")).toBe("#!/bin/sh\n");
    expect(await builds()).toBe(1);
  });

  test("ensureToolchain: builds a tool, and says why, when its release is gone", async () => {
    refuse();

    const { paths } = await ensure();

    expect(await readFile(paths[tool], "utf8")).toBe("#!/bin/sh\n");
    expect(lines.filter((line) => line.includes("the server answers 404"))).toHaveLength(1);
  });

  test("ensureToolchain: fails, and builds nothing, when a file is not what it must be", async () => {
    for (const address of pinnedAddresses(release())) publishers.serve(address, "evil");

    expect(await failure(ensure())).toBeInstanceOf(ToolchainError);
    expect(await builds()).toBe(0);
  });

  test("ensureToolchain: ends the build when a download fails", async () => {
    for (const address of pinnedAddresses(release())) publishers.serve(address, "evil");
    await go.build("exec sleep 600");

    expect((await failure(ensure([tool, "kube-score"]))).message).toContain("its SHA-256 is");
  });

  test.each([
    [
      "the network is closed",
      () => vi.stubEnv(mirrorVariable, "http://127.0.0.1:1"),
      "connections are refused",
    ],
    ["its release is gone", refuse, "the server answers 404"],
  ])(
    "ensureToolchain: fails with both facts and cures when %s and there is no Go",
    async (_, close, why) => {
      close();
      vi.stubEnv("PATH", go.directory);

      const error = await failure(ensure());

      expect(error).toBeInstanceOf(ToolchainError);
      const { problems } = error as ToolchainError;
      expect(problems).toHaveLength(2);
      expect(problems[0]).toContain(why);
      expect(problems[0]).toContain(`${mirrorVariable} to a mirror`);
      expect(problems[1]).toMatch(/^Go is not on PATH; install Go /);
    },
  );

  test("ensureToolchain: builds when the network is closed and there is Go", async () => {
    vi.stubEnv(mirrorVariable, "http://127.0.0.1:1");

    await ensure();

    expect(await builds()).toBe(1);
    expect(lines.filter((line) => line.includes("cannot be reached"))).toHaveLength(1);
  });

  test("ensureToolchain: keeps nothing of the downloads when all is there", async () => {
    await ensure();

    expect(existsSync(join(go.cacheDirectory, "build"))).toBe(false);
  });
});
