import { describe, expect, test } from "vitest";
import { isTest } from "../support/is-test.ts";
import { capabilities } from "./rows/capabilities.ts";
import { fronts } from "./rows/fronts.ts";
import { patches } from "./rows/patches.ts";
import { waysOut } from "./rows/ways-out.ts";
import { workloads } from "./rows/workloads.ts";

const rows = [...workloads, ...patches, ...waysOut, ...fronts];

/** The rows by section: how many there are, and which numbers are not given. */
const SECTIONS = {
  A: { last: 15, without: [] },
  B: { last: 5, without: [] },
  C: { last: 7, without: [] },
  F: { last: 15, without: [7, 9, 10, 12, 14] },
  G: { last: 13, without: [] },
} as const;

describe.each(rows)("row $id", ({ neighbours, reported }) => {
  test.each([reported, ...neighbours])("$what", async ({ check }) => {
    expect.hasAssertions();
    await check();
  });
});

describe("the rows", () => {
  test("are all there, each once, with at least three neighbours that differ", async ({
    annotate,
  }) => {
    const all = Object.entries(SECTIONS).flatMap(([section, { last, without }]) =>
      Array.from({ length: last }, (_, index) => index + 1)
        .filter((number) => !(without as readonly number[]).includes(number))
        .map((number) => `${section}${number}`),
    );

    expect(rows.map(({ id }) => id).sort()).toEqual(all.sort());
    for (const { id, neighbours, reported } of rows) {
      const whats = new Set([reported, ...neighbours].map(({ what }) => what));
      expect(whats.size, id).toBe(neighbours.length + 1);
      expect(neighbours.length, id).toBeGreaterThanOrEqual(3);
    }
    const found = rows.reduce((sum, { neighbours }) => sum + neighbours.length, 0);
    await annotate(
      `Users' reports: ${rows.length} rows of what came out wrong, and ${found} neighbours of them that nobody reported`,
      "figure",
    );
  });

  test.each(Object.entries(capabilities))("%s can be said: a test says it", (_, [file, title]) => {
    expect(isTest(`tests/unit/${file}.test.ts`, title)).toBe(true);
  });
});
