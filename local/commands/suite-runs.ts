import { UserError } from "../errors.ts";

/** What decides which tests are run. */
export interface SuiteSelection {
  readonly suite?: string;
  /** A regular expression for full names of tests. */
  readonly testNamePattern?: string;
  /** Only files that changes reach: uncommitted ones, or those since a commit. */
  readonly changed?: string | true;
  /** Whether the tests make their long proofs. Unless files or names are given, nothing else is run. */
  readonly soak?: true;
}

/** Suites that are run together, and which of their files by what the paths contain: all files where none is given. */
export interface SuiteRun {
  readonly suites: readonly string[];
  readonly files: readonly string[];
  /** Whether what they measure is that of all their files and tests. */
  readonly isWhole: boolean;
}

/** All suites, in the order in which they are named to people. */
export const suites = ["unit", "programs", "browser", "engine", "nodes", "traffic"] as const;

/** Those that need Linux and root. */
const withRealNodes: readonly string[] = ["nodes", "traffic"];

/** The suites that need what real nodes need. */
export const needRealNodes = (names: readonly string[]): boolean =>
  names.some((name) => withRealNodes.includes(name));

/** The files of a suite that do more in the long proofs than in every run. */
export const longProofs: Readonly<Record<string, readonly string[]>> = {
  programs: ["tests/programs/local/cluster/faults.test.ts"],
  engine: ["tests/engine/fuzz/"],
  nodes: ["tests/nodes/faults.test.ts", "tests/nodes/start-stop.test.ts"],
  traffic: [
    "tests/traffic/answers-after-up.test.ts",
    "tests/traffic/applications.test.ts",
    "tests/traffic/no-request-lost.test.ts",
  ],
};

/** Whether only a part of what the suites have is asked for. */
function isPart(files: readonly string[], selection: SuiteSelection): boolean {
  const { changed, testNamePattern } = selection;
  return files.length > 0 || testNamePattern !== undefined || changed !== undefined;
}

/**
 * Which suites are run, together or one after the other, and why the others are not.
 *
 * @param obstacle Why this machine cannot have real nodes.
 * @throws UserError when the suite is unknown, has no long proofs, or cannot run on this machine
 */
export function suiteRuns(
  files: readonly string[],
  selection: SuiteSelection,
  obstacle: string | undefined,
): { readonly runs: readonly SuiteRun[]; readonly skipped: readonly string[] } {
  const { suite } = selection;
  const whole = !isPart(files, selection);
  const proofs = selection.soak && whole ? longProofs : undefined;
  checkSuite(suite, proofs, obstacle);

  const reasons = suites.map((name) => [name, whyNot(name)] as const);
  const run = reasons.filter(([, reason]) => reason === undefined).map(([name]) => name);
  const isTraffic = (name: string) => name === "traffic";
  // What measures traffic is a run of its own.
  const groups = whole ? [run.filter((name) => !isTraffic(name)), run.filter(isTraffic)] : [run];
  return {
    runs: groups
      .filter((names) => names.length > 0)
      .map((names) => ({
        suites: names,
        isWhole: whole,
        files: proofs === undefined ? files : names.flatMap((name) => proofs[name] ?? []),
      })),
    skipped: reasons.flatMap(([name, reason]) =>
      reason === undefined ? [] : [`Skipped the suite ${name}: ${reason}`],
    ),
  };

  function whyNot(name: string): string | undefined {
    if (suite !== undefined && name !== suite) return `only ${suite} was asked for`;
    if (proofs !== undefined && !(name in proofs)) return "it has no long proofs";
    if (obstacle !== undefined && needRealNodes([name])) return `it has real nodes: ${obstacle}`;
    return undefined;
  }
}

function checkSuite(
  suite: string | undefined,
  proofs: typeof longProofs | undefined,
  obstacle: string | undefined,
): void {
  if (suite === undefined) return;
  const known: readonly string[] = proofs === undefined ? suites : Object.keys(proofs);
  if (!known.includes(suite)) {
    const action = proofs === undefined ? "test" : "make the long proofs of";
    throw new UserError(`Cannot ${action} "${suite}": must be one of ${known.join(", ")}`);
  }
  if (obstacle !== undefined && needRealNodes([suite])) {
    throw new UserError(`Cannot run the suite ${suite}, it has real nodes: ${obstacle}`);
  }
}
