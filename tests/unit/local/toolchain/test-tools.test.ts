import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { awaitTestTool, buildTestTools } from "../../../shared/test-tools.ts";
import { capture } from "../../support/run-here.ts";
import { type FakeGo, installFakeGo } from "./fake-go.ts";
import { patience } from "./releases/patience.ts";

let go: FakeGo;
let failureFile: string;
let printed: { readonly stderr: string };

beforeEach(async () => {
  go = await installFakeGo();
  failureFile = join(go.directory, "failures", "failure");
  vi.stubEnv("PULUMI_KUBERNETES_SERVICES_CACHE", go.cacheDirectory);
  ({ printed } = capture());
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await rm(go.directory, { recursive: true, force: true });
});

/** Waits as the tests of the suite engine do, but asks more often: what is built here takes no time. */
const awaitTool = (failure = failureFile) => awaitTestTool("kube-score", failure, 10);

const build = () => buildTestTools(["kube-score"], failureFile);

/** Begins a build that ends by itself after the tests, and yields its process. */
async function beginEndlessBuild() {
  await go.build(`echo $$ > "${go.directory}/pid"; exec sleep 600`);
  const stop = build();
  const pid = await vi.waitFor(async () => {
    const text = await readFile(join(go.directory, "pid"), "utf8");
    if (!/^\d+\n$/.test(text)) throw new Error("not written yet");
    return Number(text);
  }, patience);
  return { stop, pid };
}

describe("buildTestTools", () => {
  test("buildTestTools: ends the compiler and tells of no failure when the tests have ended", async () => {
    const { stop, pid } = await beginEndlessBuild();

    await stop();

    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
    expect(existsSync(failureFile)).toBe(false);
  });

  test("buildTestTools: ends the compiler, then this process, when a signal comes", async () => {
    const kill = process.kill.bind(process);
    const { stop, pid } = await beginEndlessBuild();
    const own = vi
      .spyOn(process, "kill")
      .mockImplementation((id, signal) => id === process.pid || kill(id, signal));

    process.emit("SIGHUP", "SIGHUP");

    await vi.waitFor(() => expect(own).toHaveBeenCalledWith(process.pid, "SIGHUP"), patience);
    expect(() => kill(pid, 0)).toThrow("ESRCH");
    await stop();
  });

  test("buildTestTools: leaves signals alone when it has been stopped", async () => {
    const before = process.listenerCount("SIGTERM");

    const stop = build();
    await stop();

    expect(process.listenerCount("SIGTERM")).toBe(before);
  });

  test("buildTestTools: says at once what a build failed with", async () => {
    await go.build('echo "undefined: spline" >&2; exit 1');

    const stop = build();

    await vi.waitFor(() => expect(printed.stderr).toContain("undefined: spline"), patience);
    await stop();
  });
});

describe("awaitTestTool", () => {
  test("awaitTestTool: yields the tool's path when its build has ended", async () => {
    const stop = build();

    const path = await awaitTool();

    expect(path.startsWith(join(go.cacheDirectory, "kube-score"))).toBe(true);
    expect(printed.stderr).toContain("Waiting until kube-score is built");
    await stop();
  });

  test("awaitTestTool: builds nothing when the tool is not there", async () => {
    await writeFile(join(go.directory, "failure"), "gone");

    await expect(awaitTool(join(go.directory, "failure"))).rejects.toThrow("gone");

    expect(await go.commands()).not.toContain("build");
  });

  test("awaitTestTool: fails with what the build failed with when it has", async () => {
    await go.build('echo "undefined: spline" >&2; exit 1');
    const stop = build();

    const waiting = awaitTool();

    await expect(waiting).rejects.toThrow("Cannot build kube-score");
    await expect(waiting).rejects.toThrow("undefined: spline");
    await stop();
  });

  test("awaitTestTool: knows nothing of a failure when it is of the run before", async () => {
    await go.build("exit 1");
    const before = build();
    await vi.waitFor(() => expect(existsSync(failureFile)).toBe(true), patience);
    await before();
    await go.build('printf "#!/bin/sh\\n" > "$target" && chmod +x "$target"');

    const stop = build();

    await expect(awaitTool()).resolves.toContain("kube-score");
    await stop();
  });
});
