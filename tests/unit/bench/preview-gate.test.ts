import { describe, expect, test } from "vitest";
import { gatePage } from "../../../bench/preview-gate/page.ts";
import { addedBy, type GateResult, overLimit } from "../../../bench/preview-gate/result.ts";
import { median } from "../../../bench/rounds.ts";

const sample = (seconds: number, togetherMegabytes = 900) => ({
  seconds,
  processorSeconds: 2 * seconds,
  togetherMegabytes,
});

const rounds = {
  state: "From nothing",
  samples: {
    preview: [sample(10), sample(20), sample(12)],
    gate: [sample(10.5, 950), sample(20.9, 990), sample(12.7, 960)],
    policies: [sample(11), sample(23), sample(13.2)],
  },
};
const result: GateResult = {
  machine: "2 cores",
  date: "2026-12-01",
  backends: 100,
  previews: [rounds],
  reportSeconds: [0.4, 0.3],
};

describe("addedBy", () => {
  test("addedBy: is the median of the differences within a round", () => {
    const added = addedBy(rounds);

    expect(added.gateSeconds).toBeCloseTo(0.7);
    expect(added.gateProcessorSeconds).toBeCloseTo(1.4);
    expect(added.gateMegabytes).toBe(60);
    expect(added.policies).toBeCloseTo(0.1);
  });
});

describe("overLimit", () => {
  const slow = (more: object): GateResult => ({
    ...result,
    previews: [{ ...rounds, samples: { ...rounds.samples, ...more } }],
  });

  test.each([
    ["nothing when everything is within", result, []],
    [
      "the gate when it adds more than a second",
      slow({ gate: [sample(11.1), sample(21.2), sample(13.1)] }),
      ["From nothing: seconds of the gate: 1.10 is more than 1"],
    ],
    [
      "the gate when it takes more memory",
      slow({ gate: [sample(10, 1051), sample(20, 1052), sample(12, 900)] }),
      ["From nothing: megabytes of the gate: 151.00 is more than 150"],
    ],
    [
      "the policy pack when it adds more than a fifth",
      slow({ policies: [sample(12.1), sample(24.2), sample(15)] }),
      ["From nothing: part of the policy pack: 0.21 is more than 0.2"],
    ],
    [
      "a report when it takes more than two seconds",
      { ...result, reportSeconds: [2.5, 2.1, 1] },
      ["seconds of a report: 2.10 is more than 2"],
    ],
  ])("overLimit: names %s", (_, measured, over) => {
    expect(overLimit(measured)).toEqual(over);
  });
});

describe("gatePage", () => {
  test("gatePage: says what is added, and its limits", () => {
    const page = gatePage(result);

    expect(page).toContain("| the gate, which runs it | 12.70 | 25.40 | 960 MB |");
    expect(page).toContain("The gate adds 0.70 s (at most 1), 1.40 s of processor time and 60 MB");
    expect(page).toContain("The policy pack adds 10 % (at most 20 %), 10 % of processor time.");
    expect(page).toContain("Nothing is over its limit.");
  });
});

describe("median", () => {
  test("median: is the mean of the two in the middle when there are an even number", () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
  });
});
