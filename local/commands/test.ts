import { execa } from "execa";
import { UserError } from "../errors.ts";
import { obstacleToRealNodes } from "../nodes/kind.ts";
import { checkout } from "../paths.ts";
import { interruptSignal, report } from "../terminal.ts";
import { ensureToolchain } from "../toolchain/ensure-toolchain.ts";
import { localToolNames, nodeToolNames } from "../toolchain/recipes.ts";

/** Options of `npm test`. */
export interface TestOptions {
  readonly suite?: string;
}

const suites = ["unit", "programs", "engine", "traffic"];

/** `npm test`: every suite that this machine can run, the tools of the cluster first and with their progress shown. */
export async function test(filters: readonly string[], { suite }: TestOptions): Promise<void> {
  if (suite !== undefined && !suites.includes(suite)) {
    throw new UserError(`Cannot test "${suite}": must be one of ${suites.join(", ")}`);
  }
  const signal = interruptSignal();
  const obstacle = await obstacleToRealNodes();
  if (suite === "traffic" && obstacle !== undefined) {
    throw new UserError(`Cannot run the suite traffic, it has real nodes: ${obstacle}`);
  }
  const wanted = suites.filter((other) => suite === undefined || other === suite);
  const run = wanted.filter((name) => name !== "traffic" || obstacle === undefined);
  const real = run.includes("traffic") ? nodeToolNames : [];
  const tools = [...localToolNames, ...real];
  if (suite !== "unit") await ensureToolchain({ tools, report, signal });
  // What measures traffic has the machine to itself, unless some files are asked for.
  const together = filters.length > 0 ? [run] : groups(run);
  const codes: number[] = [];
  for (const group of together) codes.push(await runSuites(group, filters, signal));
  for (const other of suites.filter((name) => !run.includes(name))) {
    const reason = wanted.includes(other)
      ? `it has real nodes: ${obstacle}`
      : `only ${suite} was asked for`;
    report(`Skipped the suite ${other}: ${reason}`);
  }
  process.exitCode = codes.find((code) => code !== 0) ?? 0;
}

const groups = (names: readonly string[]): string[][] =>
  [names.filter((name) => name !== "traffic"), names.filter((name) => name === "traffic")].filter(
    (group) => group.length > 0,
  );

async function runSuites(
  names: readonly string[],
  filters: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  const projects = names.flatMap((name) => ["--project", name]);
  const result = await execa("vitest", ["run", ...projects, ...filters], {
    cwd: checkout,
    preferLocal: true,
    stdio: "inherit",
    cancelSignal: signal,
    reject: false,
  });
  signal.throwIfAborted();
  return result.exitCode ?? 1;
}
