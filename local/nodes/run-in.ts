import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { UserError } from "../errors.ts";

const TIMEOUT_MILLISECONDS = 30_000;
const run = promisify(execFile);

/** Runs a short command and returns what it prints. @throws UserError with what it said when it fails */
export async function command(program: string, ...args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run(program, args, { timeout: TIMEOUT_MILLISECONDS });
    return stdout;
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new UserError(
      `Cannot run ${[program, ...args].join(" ")}: ${(stderr || message).trim()}`,
    );
  }
}

/** The start of a command that is to run in a network namespace with a name; `ip netns exec` would hide the control groups. */
export const inNamespace = (name: string): string[] => [
  "nsenter",
  `--net=/run/netns/${name}`,
  "--",
];

/** The start of a command that is to run on a node, given the pid of the node's first process. */
export const onNode = (pid: number): string[] => [
  "nsenter",
  `--target=${pid}`,
  "--net",
  "--mount",
  "--pid",
  "--uts",
  "--",
];
