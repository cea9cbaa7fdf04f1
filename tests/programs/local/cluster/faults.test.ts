import { execFile } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { damagesOf } from "../../../../local/cluster/mend.ts";
import { tokenIn } from "../../../../local/cluster/pki-problem.ts";
import { type LocalPaths, localPaths } from "../../../../local/paths.ts";
import { readRecord } from "../../../../local/processes/record.ts";
import { drawn } from "../../../shared/soak.ts";
import { makeClusterFiles } from "../../../unit/local/cluster/cluster-files.ts";

const POINTS = 21;
/** Of the starts that are killed, each of which is a process of its own, every run makes one in three, and the long proofs all. */
const EVERY_NTH = 3;
const run = promisify(execFile);

/** What Node has compiled of a start's modules: most of what a start takes is that, and each start is a process of its own. */
const compiled = mkdtempSync(join(tmpdir(), "faults-compiled-"));
afterAll(() => rmSync(compiled, { recursive: true }));

function folder(): LocalPaths {
  const paths = localPaths(mkdtempSync(join(tmpdir(), "faults-")));
  onTestFinished(() => rmSync(paths.root, { recursive: true }));
  return paths;
}

/** Starts with a fault; what they said, or the signal that ended them. */
async function startWith(paths: LocalPaths, ...fault: readonly string[]): Promise<string> {
  const script = join(import.meta.dirname, "fault-at.ts");
  const env = { ...process.env, NODE_COMPILE_CACHE: compiled };
  return run(process.execPath, [script, paths.root, ...fault], { env, timeout: 120_000 }).then(
    ({ stdout }) => stdout.trim(),
    (error) => String(error.signal),
  );
}

/** What is wrong with files that were written in part, as no write that is whole or not at all leaves them. */
const writtenInPart = (paths: LocalPaths): string[] =>
  damagesOf(paths)
    .map(({ problem }) => problem)
    .filter((problem) => /is damaged|is empty|no whole token/.test(problem));

/** The next start: it works, nothing damaged is left, and what belongs together says the same. */
async function expectNextStart(paths: LocalPaths): Promise<void> {
  await makeClusterFiles(paths);

  expect(damagesOf(paths)).toEqual([]);
  const { users } = parse(readFileSync(paths.kubeconfig, "utf8"));
  const token = tokenIn(readFileSync(join(paths.pki, "tokens.csv"), "utf8"));
  expect(users[0].user.token).toBe(token);
  expect(readRecord(paths.run, "etcd")).toBeDefined();
  expect(globSync("**/.*.part", { cwd: paths.root })).toEqual([]);
}

describe("a start that a fault ends among its files", () => {
  let points: number[];
  let calls: number;
  let killed: readonly number[];

  beforeAll(async () => {
    const root = mkdtempSync(join(tmpdir(), "faults-"));
    calls = Number(await startWith(localPaths(root), "none"));
    rmSync(root, { recursive: true });
    points = Array.from({ length: POINTS }, (_, index) => 1 + Math.floor((index * calls) / POINTS));
    expect(new Set(points).size).toBe(POINTS);
    killed = drawn(points, EVERY_NTH);
  }, 120_000);

  test("SIGKILL at any point: no file is written in part, and the next start works", {
    timeout: 600_000,
  }, async ({ annotate }) => {
    for (const point of killed) {
      const paths = folder();

      expect(await startWith(paths, "kill", String(point)), `call ${point}`).toBe("SIGKILL");

      expect(writtenInPart(paths), `call ${point}`).toEqual([]);
      await expectNextStart(paths);
    }
    expect(killed.length).toBeGreaterThanOrEqual(POINTS / EVERY_NTH);
    await annotate(
      `Cluster files: killed at ${killed.length} of ${POINTS} points, the calls ${killed.join(", ")} of ${calls}`,
      "figure",
    );
  });

  test(`a full disk from ${POINTS} points on: the start names the file, the disk and the way out, and the next one works`, {
    timeout: 600_000,
  }, async () => {
    const full = points.slice(0, -1);
    const { root } = folder();

    const said = (await startWith(localPaths(root), "full", full.join())).split("\n");

    expect(said).toHaveLength(full.length);
    for (const [index, point] of full.entries()) {
      expect(said[index]).toMatch(
        /^Cannot (write|make the folder) \S+: the disk of \S+ is full .*free some space there, a cluster needs 500 MB, then run the same command again$/,
      );

      await expectNextStart(localPaths(join(root, String(point))));
    }
  });

  test("control: with plain writes a kill at the same points leaves files that are written in part", {
    timeout: 600_000,
  }, async () => {
    const found: string[] = [];
    for (const point of killed) {
      const paths = folder();
      await startWith(paths, "kill", String(point), "plain");
      found.push(...writtenInPart(paths));
    }

    expect(found).not.toEqual([]);
  });
});
