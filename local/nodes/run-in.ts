import { ExecaError, execa } from "execa";
import { UserError } from "../errors.ts";

const TIMEOUT_MILLISECONDS = 30_000;

/** Runs a short command and returns what it prints. @throws UserError with what it said when it fails */
export async function command(program: string, ...args: readonly string[]): Promise<string> {
  try {
    const options = { timeout: TIMEOUT_MILLISECONDS, stripFinalNewline: false } as const;
    return (await execa(program, args, options)).stdout;
  } catch (error) {
    if (!(error instanceof ExecaError)) throw error;
    const reason = String(error.stderr || error.shortMessage).trim();
    throw new UserError(`Cannot run ${[program, ...args].join(" ")}: ${reason}`);
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
