import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:https";
import { arch } from "node:os";
import { join } from "node:path";
import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import { execa } from "execa";
import { afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { stopCluster } from "../../local/cluster/embedded-cluster.ts";
import { damagesOf } from "../../local/cluster/mend.ts";
import { locksOn } from "../../local/engine/engine-locks.ts";
import { DEV_STACK, PROJECT } from "../../local/engine/stack.ts";
import { localPaths } from "../../local/paths.ts";
import { readRecord, readRecords } from "../../local/processes/record.ts";
import { report } from "../../local/terminal.ts";
import { ensureToolchain } from "../../local/toolchain/ensure-toolchain.ts";
import { waitFor } from "../../local/wait.ts";

const DAY_SECONDS = 86_400;
const START_SECONDS = 170;
const paths = localPaths(join(".local", "test", "clock-and-pids"));

beforeAll(async () => {
  await ensureToolchain({ report });
}, 3_600_000);

beforeEach(async () => {
  await stopCluster(paths);
  rmSync(paths.root, { recursive: true, force: true });
  mkdirSync(paths.root, { recursive: true, mode: 0o700 });
});

afterEach(async () => {
  await stopCluster(paths);
  rmSync(paths.root, { recursive: true, force: true });
});

/** A start of cluster and dev stack by a clock that is so many days ahead; behind it, where they are negative. */
function start(daysAhead = 0) {
  const script = join(import.meta.dirname, "start-once.ts");
  const node = [process.execPath, script, paths.root, "stack"];
  const shifted = ["python3", join(import.meta.dirname, "shifted-clock.py")];
  const [program = "", ...args] =
    daysAhead === 0 ? node : [...shifted, String(daysAhead * DAY_SECONDS), ...node];
  return execa(program, args, { all: true, reject: false, timeout: START_SECONDS * 1000 });
}

/** A start that works: three nodes are there, and nothing damaged is left. */
async function expectStart(starting = start()): Promise<string> {
  const { all, exitCode } = await starting;
  expect(exitCode, all).toBe(0);
  expect(damagesOf(paths)).toEqual([]);
  expect(locksOn(DEV_STACK, PROJECT, paths)).toEqual([]);
  const config = new KubeConfig();
  config.loadFromFile(paths.kubeconfig);
  expect((await config.makeApiClient(CoreV1Api).listNode()).items).toHaveLength(3);
  return all;
}

/** How many days the API server's clock is ahead, by the date of an answer of it. */
async function daysAheadOfApiServer(): Promise<number> {
  const config = new KubeConfig();
  config.loadFromFile(paths.kubeconfig);
  const server = config.getCurrentCluster()?.server ?? "";
  const asked = request(`${server}/livez`, { rejectUnauthorized: false }).end();
  const [answer] = await once(asked, "response");
  answer.resume();
  const ahead = Date.parse(answer.headers.date) - Date.now();
  return Math.round(ahead / DAY_SECONDS / 1000) || 0; // and not -0
}

// The stand-ins for the kernel's functions are written for this processor.
describe.skipIf(arch() !== "x64")("a clock that jumps", () => {
  test("by three or six days, under a cluster that runs or while it is stopped: every next start works", {
    timeout: 8 * START_SECONDS * 1000,
  }, async () => {
    await expectStart(start(3)); // everything is made by a clock that is ahead
    expect(await daysAheadOfApiServer()).toBe(3); // every program has that clock

    await expectStart(start(0));
    expect(await daysAheadOfApiServer()).toBe(0);

    for (const daysAhead of [-3, 3, 0]) {
      await stopCluster(paths);
      await expectStart(start(daysAhead));
      expect(await daysAheadOfApiServer()).toBe(daysAhead);
    }
    for (const daysAhead of [3, -3]) await expectStart(start(daysAhead));
  });
});

/** Another program that has a pid from now on; it ends with the test. */
async function giveTo(pid: number): Promise<void> {
  const other = execa(
    "python3",
    [join(import.meta.dirname, "with-pid.py"), String(pid), "sleep", "600"],
    { reject: false, all: true },
  );
  onTestFinished(async () => {
    other.kill("SIGKILL"); // which may still wait for the pid
    if (isAlive(pid)) process.kill(pid, "SIGKILL");
    await other;
  });
  await waitFor(() => isAlive(pid), {
    awaited: `a process with the pid ${pid}`,
    timeoutSeconds: 60,
  });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("a pid that went to another program", () => {
  test("after a start and its engine were killed during an update: the next start waits for neither, clears the engine's lock and works", {
    timeout: 3 * START_SECONDS * 1000,
  }, async () => {
    const starting = start();
    const { pid } = await waitFor(() => locksOn(DEV_STACK, PROJECT, paths)[0]?.lock, {
      awaited: "the engine's lock",
      timeoutSeconds: START_SECONDS,
    });
    starting.kill("SIGKILL");
    process.kill(-pid, "SIGKILL"); // and the group, by whose members its pid stays in use
    expect((await starting).signal).toBe("SIGKILL");
    await waitFor(() => !isAlive(-pid), { awaited: "the end of the engine", timeoutSeconds: 60 });
    const pids = [pid, Number(starting.pid)];
    for (const reused of pids) await giveTo(reused);
    expect(locksOn(DEV_STACK, PROJECT, paths)).toHaveLength(1);
    const holder = JSON.parse(readFileSync(`${paths.lock}.holder`, "utf8"));
    expect(holder).toMatchObject({ pid: starting.pid });

    const said = await expectStart();

    expect(said).toContain("Clearing the lock");
    expect(said).not.toContain("Waiting for process");
    expect(pids.map(isAlive)).toEqual([true, true]);
  });

  test("after everything that ran was killed: the next start works and leaves the other program alone", {
    timeout: 3 * START_SECONDS * 1000,
  }, async () => {
    await expectStart();
    const { pid } = readRecord(paths.run, "etcd") ?? { pid: Number.NaN };
    for (const record of readRecords(paths.run)) process.kill(-record.pid, "SIGKILL");
    await waitFor(() => !isAlive(-pid), { awaited: "the end of etcd", timeoutSeconds: 60 });
    await giveTo(pid);

    await expectStart();

    expect(isAlive(pid)).toBe(true);
  });
});
