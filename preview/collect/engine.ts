import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EventLog, parseEventLog } from "../engine/events.ts";
import { GateError } from "../errors.ts";
import { type ProgramRun, runProgram } from "./run-program.ts";

/** The engine, and the program that it runs. */
export interface Engine {
  /** The `pulumi` that is run. */
  readonly pulumi: string;
  /** The folder with Pulumi.yaml. */
  readonly cwd: string;
  /** After so many seconds a preview is interrupted. */
  readonly timeoutSeconds: number;
}

/** A run of the engine, with its log. */
export interface LoggedRun extends ProgramRun, EventLog {}

const QUICK_SECONDS = 60;

/** A run that is not interactive and prints no colours, which would break what is read. */
const COMMON = ["--non-interactive", "--color=never"];

/** Runs `pulumi preview` or `pulumi up` and reads the log of its events. */
export async function runLogged(
  { cwd, pulumi, timeoutSeconds }: Engine,
  args: readonly string[],
  show = false,
): Promise<LoggedRun> {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-preview-gate-"));
  const log = join(folder, "events.json");
  try {
    const env = { PULUMI_DEBUG_COMMANDS: "true" }; // without it, the engine has no --event-log
    const all = [...args, ...COMMON, "--event-log", log];
    const run = await runProgram(pulumi, all, { cwd, env, timeoutSeconds, show });
    return { ...run, ...parseEventLog(textOf(log)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // the engine ended before it wrote anything
  }
}

/**
 * Runs a command of the engine and returns what it printed.
 *
 * @param timeoutSeconds - after so many seconds it is interrupted; what answers at once needs no other than the default
 * @throws GateError with what it printed on stderr
 */
export async function askEngine(
  { cwd, pulumi }: Pick<Engine, "cwd" | "pulumi">,
  args: readonly string[],
  timeoutSeconds = QUICK_SECONDS,
): Promise<string> {
  const run = await runProgram(pulumi, [...args, ...COMMON], { cwd, timeoutSeconds });
  if (run.exitCode === 0) return run.stdout;
  const said = run.stderr.trim().split("\n").slice(0, 5).join("\n");
  throw new GateError(
    `Cannot run pulumi ${args.slice(0, 2).join(" ")}: ${said || `exit code ${run.exitCode}`}`,
  );
}
