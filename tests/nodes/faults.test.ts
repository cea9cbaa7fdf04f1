import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stopCluster } from "../../local/cluster/embedded-cluster.ts";
import { damagesOf } from "../../local/cluster/mend.ts";
import { command } from "../../local/nodes/run-in.ts";
import { localPaths } from "../../local/paths.ts";
import { waitFor } from "../../local/wait.ts";
import { amount } from "../shared/soak.ts";

// Real starts that end before their time: tests/programs/local/cluster/faults.test.ts has the same among the files of a start.
const POINTS = amount(3, 20);
const DISK = ".local/test/faults";
const DISK_MEGABYTES = 800;
/** Longer than any wait of a start for one of its processes. */
const START_SECONDS = 150;
const paths = localPaths(join(DISK, "cluster"));
const filler = join(DISK, "filler");

/** A start in a process of its own. */
const start = () =>
  execa(process.execPath, [join(import.meta.dirname, "start-once.ts"), paths.root], {
    all: true,
    reject: false,
    timeout: START_SECONDS * 1000,
  });

/** How many files and folders there are; 0 where one went while they were counted. */
function countFiles(): number {
  try {
    return readdirSync(paths.root, { recursive: true }).length;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw error;
  }
}

/** Waits for a start to have made so many files and folders, or to have ended. */
async function untilFiles(count: number, starting: ReturnType<typeof start>): Promise<void> {
  while (starting.exitCode === null && countFiles() < count) await setImmediate();
}

/** Takes all room that is left. */
function fillDisk(): void {
  const bytes = Buffer.alloc(1024 * 1024);
  try {
    for (;;) writeFileSync(filler, bytes, { flag: "a" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  }
}

async function startAnew(): Promise<void> {
  await stopCluster(paths);
  rmSync(paths.root, { recursive: true, force: true });
  mkdirSync(paths.root, { recursive: true, mode: 0o700 });
}

/** The next start: it works, three nodes are there, and nothing damaged is left. */
async function expectNextStart(): Promise<void> {
  const next = await start();
  expect(next.exitCode, next.all).toBe(0);
  expect(damagesOf(paths)).toEqual([]);
  const config = new KubeConfig();
  config.loadFromFile(paths.kubeconfig);
  expect((await config.makeApiClient(CoreV1Api).listNode()).items).toHaveLength(3);
}

describe("a start that is ended", () => {
  /** Numbers of files and folders at which something happens. */
  let points: number[];

  beforeAll(async () => {
    mkdirSync(DISK, { recursive: true, mode: 0o700 });
    await command("mount", "-t", "tmpfs", "-o", `size=${DISK_MEGABYTES}m,mode=0700`, "tmpfs", DISK);
    await startAnew();
    await expectNextStart(); // undisturbed
    const whole = await waitFor(() => countFiles() || undefined, {
      awaited: "no file to go while they are counted",
      timeoutSeconds: 20,
    });
    points = Array.from({ length: POINTS }, (_, index) =>
      Math.max(1, Math.floor((index * whole) / POINTS)),
    );
  });

  afterAll(async () => {
    await stopCluster(paths);
    await command("umount", DISK);
    rmSync(DISK, { recursive: true, force: true });
  });

  test("by SIGKILL, at several points: the next one works", {
    timeout: POINTS * 120_000,
  }, async ({ annotate }) => {
    let killed = 0;
    for (const point of points) {
      await startAnew();
      const starting = start();
      await untilFiles(point, starting);
      starting.kill("SIGKILL");
      if ((await starting).signal === "SIGKILL") killed += 1;

      await expectNextStart();
    }
    expect(killed).toBe(POINTS);
    await annotate(`Faults: ${killed} starts killed, each next one worked`, "figure");
  });

  test("by a full disk, at several points: it says so, and the next one works when there is room", {
    timeout: POINTS * 2 * START_SECONDS * 1000,
  }, async ({ annotate }) => {
    const unexplained: string[] = [];
    let failed = 0;
    for (const point of points) {
      await startAnew();
      const starting = start();
      await untilFiles(point, starting);
      fillDisk();
      const { all, exitCode } = await starting;
      rmSync(filler);
      if (exitCode !== 0) {
        failed += 1;
        if (!/full|free|no space left/i.test(all)) unexplained.push(`${point}: ${all}`);
      }

      await expectNextStart();
    }
    expect(unexplained).toEqual([]);
    expect(failed).toBeGreaterThan(0);
    await annotate(
      `Faults: disk full at ${POINTS} points of a start, ${failed} starts failed and said why, each next one worked`,
      "figure",
    );
  });
});
