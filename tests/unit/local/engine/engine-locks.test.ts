import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { LockState, stateOfLock } from "../../../../doctor/collect/locks.ts";
import { locksOn } from "../../../../local/engine/engine-locks.ts";
import { localPaths } from "../../../../local/paths.ts";

const TAKEN = Date.parse("2026-03-01T12:00:00Z");
const DAY = 86_400_000;
const lock = { pid: 42, hostname: "here", taken: TAKEN };
const here = { host: "here", now: TAKEN + 60_000 };
const pulumi = "/home/me/.cache/pulumi";

test.each([
  ["no process has its pid", lock, undefined, LockState.Stale],
  [
    "its process started before it",
    lock,
    { program: pulumi, started: TAKEN - 5000 },
    LockState.Held,
  ],
  [
    "its pid went to a later process",
    lock,
    { program: "/bin/sleep", started: TAKEN + 30_000 },
    LockState.Stale,
  ],
  [
    "its pid went to a later engine",
    lock,
    { program: pulumi, started: TAKEN + 30_000 },
    LockState.Stale,
  ],
  ["it was taken on another host", { ...lock, hostname: "there" }, undefined, LockState.Elsewhere],
  [
    "it was taken on another host, and its pid runs here too",
    { ...lock, hostname: "there" },
    { program: pulumi, started: TAKEN - 5000 },
    LockState.Elsewhere,
  ],
  [
    "the clock was three days ahead when it was taken, and its pid went to another program",
    { ...lock, taken: TAKEN + 3 * DAY },
    { program: "/bin/sleep", started: TAKEN + 30_000 },
    LockState.Stale,
  ],
  [
    "the clock was three days ahead when it was taken, and the engine runs",
    { ...lock, taken: TAKEN + 3 * DAY },
    { program: pulumi, started: TAKEN - 5000 },
    LockState.Held,
  ],
  [
    "it says no time, and the engine runs",
    { ...lock, taken: Number.NaN },
    { program: pulumi, started: TAKEN },
    LockState.Held,
  ],
])("stateOfLock: judges a lock when %s", (_, judged, process, expected) => {
  expect(stateOfLock(judged, process, here)).toBe(expected);
});

/** The locks of a stack, from files. */
function stateOf(...contents: string[]): LockState[] {
  const paths = localPaths(mkdtempSync(join(tmpdir(), "engine-locks-")));
  onTestFinished(() => rmSync(paths.root, { recursive: true }));
  const folder = join(paths.pulumiState, ".pulumi", "locks", "organization", "shop", "dev");
  mkdirSync(folder, { recursive: true });
  for (const [index, text] of contents.entries())
    writeFileSync(join(folder, `${index}.json`), text);
  return locksOn("dev", "shop", paths).map(({ state }) => state);
}

const lockOf = (pid: number, timestamp: Date, host = hostname()) =>
  JSON.stringify({ pid, username: "me", hostname: host, timestamp });

test("locksOn: tells a lock of this very process from one whose pid this process has got", () => {
  expect(stateOf(lockOf(process.pid, new Date()))).toEqual([LockState.Held]);
  expect(stateOf(lockOf(process.pid, new Date(Date.now() - DAY)))).toEqual([LockState.Stale]);
});

test("locksOn: takes a lock that cannot be read for stale", () => {
  expect(stateOf("", '{"pid": 1', "{}", "null")).toEqual(Array(4).fill(LockState.Stale));
});

test("locksOn: finds none where there is no folder of locks", () => {
  expect(locksOn("dev", "shop", localPaths("/nonexistent"))).toEqual([]);
});
