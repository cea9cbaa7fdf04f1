import { expect, test } from "vitest";
import { drawn } from "../shared/soak.ts";

const all = [0, 1, 2, 3, 4, 5, 6, 7];
const onDay = (day: number) => drawn(all, 3, new Date(Date.UTC(2026, 0, day)));

test("drawn: is the same all day long", () => {
  expect(drawn(all, 3, new Date("2026-01-01T00:00:00Z"))).toEqual(
    drawn(all, 3, new Date("2026-01-01T23:59:59Z")),
  );
});

test("drawn: is everything, once each, in as many days as it leaves items out", () => {
  const days = [1, 2, 3].map(onDay);

  expect(days.flat().sort()).toEqual(all);
  expect(days.map((day) => day.length).sort()).toEqual([2, 3, 3]);
  expect(onDay(4)).toEqual(onDay(1));
});

test("drawn: is everything when nothing is left out", () => {
  expect(drawn(all, 1)).toEqual(all);
});
