import { expect, test } from "vitest";
import {
  compareQuantities,
  isWhole,
  parseQuantity,
} from "../../../components/validation/quantity.ts";

test.each([
  ["0.5", "500m"],
  ["1", "1000000u"],
  ["1", "1000000000n"],
  ["1.", "1"],
  [".5k", "500"],
  ["1Ki", "1024"],
  ["1.5Gi", "1536Mi"],
  ["1E", "1e18"],
  ["1E3", "1k"],
  ["1e-3", "1m"],
  ["1E+2", "100"],
])("compareQuantities: finds no difference when %s is compared with %s", (one, other) => {
  expect(compareQuantities(parseQuantity(one), parseQuantity(other))).toBe(0);
});

test.each([
  ["1Ki", "1k"],
  ["1Mi", "1023Ki"],
  ["1Ei", "1E"],
  ["1001m", "1"],
  ["9007199254740993", "9007199254740992"],
  ["1e99", "1Ei"],
])("compareQuantities: finds %s greater when it is compared with %s", (greater, smaller) => {
  expect(compareQuantities(parseQuantity(greater), parseQuantity(smaller))).toBe(1);
  expect(compareQuantities(parseQuantity(smaller), parseQuantity(greater))).toBe(-1);
});

test.each([
  ["1", true],
  ["1.0", true],
  ["1000m", true],
  ["0.5Ki", true],
  ["1e-3", false],
  ["1500m", false],
  ["0.0001Ki", false],
])("isWhole: says of %s %s when it is asked", (text, whole) => {
  expect(isWhole(parseQuantity(text))).toBe(whole);
});
