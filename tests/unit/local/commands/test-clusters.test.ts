import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { stopTestClusters } from "../../../../local/commands/test-clusters.ts";
import { localPaths } from "../../../../local/paths.ts";
import { processStart } from "../../../../local/processes/identity.ts";
import { writeRecord } from "../../../../local/processes/record.ts";

/** A process of a cluster whose folder this is. */
function leftIn(root: string) {
  const { run } = localPaths(root);
  mkdirSync(run, { recursive: true });
  const child = spawn("sleep", ["600"], { detached: true, stdio: "ignore" });
  const { pid = Number.NaN } = child;
  const start = processStart(pid) ?? "";
  writeRecord(run, { name: "etcd", pid, start, digest: "", order: 1, began: Date.now() });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

test("stopTestClusters: ends what a killed run has left, also of clusters among others of their kind", async () => {
  const folder = mkdtempSync(join(tmpdir(), "test-clusters-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const left = [join(folder, "traffic"), join(folder, "alone", "control-plane-1")].map(leftIn);
  const ends = left.map((child) => once(child, "exit"));

  await stopTestClusters(folder);

  expect((await Promise.all(ends)).map(([, signal]) => signal)).toEqual(["SIGTERM", "SIGTERM"]);
});
