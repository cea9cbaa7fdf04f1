import { execa } from "execa";
import { UserError } from "../errors.ts";
import { checkout } from "../paths.ts";
import { interruptSignal, report } from "../terminal.ts";
import { ensureToolchain } from "../toolchain/ensure-toolchain.ts";
import { toolNames } from "../toolchain/recipes.ts";

/** Options of `npm test`. */
export interface TestOptions {
  readonly suite?: string;
}

const suites = ["unit", "engine"];

/** `npm test`: every suite, the tools of the engine tests first and with their progress shown. */
export async function test(filters: readonly string[], { suite }: TestOptions): Promise<void> {
  if (suite !== undefined && !suites.includes(suite)) {
    throw new UserError(`Cannot test "${suite}": must be one of ${suites.join(", ")}`);
  }
  const signal = interruptSignal();
  if (suite !== "unit") await ensureToolchain({ tools: toolNames, report, signal });
  for (const other of suites) {
    if (suite !== undefined && other !== suite) {
      report(`Skipping the suite ${other}: only ${suite} was asked for`);
    }
  }
  const project = suite === undefined ? [] : ["--project", suite];
  const result = await execa("vitest", ["run", ...project, ...filters], {
    cwd: checkout,
    preferLocal: true,
    stdio: "inherit",
    cancelSignal: signal,
    reject: false,
  });
  signal.throwIfAborted();
  process.exitCode = result.exitCode ?? 1;
}
