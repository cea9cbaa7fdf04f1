import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, utimes } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  ensureToolchain,
  ToolchainError,
  type ToolName,
} from "../../../../local/toolchain/ensure-toolchain.ts";
import { withFileLock } from "../../../../local/toolchain/file-lock.ts";
import { type FakeGo, installFakeGo, succeeds } from "./fake-go.ts";
import { patience } from "./releases/patience.ts";

let go: FakeGo;
let lines: string[];

beforeEach(async () => {
  go = await installFakeGo();
  lines = [];
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(go.directory, { recursive: true, force: true });
});

const ensureEtcd = (signal?: AbortSignal) =>
  ensureToolchain({
    tools: ["etcd"],
    cacheDirectory: go.cacheDirectory,
    report: (line) => lines.push(line),
    ...(signal ? { signal } : {}),
  });

const builds = async () => (await go.commands()).filter((command) => command === "build").length;

describe("ensureToolchain", () => {
  test("ensureToolchain: builds a tool into the cache when it is nowhere", async () => {
    const { paths } = await ensureEtcd();

    expect(paths.etcd.startsWith(join(go.cacheDirectory, "etcd", "3.6.16-"))).toBe(true);
    expect(await readFile(paths.etcd, "utf8")).toBe("#!/bin/sh\n");
    expect(lines.some((line) => line.startsWith("Built etcd 3.6.16 in "))).toBe(true);
  });

  test("ensureToolchain: removes Go's caches when everything is built", async () => {
    await ensureEtcd();

    expect(existsSync(join(go.cacheDirectory, "build"))).toBe(false);
  });

  test("ensureToolchain: runs and says nothing when the cache has the tool", async () => {
    const first = await ensureEtcd();
    const before = await go.commands();
    lines = [];

    const second = await ensureEtcd();

    expect(second).toEqual(first);
    expect(await go.commands()).toEqual(before);
    expect(lines).toEqual([]);
  });

  test("ensureToolchain: builds once when two callers want the same tool", async () => {
    const [first, second] = await Promise.all([ensureEtcd(), ensureEtcd()]);

    expect(first).toEqual(second);
    expect(await builds()).toBe(1);
    expect(lines.filter((line) => line.endsWith("to finish building"))).toHaveLength(1);
  });

  test("ensureToolchain: leaves no entry and no process when a build is interrupted", async () => {
    await go.build(`echo half > "$target"; echo $$ > "${go.directory}/pid"; exec sleep 600`);
    const interrupt = new AbortController();
    const started = ensureEtcd(interrupt.signal);
    started.catch(() => undefined);
    const pid = await vi.waitFor(async () => {
      const text = await readFile(join(go.directory, "pid"), "utf8");
      return Number(/^\d+\n$/.exec(text)?.[0] ?? Promise.reject(new Error("not written yet")));
    }, patience);

    interrupt.abort(new Error("Ctrl-C"));

    await expect(started).rejects.toThrow("Ctrl-C");
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
    expect(existsSync(join(go.cacheDirectory, "etcd"))).toBe(false);
    expect(existsSync(join(go.cacheDirectory, "build"))).toBe(true);
  });

  const ensure = (...tools: ToolName[]) =>
    ensureToolchain({
      tools,
      cacheDirectory: go.cacheDirectory,
      report: (line) => lines.push(line),
    });

  test("ensureToolchain: builds two graphs of Go modules at a time", async () => {
    const begun = `"${go.directory}"/begun-*`;
    const bothHaveBegun = `until [ "$(ls ${begun} | wc -l)" = 2 ]; do sleep 0.02; done`;
    await go.build(
      `touch "${go.directory}/begun-$(basename "$target")"; ${bothHaveBegun}; ${succeeds}`,
    );

    await ensure("etcd", "pulumi-language-nodejs");

    expect(await builds()).toBe(2);
  });

  test("ensureToolchain: builds what shares a graph one after the other", async () => {
    const busy = `"${go.directory}/busy"`;
    await go.build(`mkdir ${busy} || exit 1; sleep 0.1; ${succeeds}; rmdir ${busy}`);

    await ensure("pulumi", "pulumi-language-nodejs");

    expect(await builds()).toBe(2);
  });

  test("ensureToolchain: ends the other builds when one fails, and says which", async () => {
    await go.build('case "$target" in *etcd) exit 1 ;; *) exec sleep 600 ;; esac');

    await expect(ensure("etcd", "pulumi-language-nodejs")).rejects.toThrow(
      /^Cannot build etcd 3\.6\.16: go ended with exit code 1/,
    );
  });

  test("ensureToolchain: goes on when the build before was interrupted", async () => {
    await mkdir(join(go.cacheDirectory, "build", "output", "etcd", "half"), { recursive: true });

    const { paths } = await ensureEtcd();

    expect((await readdir(join(paths.etcd, ".."))).sort()).toEqual(["complete", "etcd"]);
  });

  test("ensureToolchain: removes what an interrupted build left the day before when nothing is missing", async () => {
    await ensureEtcd();
    const left = join(go.cacheDirectory, "build");
    await mkdir(join(left, "go-cache"), { recursive: true });
    const begun = Date.now() / 1000 - 25 * 3600;
    await utimes(left, begun, begun);

    await ensureEtcd();

    expect(existsSync(left)).toBe(false);
  });

  test("ensureToolchain: keeps what an interrupted build of other tools left a short time ago, so that it can go on", async () => {
    await ensureEtcd();
    const left = join(go.cacheDirectory, "build", "go-cache");
    await mkdir(left, { recursive: true });

    await ensureEtcd();

    expect(existsSync(left)).toBe(true);
  });

  test("ensureToolchain: leaves a build alone when it is another process's", async () => {
    await ensureEtcd();
    await mkdir(join(go.cacheDirectory, "build", "go-cache"), { recursive: true });
    await utimes(join(go.cacheDirectory, "build"), 1, 1);

    await withFileLock(join(go.cacheDirectory, "build.lock"), {}, () => ensureEtcd());

    expect(existsSync(join(go.cacheDirectory, "build"))).toBe(true);
  });

  test("ensureToolchain: builds again when an entry was never completed", async () => {
    const { paths } = await ensureEtcd();
    await rm(join(paths.etcd, "..", "complete"));

    await ensureEtcd();

    expect(await builds()).toBe(2);
  });

  test("ensureToolchain: fails with the end of the output and what to check when a build fails", async () => {
    await go.build('echo "go: dial tcp: no such host" >&2; exit 1');

    const error: unknown = await ensureEtcd().catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(ToolchainError);
    expect(String(error)).toContain("Cannot build etcd 3.6.16: go ended with exit code 1");
    expect(String(error)).toContain("go: dial tcp: no such host");
    expect(String(error)).toContain("go env GOPROXY");
  });

  test("ensureToolchain: fails naming Go and Python together when neither is there", async () => {
    vi.stubEnv("PATH", go.directory);

    const error: unknown = await ensureToolchain({
      tools: ["etcd", "moto"],
      cacheDirectory: go.cacheDirectory,
      report: (line) => lines.push(line),
    }).catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(ToolchainError);
    const { problems } = error as ToolchainError;
    expect(problems.map((problem) => problem.split(";")[0])).toEqual([
      "Go is not on PATH",
      "Python is not on PATH as python3",
    ]);
    expect(lines).toEqual([]);
  });
});
