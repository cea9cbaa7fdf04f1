import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A command to run to its end. */
export interface ChildCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Ends the command and everything it started. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How long it may take, in seconds.
   * @default 3600
   */
  readonly limitSeconds?: number;
  /** Called with each line of its standard error, as it comes. */
  readonly onErrorLine?: (line: string) => void;
}

/** A command that could not be started, ended badly or took too long. */
export class ChildFailedError extends Error {
  override readonly name = "ChildFailedError";
  /** The last lines of what it printed. */
  readonly tail: readonly string[];

  constructor(command: string, reason: string, tail: readonly string[]) {
    super(`${command} ${reason}`);
    this.tail = tail;
  }
}

const tailLines = 15;
const graceMilliseconds = 5_000;

/** Ends a process group: politely, and after the grace period for certain. */
function endGroup(pid: number): void {
  const send = (signal: NodeJS.Signals): void => {
    try {
      process.kill(-pid, signal);
    } catch {
      // The group has gone.
    }
  };
  send("SIGTERM");
  setTimeout(send, graceMilliseconds, "SIGKILL").unref();
}

/**
 * Runs a command in a process group of its own, so that ending it also ends the compilers it
 * started, and yields what it wrote to standard output.
 *
 * @throws ChildFailedError with the tail of the output; the signal's reason when aborted.
 */
export async function runChild(options: ChildCommand): Promise<string> {
  const { command, args, cwd, env = process.env, signal, limitSeconds = 3600 } = options;
  signal?.throwIfAborted();

  const child = spawn(command, args, {
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    ...(cwd === undefined ? {} : { cwd }),
  });
  const end = (): void => {
    if (child.pid !== undefined) endGroup(child.pid);
  };
  const limit = AbortSignal.timeout(limitSeconds * 1000);
  limit.addEventListener("abort", end);
  signal?.addEventListener("abort", end);

  const output: string[] = [];
  const tail: string[] = [];
  const keep = (line: string): void => {
    tail.push(line);
    if (tail.length > tailLines) tail.shift();
  };
  createInterface({ input: child.stdout }).on("line", (line) => {
    output.push(line);
    keep(line);
  });
  createInterface({ input: child.stderr }).on("line", (line) => {
    keep(line);
    options.onErrorLine?.(line);
  });

  try {
    const reason = await ending(child);
    signal?.throwIfAborted();
    if (limit.aborted) throw new ChildFailedError(command, `took over ${limitSeconds} s`, tail);
    if (reason) throw new ChildFailedError(command, reason, tail);
    return output.join("\n");
  } finally {
    limit.removeEventListener("abort", end);
    signal?.removeEventListener("abort", end);
  }
}

/** Waits until a child and its pipes have closed; yields what went wrong, if anything did. */
function ending(child: ReturnType<typeof spawn>): Promise<string | undefined> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(`could not be started: ${error.message}`));
    child.once("close", (code, signal) => {
      resolve(code === 0 ? undefined : `ended with ${signal ?? `exit code ${code}`}`);
    });
  });
}
