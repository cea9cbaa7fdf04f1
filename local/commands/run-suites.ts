import { execa, type Options } from "execa";
import { checkout } from "../paths.ts";
import type { SuiteRun, SuiteSelection } from "./suite-runs.ts";

/** How suites are run. */
export interface SuiteOptions extends SuiteSelection {
  /** Which of several runs this is. Each has the fuzzers draw other values. */
  readonly time: number;
  readonly signal: AbortSignal;
}

/**
 * Runs suites with Vitest and gives the exit codes.
 *
 * @throws what `signal` was aborted with
 */
export async function runSuites(
  runs: readonly SuiteRun[],
  options: SuiteOptions,
): Promise<number[]> {
  if (runs.length > 1 && !options.soak) {
    // Traffic mostly waits for Pods to drain, and the others compute meanwhile. Both end, also where one fails.
    return Promise.all(runs.map((run) => runVitest(run, options, taggedOutput(run))));
  }
  const codes: number[] = [];
  // In the long proofs, what measures traffic has the machine to itself.
  for (const run of runs) codes.push(await runVitest(run, options, { stdio: "inherit" }));
  return codes;
}

/** Lines as they come, with where they are from: two runs cannot both move lines about on one terminal. */
function taggedOutput({ suites }: SuiteRun): Pick<Options, "env" | "stdio"> {
  const tag = suites.includes("traffic") ? "[traffic] " : "";
  const tagged = function* (line: unknown) {
    yield `${tag}${line}`;
  };
  const coloured = process.stdout.isTTY && !process.env["NO_COLOR"];
  return {
    env: coloured ? { FORCE_COLOR: "1" } : {},
    stdio: ["ignore", [tagged, "inherit"], [tagged, "inherit"]],
  };
}

async function runVitest(
  { files, isWhole, suites }: SuiteRun,
  options: SuiteOptions,
  { env, stdio }: Pick<Options, "env" | "stdio">,
): Promise<number> {
  const { changed, signal, soak, testNamePattern, time } = options;
  const args = [
    ...suites.flatMap((name) => ["--project", name]),
    ...(testNamePattern === undefined ? [] : [`--testNamePattern=${testNamePattern}`]),
    ...(changed === undefined ? [] : [changed === true ? "--changed" : `--changed=${changed}`]),
    ...files,
  ];
  const result = await execa("vitest", ["run", ...args], {
    cwd: checkout,
    env: {
      ...env,
      SOAK: String(soak === true),
      SOAK_RESULTS: String(soak === true && isWhole),
      FUZZ_TIME: String(time),
    },
    preferLocal: true,
    stdio,
    cancelSignal: signal,
    reject: false,
  });
  signal.throwIfAborted();
  return result.exitCode ?? 1;
}
