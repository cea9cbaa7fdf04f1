import { expect, test } from "vitest";
import { withoutEmpty } from "../../../components/validation/without-empty.ts";
import { later } from "../support/run-program.ts";

test("withoutEmpty: leaves out what says nothing when there is something else", () => {
  expect(withoutEmpty({ a: undefined, b: {}, c: [], d: 0, e: false, f: "", g: [0] })).toEqual({
    d: 0,
    e: false,
    f: "",
    g: [0],
  });
});

test.each([
  ["an Output", later({})],
  ["a Promise", Promise.resolve({})],
])("withoutEmpty: keeps a value when it is %s", (_, late) => {
  expect(withoutEmpty({ late })).toEqual({ late });
});
