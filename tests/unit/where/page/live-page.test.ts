import { expect, test } from "vitest";
import { batchMilliseconds } from "../../../../where/page/server/live-page.ts";

test.each([
  ["at once where a model is quick to make", 2, 40],
  ["as long as a model takes", 300, 300],
  ["no longer than half a second", 9_000, 500],
])("batchMilliseconds: collects changes %s", (_, build, wanted) => {
  expect(batchMilliseconds(build)).toBe(wanted);
});
