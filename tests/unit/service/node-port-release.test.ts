import { expect, test } from "vitest";
import { isReleasedSoon } from "../../../components/node-port/release.ts";

const taken =
  'Service "web" is invalid: spec.ports[0].nodePort: Invalid value: 30007: provided port is already allocated';

test.each([
  ["the port was another Service's a moment ago", "create", [taken], true],
  ["it still was at the ninth try", "create", Array(9).fill(taken), true],
  ["it still was at the tenth try", "create", Array(10).fill(taken), false],
  ["something else was wrong in the end", "create", ["other", taken], false],
  ["an update asks for the port of another Service", "update", [taken], false],
  ["nothing was said", "create", [], false],
])("isReleasedSoon: decides whether to try again when %s", (_, operation, errors, again) => {
  expect(isReleasedSoon(operation, errors)).toBe(again);
});
