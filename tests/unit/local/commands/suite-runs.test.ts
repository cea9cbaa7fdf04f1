import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  longProofs,
  type SuiteSelection,
  suiteRuns,
  suites,
} from "../../../../local/commands/suite-runs.ts";

const checkout = join(import.meta.dirname, "../../../..");
const runs = (selection: SuiteSelection, files: string[] = []) =>
  suiteRuns(files, selection, undefined).runs;
const OBSTACLE = "not root";

describe("suiteRuns", () => {
  test("runs every suite whole, traffic apart from the others", () => {
    expect(suiteRuns([], {}, undefined)).toEqual({
      runs: [
        { suites: ["unit", "programs", "browser", "engine", "nodes"], files: [], isWhole: true },
        { suites: ["traffic"], files: [], isWhole: true },
      ],
      skipped: [],
    });
  });

  test.each<[SuiteSelection, string[]]>([
    [{}, ["drain"]],
    [{ testNamePattern: "drain" }, []],
    [{ changed: true }, []],
    [{ changed: "main" }, []],
    [{ soak: true }, ["drain"]],
    [{ soak: true, testNamePattern: "drain" }, []],
  ])("runs a part, %j %j, in one run of all suites", (selection, files) => {
    expect(runs(selection, files)).toEqual([{ suites: [...suites], files, isWhole: false }]);
  });

  test("runs nothing but the long proofs in a soak", () => {
    expect(runs({ soak: true })).toEqual([
      {
        suites: ["programs", "engine", "nodes"],
        files: [...proofsOf("programs"), ...proofsOf("engine"), ...proofsOf("nodes")],
        isWhole: true,
      },
      { suites: ["traffic"], files: proofsOf("traffic"), isWhole: true },
    ]);
    expect(suiteRuns([], { soak: true }, undefined).skipped).toEqual([
      "Skipped the suite unit: it has no long proofs",
      "Skipped the suite browser: it has no long proofs",
    ]);
  });

  test("runs one suite, and says of the others that they were not asked for", () => {
    expect(runs({ suite: "engine" })).toEqual([{ suites: ["engine"], files: [], isWhole: true }]);
    expect(suiteRuns([], { suite: "engine" }, undefined).skipped).toContain(
      "Skipped the suite traffic: only engine was asked for",
    );
  });

  test("leaves out real nodes where they cannot be, and says why", () => {
    const { runs: possible, skipped } = suiteRuns([], {}, OBSTACLE);

    expect(possible.flatMap((run) => run.suites)).toEqual([
      "unit",
      "programs",
      "browser",
      "engine",
    ]);
    expect(skipped).toEqual([
      "Skipped the suite nodes: it has real nodes: not root",
      "Skipped the suite traffic: it has real nodes: not root",
    ]);
  });

  test.each<[SuiteSelection, string | undefined, string]>([
    [
      { suite: "unitt" },
      undefined,
      'Cannot test "unitt": must be one of unit, programs, browser, engine, nodes, traffic',
    ],
    [
      { suite: "unit", soak: true },
      undefined,
      'Cannot make the long proofs of "unit": must be one of programs, engine, nodes, traffic',
    ],
    [{ suite: "traffic" }, OBSTACLE, "Cannot run the suite traffic, it has real nodes: not root"],
  ])("refuses %j", (selection, obstacle, message) => {
    expect(() => suiteRuns([], selection, obstacle)).toThrow(message);
  });
});

describe("longProofs", () => {
  test("are the test files that do more in a soak, and no others", () => {
    const tests = globSync("tests/{programs,browser,engine,nodes,traffic}/**/*.test.ts", {
      cwd: checkout,
    });
    const longer = tests.filter((file) =>
      /from "[^"]*(soak|fuzz\/settings|\.\/settings)\.ts"/.test(
        readFileSync(join(checkout, file), "utf8"),
      ),
    );
    const all = Object.values(longProofs).flat();

    expect(longer.filter((file) => !all.some((part) => file.includes(part)))).toEqual([]);
    expect(all.filter((part) => !longer.some((file) => file.includes(part)))).toEqual([]);
    expect(longer.length).toBeGreaterThan(all.length);
  });
});

const proofsOf = (suite: string): string[] => [...(longProofs[suite] ?? [])];
