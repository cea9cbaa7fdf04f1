import { execa, type Options } from "execa";
import { UserError } from "../errors.ts";
import { privateFolder } from "../files/private-folder.ts";
import { movingLine } from "../moving-line.ts";
import { obstacleToRealNodes } from "../nodes/kind.ts";
import { checkout, localPaths } from "../paths.ts";
import { interruptSignal, report } from "../terminal.ts";
import { ensureToolchain } from "../toolchain/ensure-toolchain.ts";
import { withFileLock } from "../toolchain/file-lock.ts";
import {
  localToolNames,
  type NodeToolName,
  nodeToolNames,
  type TestToolName,
  testToolNames,
} from "../toolchain/recipes.ts";
import { stopTestClusters } from "./test-clusters.ts";

/** Options of `npm test`. */
export interface TestOptions {
  readonly suite?: string;
  /** A regular expression for full names of tests. */
  readonly testNamePattern?: string;
  /** Only files that changes reach: uncommitted ones, or those since a commit. */
  readonly changed?: string | true;
  /** Whether the tests make their long proofs. */
  readonly soak?: true;
  /** How many times everything is run, a whole number from 1 to {@link MOST_TIMES}. */
  readonly repeat: string;
}

const MOST_TIMES = 100;

const suites = ["unit", "programs", "engine", "nodes", "traffic"];
/** Longer than every suite takes. */
const WAIT_SECONDS = 7200;
/** Those that need Linux and root. */
const withRealNodes = ["nodes", "traffic"];

/** `npm test`: every suite that this machine can run, the tools of the cluster first and with their progress shown. */
export async function test(filters: readonly string[], options: TestOptions): Promise<void> {
  const { changed, suite, testNamePattern } = options;
  const times = timesIn(options);
  if (suite !== undefined && !suites.includes(suite)) {
    throw new UserError(`Cannot test "${suite}": must be one of ${suites.join(", ")}`);
  }
  const signal = interruptSignal();
  const obstacle = await obstacleToRealNodes();
  if (suite !== undefined && withRealNodes.includes(suite) && obstacle !== undefined) {
    throw new UserError(`Cannot run the suite ${suite}, it has real nodes: ${obstacle}`);
  }
  const possible = suites.filter((name) => obstacle === undefined || !withRealNodes.includes(name));
  const run = possible.filter((name) => suite === undefined || name === suite);
  const tools = [...localToolNames, ...toolsFirst(run)];
  if (suite !== "unit") await ensureToolchain({ tools, report, show: movingLine(), signal });
  const isPart = filters.length > 0 || testNamePattern !== undefined || changed !== undefined;
  const groups = isPart ? [run] : [run.filter(isQuiet), run.filter(isTraffic)];
  const runs = groups.filter((names) => names.length > 0);
  const codes: number[] = [];
  await withTestLock(signal, async () => {
    for (let time = 1; time <= times && !codes.some(isFailure); time += 1) {
      if (times > 1) report(`Run ${time} of ${times}`);
      if (runs.length < 2 || options.soak) {
        // What measures traffic has the machine to itself.
        for (const names of runs) codes.push(await runSuites(names, filters, options, signal));
      } else {
        codes.push(...(await sideBySide(runs, options, signal)));
      }
    }
  });
  for (const name of suites.filter((other) => !run.includes(other))) {
    const asked = suite === undefined || suite === name;
    const reason = asked ? `it has real nodes: ${obstacle}` : `only ${suite} was asked for`;
    report(`Skipped the suite ${name}: ${reason}`);
  }
  process.exitCode = codes.find(isFailure) ?? 0;
}

/** A run leaves no cluster, whatever ends it, and begins without those of one that was killed. Two runs would have their clusters in the same folders, and `npm stop` would stop those of a run that goes on. */
function withTestLock(signal: AbortSignal, run: () => Promise<void>): Promise<void> {
  const { root, testLock } = localPaths();
  privateFolder(root);
  const onWait = (holder: string) => report(`Waiting for the tests of ${holder}`);
  return withFileLock(testLock, { waitSeconds: WAIT_SECONDS, onWait, signal }, async () => {
    await stopTestClusters();
    try {
      await run();
    } finally {
      await stopTestClusters();
    }
  });
}

/** The tools that are got before any test runs. The suite engine builds its own meanwhile, unless others would wait for that build. */
function toolsFirst(run: readonly string[]): readonly (NodeToolName | TestToolName)[] {
  if (!run.some((name) => withRealNodes.includes(name))) return [];
  return run.includes("engine") ? [...nodeToolNames, ...testToolNames] : nodeToolNames;
}

const isFailure = (code: number): boolean => code !== 0;
const isTraffic = (name: string): boolean => name === "traffic";
const isQuiet = (name: string): boolean => !isTraffic(name);

function timesIn({ repeat }: TestOptions): number {
  const times = Number(repeat);
  if (Number.isInteger(times) && times >= 1 && times <= MOST_TIMES) return times;
  throw new UserError(
    `Cannot run the tests "${repeat}" times: --repeat must be a whole number from 1 to ${MOST_TIMES}`,
  );
}

/** Traffic mostly waits for Pods to drain, and the others compute meanwhile. Both end, also where one fails. */
function sideBySide(
  runs: readonly (readonly string[])[],
  options: TestOptions,
  signal: AbortSignal,
): Promise<number[]> {
  return Promise.all(
    runs.map((names) => {
      const tag = names.some(isTraffic) ? "[traffic] " : "";
      const tagged = function* (line: unknown) {
        yield `${tag}${line}`;
      };
      const coloured = process.stdout.isTTY && !process.env["NO_COLOR"];
      // Lines as they come: two runs cannot both move lines about on one terminal.
      return runSuites(names, [], options, signal, {
        env: coloured ? { FORCE_COLOR: "1" } : {},
        stdio: ["ignore", [tagged, "inherit"], [tagged, "inherit"]],
      });
    }),
  );
}

async function runSuites(
  names: readonly string[],
  filters: readonly string[],
  { changed, soak, testNamePattern }: TestOptions,
  signal: AbortSignal,
  { env, stdio }: Pick<Options, "env" | "stdio"> = { env: {}, stdio: "inherit" },
): Promise<number> {
  const projects = names.flatMap((name) => ["--project", name]);
  const only = [
    ...(testNamePattern === undefined ? [] : [`--testNamePattern=${testNamePattern}`]),
    ...(changed === undefined ? [] : [changed === true ? "--changed" : `--changed=${changed}`]),
  ];
  const result = await execa("vitest", ["run", ...projects, ...only, ...filters], {
    cwd: checkout,
    env: {
      ...env,
      SOAK: String(soak === true),
      SOAK_RESULTS: String(soak === true && filters.length + only.length === 0),
    },
    preferLocal: true,
    stdio,
    cancelSignal: signal,
    reject: false,
  });
  signal.throwIfAborted();
  return result.exitCode ?? 1;
}
