import { execa } from "execa";
import { checkout } from "../../local/paths.ts";

/** What a command left behind. */
export interface CommandRun {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of the checkout as npm does, with nobody at the terminal. */
export async function command(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<CommandRun> {
  const result = await execa("node", ["local/main.ts", ...args], {
    cwd: checkout,
    env,
    stdin: "ignore",
    reject: false,
    timeout: 110_000,
  });
  return { exitCode: result.exitCode, stdout: result.stdout, stderr: result.stderr };
}
