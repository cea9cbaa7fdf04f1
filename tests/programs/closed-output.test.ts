import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { checkout } from "../../local/paths.ts";
import { readRecording } from "../preview/recordings.ts";

/** Waits for a line before it becomes the program that its arguments name. */
const LATER = ["-c", 'read -r _ && exec "$@"', "sh", process.execPath];

/** Runs a program of the package, whose output is closed before the program starts; returns what it prints as errors, and its exit code. */
async function runUnread(program: string, args: readonly string[]) {
  const child: ChildProcess = spawn("sh", [...LATER, join(checkout, program), ...args], {
    timeout: 50_000,
  });
  let stderr = "";
  child.stderr?.on("data", (data: Buffer) => {
    stderr += data.toString();
  });
  const ended = once(child, "close");
  if (child.stdout !== null) {
    child.stdout.destroy();
    await once(child.stdout, "close");
  }
  child.stdin?.end("\n");
  const [exitCode] = await ended;
  return { exitCode, stderr };
}

function recordingOf(...names: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "closed-output-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "previews.json");
  writeFileSync(path, JSON.stringify(names.map((name) => readRecording(name).evidence)));
  return path;
}

test.each([
  ["preview/main.ts", ["--help"]],
  ["doctor/main.ts", ["--help"]],
  ["policy/admission/print.ts", []],
  ["where/main.ts", ["--help"]],
])("%s %j: exits with 0 when nobody reads its output", async (program, args) => {
  expect(await runUnread(program, args)).toEqual({ exitCode: 0, stderr: "" });
});

test("preview/main.ts: exits with its verdict when nobody reads its output", async () => {
  const names = recordingOf("claim-deleted", "server-down-update");

  const { exitCode, stderr } = await runUnread("preview/main.ts", ["judge", names]);

  expect(stderr).not.toContain("EPIPE");
  expect(exitCode).toBe(2);
});
