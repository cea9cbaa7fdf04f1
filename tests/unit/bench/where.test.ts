import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { peersOf } from "../../../bench/where/peers.ts";
import { whereTable } from "../../../bench/where/table.ts";
import { processorSecondsOf } from "../../../bench/where/timed.ts";
import { checkout } from "../../../local/paths.ts";

describe("processorSecondsOf", () => {
  test("takes the times of what was run, and not those of the shell", () => {
    const printed = "0m0.001000s 0m0.002000s\n1m0.500000s 0m0.250000s\n";

    expect(processorSecondsOf(printed)).toBe(60.75);
  });
});

describe("peersOf", () => {
  test("asks kubectl the questions that it can answer, if there is one", () => {
    const questions = (kubectl: string | undefined) =>
      peersOf(kubectl).map(({ name, question }) => `${name}: ${question}`);

    expect(questions(undefined)).toHaveLength(3);
    expect(questions("kubectl").slice(3)).toEqual([
      "kubectl describe and get: one Service that works",
      "kubectl describe and get: one Service whose Pods crash",
    ]);
  });
});

describe("bench/results/where.md", () => {
  const folder = join(checkout, "bench/results");

  test("is the page of the result", async () => {
    const result = JSON.parse(readFileSync(join(folder, "where.json"), "utf8"));

    await expect(whereTable(result)).toMatchFileSnapshot(join(folder, "where.md"));
  });
});
