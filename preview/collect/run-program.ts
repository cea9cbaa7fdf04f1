import { spawn } from "node:child_process";
import { messageOf } from "../errors.ts";

/** How a program is run. */
export interface RunOptions {
  /** The folder that it runs in. */
  readonly cwd: string;
  /** Variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** After so many seconds it is interrupted. */
  readonly timeoutSeconds: number;
  /** Whether its output is shown on stderr while it runs. */
  readonly show?: boolean;
}

/** What a program left behind. */
export interface ProgramRun {
  /** The exit code; null if it was ended by a signal or did not start. */
  readonly exitCode: number | null;
  /** Whether it was interrupted because it took too long. */
  readonly timedOut: boolean;
  /** What it printed on stdout. */
  readonly stdout: string;
  /** What it printed on stderr, or why it did not start. */
  readonly stderr: string;
}

/** After the interrupt, which lets the engine write its state, the program has so long to end. */
const GRACE_MILLISECONDS = 30_000;

/** Runs a program to its end. It never throws. */
export function runProgram(
  command: string,
  args: readonly string[],
  { cwd, env = {}, show = false, timeoutSeconds }: RunOptions,
): Promise<ProgramRun> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [stdout, stderr, timedOut] = ["", "", false];
    child.stdout.on("data", (data: Buffer) => {
      stdout += data.toString();
      if (show) process.stderr.write(data);
    });
    child.stderr.on("data", (data: Buffer) => {
      stderr += data.toString();
      if (show) process.stderr.write(data);
    });
    let killing: NodeJS.Timeout | undefined;
    const limit = setTimeout(() => {
      timedOut = true;
      child.kill("SIGINT");
      killing = setTimeout(() => child.kill("SIGKILL"), GRACE_MILLISECONDS);
    }, timeoutSeconds * 1000);
    const done = (exitCode: number | null): void => {
      clearTimeout(limit);
      clearTimeout(killing);
      resolve({ exitCode, timedOut, stdout, stderr });
    };
    child.on("error", (error) => {
      stderr += messageOf(error);
      done(null);
    });
    child.on("close", done);
  });
}
