import { expect, test } from "vitest";
import { drawn, isSoak } from "../shared/soak.ts";

const all = [0, 1, 2, 3, 4, 5, 6, 7];

test("drawn: is each n-th, and everything in the long proofs", () => {
  expect(drawn(all, 3)).toEqual(isSoak ? all : [2, 5]);
});

test("drawn: is everything when nothing is left out", () => {
  expect(drawn(all, 1)).toEqual(all);
});
