import { spawn } from "node:child_process";
import { accessSync, closeSync, constants } from "node:fs";
import type { Socket } from "node:net";
import { delimiter, isAbsolute } from "node:path";
import { messageOf, UserError } from "../errors.ts";
import { PRIVATE } from "../files/private-folder.ts";
import { waitFor } from "../wait.ts";
import { identityOf } from "./identity.ts";
import { endOfLog, openLog } from "./log.ts";
import {
  digestOf,
  isRunning,
  type ProcessRecord,
  readRecord,
  removeRecord,
  writeRecord,
} from "./record.ts";

const STOP_TIMEOUT_SECONDS = 10;
const KILL_TIMEOUT_SECONDS = 5;
/** A process that already runs answers at once, or hangs. */
const RUNNING_ANSWERS_WITHIN_SECONDS = 5;

/** One process of the embedded cluster: how it starts, and how one knows that it works. */
export interface ProcessSpec {
  /** Name in messages, of the record and of the log. */
  readonly name: string;
  /** Place in the order of starting. */
  readonly order: number;
  /** Executable, absolute. */
  readonly command: string;
  /** Arguments; no secret among them, since everyone on the machine can read them. */
  readonly args: readonly string[];
  /** Environment on top of a minimal one. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Folder in which it finds programs before those on the PATH of the process that starts it; a change there is no reason to restart it. */
  readonly ownPrograms?: string;
  /** Prepares what it begins with, each time before it is started and never while it runs. */
  readonly beforeStart?: () => void;
  /**
   * Which rights the files that it makes are without.
   * @default - {@link PRIVATE}: they are their owner's alone
   */
  readonly umask?: number;
  /** What else must lead to a restart when it changes, such as the content of a file it reads once. */
  readonly restartOn?: unknown;
  /** Asks whether it works. Throws or answers false until it does. */
  readonly isReady: () => Promise<boolean>;
  /** Limit from start to ready. */
  readonly readyTimeoutSeconds: number;
}

/** Where processes are recorded and what they write goes. */
export interface ProcessContext {
  /** Folder of the records. */
  readonly run: string;
  /** Folder of the logs. */
  readonly logs: string;
  /** Told one line a noteworthy event. */
  readonly report: (line: string) => void;
  /** Aborts waiting. */
  readonly signal?: AbortSignal | undefined;
}

/** The port that a process was given had been taken by somebody else when it came to open it. */
export class PortTakenError extends UserError {}

/**
 * Leaves a process alone that runs, works and was started the same way; otherwise starts it and waits until it works.
 *
 * @returns whether it was started
 * @throws UserError with the end of the log when it ends by itself or is not ready in time
 */
export async function ensureRunning(spec: ProcessSpec, context: ProcessContext): Promise<boolean> {
  const digest = digestOf([
    spec.command,
    spec.args,
    spec.environment,
    spec.ownPrograms,
    spec.restartOn,
  ]);
  const record = readRecord(context.run, spec.name);
  if (record !== undefined) {
    if (!isRunning(record)) {
      context.report(`${spec.name} had stopped. ${endOfLog(context.logs, spec.name)}`);
    } else if ((record.began ?? 0) > Date.now()) {
      // What it wrote then, such as its own certificate, is not valid yet.
      context.report(`${spec.name} was started by a clock that was ahead; it is started again`);
      await stopProcess(record, context);
    } else if (record.digest !== digest) {
      await stopProcess(record, context);
    } else if (await answers(spec, context)) {
      return false;
    } else {
      context.report(`${spec.name} runs but does not answer. ${endOfLog(context.logs, spec.name)}`);
      await stopProcess(record, context);
    }
  }
  await start(spec, digest, context);
  return true;
}

async function answers(spec: ProcessSpec, context: ProcessContext): Promise<boolean> {
  try {
    await waitFor(spec.isReady, {
      awaited: spec.name,
      timeoutSeconds: RUNNING_ANSWERS_WITHIN_SECONDS,
      signal: context.signal,
    });
    return true;
  } catch (error) {
    context.signal?.throwIfAborted();
    if (error instanceof UserError) return false;
    throw error;
  }
}

async function start(spec: ProcessSpec, digest: string, context: ProcessContext): Promise<void> {
  context.signal?.throwIfAborted();
  spec.beforeStart?.();
  const record = spawnDetached(spec, digest, context);
  try {
    await waitFor(
      async () => {
        if (!isRunning(record)) throw endedError(spec, context);
        return spec.isReady();
      },
      { awaited: spec.name, timeoutSeconds: spec.readyTimeoutSeconds, signal: context.signal },
    );
  } catch (error) {
    await stopProcess(record, context);
    if (error instanceof PortTakenError || context.signal?.aborted) throw error;
    const log = endOfLog(context.logs, spec.name);
    throw new UserError(`Cannot start ${spec.name}: ${messageOf(error)}. ${log}`);
  }
}

function endedError(spec: ProcessSpec, context: ProcessContext): UserError {
  const log = endOfLog(context.logs, spec.name);
  return /address already in use/i.test(log)
    ? new PortTakenError(`a port of ${spec.name} was taken by another process`)
    : new UserError("it ended by itself");
}

/** The program begins when a line comes from this process, and never where this process ends before. */
const WHEN_TOLD = 'read -r go <&3 && exec "$0" "$@" 3<&-';

/** Starts a process that begins only when its record is on the disk: whatever ends this process, none runs that no record tells of. */
function spawnDetached(spec: ProcessSpec, digest: string, context: ProcessContext): ProcessRecord {
  requireProgram(spec, context);
  const log = openLog(context.logs, spec.name);
  const umask = process.umask(spec.umask ?? PRIVATE); // the child inherits it
  const child = spawn("sh", ["-c", WHEN_TOLD, spec.command, ...spec.args], {
    detached: true, // a group of its own: Ctrl-C at the terminal does not reach it, and stopping it reaches its children
    cwd: context.run,
    env: { PATH: searchPath(spec), HOME: process.env["HOME"] ?? "", ...spec.environment },
    stdio: ["ignore", log, log, "pipe"],
  });
  process.umask(umask);
  closeSync(log);
  child.on("error", () => {}); // no shell: the missing pid below says it
  child.unref();
  const gate = child.stdio[3] as Socket;
  gate.on("error", () => {}); // it has ended already, which the look for it will tell
  // It may have ended already, and then has an identity all the same: nobody has reaped it yet.
  const identity = child.pid === undefined ? undefined : identityOf(child.pid);
  if (child.pid === undefined || identity === undefined) throw cannotRun(spec, context);
  const record = {
    name: spec.name,
    pid: child.pid,
    start: identity.start,
    digest,
    order: spec.order,
    began: Date.now(),
  };
  try {
    writeRecord(context.run, record);
    gate.write("go\n");
  } finally {
    gate.end();
    gate.unref();
  }
  return record;
}

const searchPath = ({ ownPrograms = "" }: ProcessSpec): string =>
  [ownPrograms, process.env["PATH"] ?? ""].filter(Boolean).join(delimiter);

/** Names found on PATH are left to the shell, which says in the log what it does not find. */
function requireProgram(spec: ProcessSpec, context: ProcessContext): void {
  if (!isAbsolute(spec.command)) return;
  try {
    accessSync(spec.command, constants.X_OK);
  } catch {
    throw cannotRun(spec, context);
  }
}

function cannotRun({ name, command }: ProcessSpec, { logs }: ProcessContext): UserError {
  return new UserError(`Cannot start ${name}: ${command} does not run. ${endOfLog(logs, name)}`);
}

/** Ends a process and its group, first by asking, then by force, and forgets it. */
export async function stopProcess(
  record: ProcessRecord,
  context: Pick<ProcessContext, "run">,
  { termSeconds = STOP_TIMEOUT_SECONDS } = {},
): Promise<void> {
  for (const [signal, timeoutSeconds] of [
    ["SIGTERM", termSeconds],
    ["SIGKILL", KILL_TIMEOUT_SECONDS],
  ] as const) {
    if (!isRunning(record)) break;
    signalGroup(record.pid, signal);
    await waitFor(() => !isRunning(record), {
      awaited: `${record.name} to end after ${signal}`,
      timeoutSeconds,
    }).catch((error: unknown) => {
      if (signal === "SIGKILL") throw error;
    });
  }
  removeRecord(context.run, record.name);
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
