import { describe, expect, test } from "vitest";
import { newestServed } from "../../../../local/refresh/newest.ts";

const current = "3.259.0";

describe("newestServed", () => {
  test.each([
    ["3.276.0", "the list ends with it", ["v3.259.0", "v3.276.0"]],
    ["3.276.0", "the list is in no order", ["3.276.0", "3.9.0", "3.265.0"]],
    ["3.1000.2", "numbers have several digits", ["3.1000.2", "3.999.9"]],
    ["4.0.0", "the major version is another", ["3.276.0", "4.0.0"]],
    ["3.259.0", "all that is served is older", ["3.258.0", "2.300.0"]],
    ["3.259.0", "nothing is served", []],
    ["3.259.0", "all that is newer are pre-releases", ["3.260.0-alpha.1", "v3.260.0-0.20260101"]],
    ["3.259.0", "all that is newer are builds", ["3.260.0+dirty", "v4.0.0+incompatible"]],
    ["3.261.0", "a pre-release is newer still", ["3.261.0", "3.262.0-beta.0"]],
    ["3.259.0", "what is served are no versions", ["latest", "", "v3", "3.270"]],
  ])("newestServed: is %s when %s", (newest, _, served) => {
    expect(newestServed([served], { current })).toBe(newest);
  });

  test("newestServed: is the newest that all have when the lists differ", () => {
    const served = [
      ["v3.259.0", "v3.270.0", "v3.275.0", "v3.276.0"],
      ["v3.259.0", "v3.270.0", "v3.276.0"],
      ["3.259.0", "3.270.0", "3.275.0"],
    ];

    expect(newestServed(served, { current })).toBe("3.270.0");
  });

  test("newestServed: is the current one when the lists have nothing newer in common", () => {
    expect(newestServed([["3.275.0"], ["3.276.0"]], { current })).toBe(current);
  });

  test.each([
    ["3.276.0", "3.276.0"],
    ["3.275.9", "3.265.0"],
    ["3.200.0", "3.259.0"],
  ])("newestServed: is at most %s when that is the bound", (atMost, newest) => {
    const served = [["3.265.0", "3.276.0", "3.277.0"]];

    expect(newestServed(served, { current, atMost })).toBe(newest);
  });
});
