import { vi } from "vitest";

/** What a command has printed, without the last line's end, and what it exits with. */
export interface Ran {
  readonly exitCode: number;
  readonly stderr: string;
  readonly stdout: string;
}

let isRunning = false;

/**
 * Runs a command line in this process: Node, and what a command loads, take most of a second of a processor to start. Variables are as
 * before afterwards.
 *
 * @throws Error when another one runs, since both would print into the same streams
 */
export async function runHere(
  command: (args: readonly string[]) => Promise<number>,
  args: readonly string[],
  {
    cwd,
    env = {},
  }: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Ran> {
  if (isRunning) throw new Error("Another command line runs in this process; await it first");
  isRunning = true;
  const folder = process.cwd();
  const variables = Object.keys(env).map((name) => [name, process.env[name]] as const);
  const { printed, restore } = capture();
  try {
    if (cwd !== undefined) process.chdir(cwd);
    Object.assign(process.env, env);
    const exitCode = await command(args);
    const { stderr, stdout } = printed;
    return { exitCode, stderr: stderr.replace(/\n$/, ""), stdout: stdout.replace(/\n$/, "") };
  } finally {
    restore();
    for (const [name, value] of variables) setVariable(name, value);
    process.chdir(folder);
    isRunning = false;
  }
}

/** Keeps from the terminal what this process prints, until it is restored. */
export function capture(): {
  readonly printed: { stderr: string; stdout: string };
  readonly restore: () => void;
} {
  const printed = { stderr: "", stdout: "" };
  const spies = (["stderr", "stdout"] as const).map((stream) =>
    vi.spyOn(process[stream], "write").mockImplementation((text) => {
      printed[stream] += String(text);
      return true;
    }),
  );
  return { printed, restore: () => spies.forEach((spy) => void spy.mockRestore()) };
}

function setVariable(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
