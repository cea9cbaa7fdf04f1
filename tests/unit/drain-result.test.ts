import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  addUp,
  DELAY_SECONDS,
  type DrainResult,
  drainPlot,
  drainTable,
  kneeOf,
  SLEEP_SECONDS,
} from "../../bench/drain-result.ts";
import { DRAIN_SECONDS } from "../../components/workload/drain.ts";
import { checkout } from "../../local/paths.ts";

const read = (path: string) => readFileSync(join(checkout, path), "utf8");
const result = JSON.parse(read("bench/results/drain.json")) as DrainResult;

const cell = (sleepSeconds: number, lost: number) => ({
  sleepSeconds,
  delaySeconds: 0,
  deletions: 1,
  requests: 100,
  lost,
  classes: lost > 0 ? { refused: lost } : {},
});

describe("the guide's page on draining", () => {
  const page = read("docs/guide/drain.md");

  test("table: is that of the measured losses", () => {
    expect(page).toContain(`\n${drainTable(result.cells)}\n`);
  });

  test("plot: is that of the measured losses", () => {
    expect(page).toContain(`\`\`\`mermaid\n${drainPlot(result.cells)}\n\`\`\``);
  });

  test("defaults: are twice what nothing was lost with, and more, when nodes learn of it 2 seconds late", () => {
    const shortest = Math.min(...Object.values(DRAIN_SECONDS));

    for (const delay of DELAY_SECONDS.filter((seconds) => seconds <= 2)) {
      expect(kneeOf(result.cells, delay)).toBeLessThanOrEqual(shortest / 2);
    }
  });
});

describe("drain results", () => {
  test("addUp: adds the losses of equal cells by their classes", () => {
    const other = { ...cell(1, 3), classes: { refused: 1, timedOut: 2 } };

    expect(addUp([cell(1, 2), cell(2, 0), other])).toEqual([
      { ...cell(1, 5), deletions: 2, requests: 200, classes: { refused: 3, timedOut: 2 } },
      cell(2, 0),
    ]);
  });

  test("drainTable: shows a loss that is rounded to nothing", () => {
    const cells = SLEEP_SECONDS.map((sleep) => ({ ...cell(sleep, 0), deletions: 3 }));
    const [first = cell(0, 0), ...others] = cells;

    expect(drainTable([{ ...first, lost: 1 }, ...others])).toContain("| 0 s | < 1 |");
  });

  test("kneeOf: is the shortest sleep from which on nothing is lost", () => {
    const cells = SLEEP_SECONDS.map((sleep) => cell(sleep, sleep === 2 ? 1 : 0));

    expect(kneeOf(cells, 0)).toBe(5);
  });

  test("kneeOf: is none when the longest sleep loses something", () => {
    const cells = SLEEP_SECONDS.map((sleep) => cell(sleep, sleep === 15 ? 1 : 0));

    expect(kneeOf(cells, 0)).toBeUndefined();
  });
});
