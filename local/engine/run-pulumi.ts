import { once } from "node:events";
import { type ExecaError, execa } from "execa";
import { UserError } from "../errors.ts";
import { checkout } from "../paths.ts";

/** Exit code by which the engine says that it was cancelled. */
const CANCELLED = 8;
const END_TIMEOUT_MILLISECONDS = 30_000;

/** How `pulumi` is run. */
export interface PulumiOptions {
  /** The engine, absolute. */
  readonly pulumi: string;
  /** As made by `engineEnvironment`. */
  readonly environment: Record<string, string>;
  /** Ends the run as Ctrl-C does: the engine finishes what it is at and writes its state. */
  readonly signal?: AbortSignal | undefined;
  /** Where its output goes: `show` to this process's stderr, `return` to the caller. */
  readonly output: "show" | "return";
}

/**
 * Runs `pulumi` and returns what it printed on stdout, or nothing where it was shown.
 *
 * @throws UserError with the command and the exit code, and with what it printed where that was not shown
 */
export async function runPulumi(args: readonly string[], options: PulumiOptions): Promise<string> {
  const { pulumi, environment, signal, output } = options;
  signal?.throwIfAborted();
  const shown = output === "show";
  const child = execa(pulumi, [...args, "--non-interactive", ...colour(shown)], {
    cwd: checkout,
    env: { ...environment, PULUMI_CONFIG_PASSPHRASE: undefined }, // it would win over the file
    stdin: "ignore",
    stdout: shown ? 2 : "pipe",
    stderr: shown ? 2 : "pipe",
    // a group of its own: Ctrl-C reaches it once, through the signal, and not a second time, which would make it drop everything
    detached: true,
    reject: false,
  });
  const interrupt = () => {
    child.kill("SIGINT");
    const timer = setTimeout(() => child.kill("SIGKILL"), END_TIMEOUT_MILLISECONDS);
    void once(child, "exit").then(() => clearTimeout(timer));
  };
  signal?.addEventListener("abort", interrupt, { once: true });
  const result = await child;
  signal?.removeEventListener("abort", interrupt);
  signal?.throwIfAborted();
  if (result.failed) throw failure(args, result as ExecaError, shown);
  return String(result.stdout ?? "");
}

const colour = (shown: boolean): string[] =>
  shown && process.stderr.isTTY && !process.env["NO_COLOR"] ? [] : ["--color=never"];

function failure(args: readonly string[], result: ExecaError, shown: boolean): UserError {
  const what = `pulumi ${args[0] ?? ""} failed with exit code ${result.exitCode ?? "none"}`;
  if (result.exitCode === CANCELLED) return new UserError(`${what}: it was cancelled`);
  if (shown) return new UserError(`${what}; its messages are above`);
  return new UserError(`${what}:\n${String(result.stderr)}${String(result.stdout)}`.trimEnd());
}
