import { expect, test } from "vitest";
import { namesDevStack, orDevStack } from "../../../../local/engine/dev-engine.ts";

test.each([
  [[], true],
  [["--fix"], true],
  [["--stack", "dev"], true],
  [["--stack=dev"], true],
  [["--stack", "prod"], false],
  [["--stack=prod"], false],
])("orDevStack: of %j names the dev stack: %s", (args, expected) => {
  expect(namesDevStack(orDevStack(args))).toBe(expected);
});

test("orDevStack: leaves arguments that name a stack", () => {
  expect(orDevStack(["--stack=prod", "--fix"])).toEqual(["--stack=prod", "--fix"]);
  expect(orDevStack(["--fix"])).toEqual(["--stack", "dev", "--fix"]);
});
