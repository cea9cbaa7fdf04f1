import { UserError } from "../errors.ts";
import { privateFolder } from "../files/private-folder.ts";
import { movingLine } from "../moving-line.ts";
import { obstacleToRealNodes } from "../nodes/kind.ts";
import { localPaths } from "../paths.ts";
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
import { runSuites } from "./run-suites.ts";
import { needRealNodes, type SuiteSelection, suiteRuns } from "./suite-runs.ts";
import { stopTestClusters } from "./test-clusters.ts";

/** Options of `npm test`. */
export interface TestOptions extends SuiteSelection {
  /** How many times everything is run, a whole number from 1 to {@link MOST_TIMES}. */
  readonly repeat: string;
}

const MOST_TIMES = 100;

/** Longer than every suite takes. */
const WAIT_SECONDS = 7200;

/** `npm test`: every suite that this machine can run, the tools of the cluster first and with their progress shown. */
export async function test(files: readonly string[], options: TestOptions): Promise<void> {
  const times = timesIn(options);
  const { runs, skipped } = suiteRuns(files, options, await obstacleToRealNodes());
  const names = runs.flatMap((run) => run.suites);
  const signal = interruptSignal();
  const tools = [...localToolNames, ...toolsFirst(names)];
  if (names.some((name) => name !== "unit")) {
    await ensureToolchain({ tools, report, show: movingLine(), signal });
  }
  const codes: number[] = [];
  await withTestLock(signal, async () => {
    for (let time = 1; time <= times && !codes.some(isFailure); time += 1) {
      if (times > 1) report(`Run ${time} of ${times}`);
      codes.push(...(await runSuites(runs, { ...options, time, signal })));
    }
  });
  for (const line of skipped) report(line);
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
  if (!needRealNodes(run)) return [];
  return run.includes("engine") ? [...nodeToolNames, ...testToolNames] : nodeToolNames;
}

const isFailure = (code: number): boolean => code !== 0;

function timesIn({ repeat }: TestOptions): number {
  const times = Number(repeat);
  if (Number.isInteger(times) && times >= 1 && times <= MOST_TIMES) return times;
  throw new UserError(
    `Cannot run the tests "${repeat}" times: --repeat must be a whole number from 1 to ${MOST_TIMES}`,
  );
}
