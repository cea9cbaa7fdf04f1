import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import {
  ensureRunning,
  PortTakenError,
  type ProcessContext,
  type ProcessSpec,
  stopProcess,
} from "../../../../local/processes/managed-process.ts";
import {
  isRunning,
  readRecord,
  readRecords,
  writeRecord,
} from "../../../../local/processes/record.ts";
import { waitFor } from "../../../../local/wait.ts";
import { processes, readProc } from "../../../shared/proc.ts";

let context: ProcessContext;
let reported: string[];

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), "managed-process-"));
  reported = [];
  context = { run: folder, logs: folder, report: (line) => reported.push(line) };
  onTestFinished(async () => {
    for (const record of readRecords(folder)) await stopProcess(record, context);
    rmSync(folder, { recursive: true });
  });
});

/** A process that runs a piece of JavaScript. */
const node = (code: string, more: Partial<ProcessSpec> = {}): ProcessSpec => ({
  name: "worker",
  order: 1,
  command: process.execPath,
  args: ["-e", code],
  isReady: async () => /^ready$/m.test(readFileSync(join(context.logs, "worker.log"), "utf8")),
  readyTimeoutSeconds: 20,
  ...more,
});
const worker = "console.log('ready'); setInterval(() => {}, 1000)";

const pid = () => readRecord(context.run, "worker")?.pid;

test("ensureRunning: starts a process and leaves it alone when it already works", async () => {
  const started = await ensureRunning(node(worker), context);
  const first = pid();

  const again = await ensureRunning(node(worker), context);

  expect([started, again]).toEqual([true, false]);
  expect(pid()).toBe(first);
});

test.each([
  ["its arguments", { args: ["-e", `${worker};`] }],
  ["its environment", { environment: { COLOUR: "blue" } }],
  ["the folder of its own programs", { ownPrograms: "/opt/programs" }],
  ["what it is to restart on", { restartOn: 2 }],
])("ensureRunning: starts it anew when %s changed", async (_, change) => {
  await ensureRunning(node(worker), context);
  const first = readRecord(context.run, "worker");

  await ensureRunning(node(worker, change), context);

  expect(pid()).not.toBe(first?.pid);
  expect(first && isRunning(first)).toBe(false);
});

test("ensureRunning: leaves it alone when PATH changed, and has it look first where its own programs are", async () => {
  const tells = `console.log(process.env.PATH); ${worker}`;
  const spec = node(tells, { ownPrograms: "/opt/programs" });
  await ensureRunning(spec, context);
  const first = pid();
  vi.stubEnv("PATH", `/another:${process.env["PATH"]}`);
  onTestFinished(() => void vi.unstubAllEnvs());

  expect(await ensureRunning(spec, context)).toBe(false);

  expect(pid()).toBe(first);
  expect(readFileSync(join(context.logs, "worker.log"), "utf8")).toMatch(/^\/opt\/programs:/m);
});

test("ensureRunning: prepares what it begins with before every start, and never while it runs", async () => {
  const prepared: boolean[] = [];
  const beforeStart = () => {
    const record = readRecord(context.run, "worker");
    prepared.push(record !== undefined && isRunning(record));
  };
  await ensureRunning(node(worker, { beforeStart }), context);
  await ensureRunning(node(worker, { beforeStart }), context);
  expect(prepared).toEqual([false]);

  await ensureRunning(node(worker, { beforeStart, restartOn: 2 }), context);

  expect(prepared).toEqual([false, false]);
});

test("ensureRunning: reports the end of the log and starts it anew when it was killed", async () => {
  await ensureRunning(node(worker), context);
  const first = pid() ?? Number.NaN;
  process.kill(first, "SIGKILL");
  while (readRecords(context.run).some(isRunning)) await new Promise(setImmediate);

  await ensureRunning(node(worker), context);

  expect(reported.join()).toBe(`worker had stopped. End of ${context.logs}/worker.log:\n  ready`);
  expect(pid()).not.toBe(first);
});

test("ensureRunning: fails with the end of the log when the process ends by itself", async () => {
  const failing = node("console.error('no such luck'); process.exit(3)");

  await expect(ensureRunning(failing, context)).rejects.toThrow(
    `Cannot start worker: it ended by itself. End of ${context.logs}/worker.log:\n  no such luck`,
  );
  expect(readRecords(context.run)).toEqual([]);
});

test("ensureRunning: fails as a taken port when the log says so", async () => {
  const failing = node(
    "console.error('listen tcp: bind: address already in use'); process.exit(1)",
  );

  await expect(ensureRunning(failing, context)).rejects.toThrow(PortTakenError);
});

test("ensureRunning: fails when the process is not ready in time, and ends it", async () => {
  const slow = node("setInterval(() => {}, 1000)", { readyTimeoutSeconds: 0 });

  await expect(ensureRunning(slow, context)).rejects.toThrow("Timed out after 0 s");
  expect(readRecords(context.run)).toEqual([]);
});

test("ensureRunning: fails when there is no such program", async () => {
  const missing = node(worker, { command: "/nonexistent/program" });

  await expect(ensureRunning(missing, context)).rejects.toThrow(
    "Cannot start worker: /nonexistent/program does not run",
  );
});

test("stopProcess: ends a process by force when it does not listen", async () => {
  const deaf =
    "process.on('SIGTERM', () => console.log('no')); console.log('ready'); setInterval(() => {}, 1000)";
  await ensureRunning(node(deaf), context);
  const record = readRecord(context.run, "worker");
  if (record === undefined) throw new Error("not started");

  await stopProcess(record, context, { termSeconds: 0 });

  expect(isRunning(record)).toBe(false);
  expect(readRecords(context.run)).toEqual([]);
});

test("isRunning: does not take another process with the same pid for the recorded one", async () => {
  await ensureRunning(node(worker), context);
  const record = readRecord(context.run, "worker");
  if (record === undefined) throw new Error("not started");

  expect(isRunning(record)).toBe(true);
  expect(isRunning({ ...record, start: "1" })).toBe(false);
});

test.each([
  ["its owner's alone by default", {}, 0o600],
  ["for everybody to read where that is said", { umask: 0o022 }, 0o644],
])("ensureRunning: has the files of a process be %s", async (_, more, mode) => {
  const before = process.umask();
  const file = join(context.run, "written");
  const writes = `require("node:fs").writeFileSync(${JSON.stringify(file)}, "");`;

  await ensureRunning(node(writes + worker, more), context);

  expect(statSync(file).mode & 0o777).toBe(mode);
  expect(process.umask()).toBe(before);
});

test("ensureRunning: starts a process again that was started by a clock that was ahead", async () => {
  await ensureRunning(node(worker), context);
  const first = readRecord(context.run, "worker");
  if (first === undefined) throw new Error("not started");
  writeRecord(context.run, { ...first, began: Date.now() + 3 * 86_400_000 });

  await ensureRunning(node(worker), context);

  expect(reported).toEqual(["worker was started by a clock that was ahead; it is started again"]);
  expect(pid()).not.toBe(first.pid);
});

test("ensureRunning: starts no program where its record cannot be written", async () => {
  mkdirSync(join(context.run, "worker.json", "in the way"), { recursive: true });
  const told = join(context.run, "told");

  await expect(
    ensureRunning(node(`require("node:fs").writeFileSync(${JSON.stringify(told)}, "")`), context),
  ).rejects.toThrow(`Cannot write ${context.run}/worker.json: a folder of this name is in the way`);

  // The shell that waits for the word is a child of this process: once it is reaped, nothing can come of it.
  await waitFor(() => !childrenOf(process.pid).some((name) => name.includes("told")), {
    awaited: "the end of the shell",
    timeoutSeconds: 20,
  });
  expect(existsSync(told)).toBe(false);
});

/** Command lines of the children of a process. */
const childrenOf = (parent: number): string[] =>
  processes()
    .filter((it) => it.parent === parent && it.state !== "Z")
    .map((it) => readProc(it.pid, "cmdline"));

test.each([
  '{"name":"worker"',
  "{}",
  '{"name":"worker","pid":1,"start":"1","digest":"1","order":1}',
  '{"name":"worker","pid":-5,"start":"1","digest":"1","order":1}',
  '{"name":"other","pid":5,"start":"1","digest":"1","order":1}',
])("readRecord: takes %s for no record", (text) => {
  writeFileSync(join(context.run, "worker.json"), text);

  expect(readRecord(context.run, "worker")).toBeUndefined();
  expect(readRecords(context.run)).toEqual([]);
});
