import { vi } from "vitest";

/** What a command has printed, without the last line's end, and what it exits with. */
export interface Ran {
  readonly exitCode: number;
  readonly stderr: string;
  readonly stdout: string;
}

/** Runs a command line in this process: Node, and what a command loads, take most of a second of a processor to start. */
export async function runHere(
  command: (args: readonly string[]) => Promise<number>,
  args: readonly string[],
  {
    cwd,
    env = {},
  }: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Ran> {
  const before = process.cwd();
  if (cwd !== undefined) process.chdir(cwd);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const printed = { stderr: "", stdout: "" };
  const spies = (["stderr", "stdout"] as const).map((stream) =>
    vi.spyOn(process[stream], "write").mockImplementation((text) => {
      printed[stream] += String(text);
      return true;
    }),
  );
  try {
    const exitCode = await command(args);
    const { stderr, stdout } = printed;
    return { exitCode, stderr: stderr.replace(/\n$/, ""), stdout: stdout.replace(/\n$/, "") };
  } finally {
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
    process.chdir(before);
  }
}
