import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { interfacesOf } from "./support/interfaces.ts";
import { withSettings } from "./support/setting-table.ts";

const checkout = join(import.meta.dirname, "../..");
const environments = join(checkout, "docs/environments.md");
const settings =
  interfacesOf([readFileSync(join(checkout, "config.ts"), "utf8")]).get("StackConfig") ?? [];

test("docs/environments.md: has every setting of the program with its default", async () => {
  const page = withSettings(readFileSync(environments, "utf8"), settings);

  await expect(page).toMatchFileSnapshot(environments);
});

test("withSettings: writes a row for each setting, and keeps what is around the table", () => {
  const page = "before\n<!-- settings: written -->\nold\n<!-- settings: end -->\nafter\n";
  const field = { name: "a", optional: false, type: "string[]", summary: "What it is." };

  const rows = withSettings(page, [
    { ...field, absent: undefined },
    { ...field, name: "b", type: "number | undefined", absent: "2" },
    { ...field, name: "c", type: "string", absent: "- nothing" },
  ]).split("\n");

  expect(rows.slice(0, 2)).toEqual(["before", "<!-- settings: written -->"]);
  expect(rows).toContain("| `a` | list of strings | required | What it is. |");
  expect(rows).toContain("| `b` | number | `2` | What it is. |");
  expect(rows).toContain("| `c` | string | nothing | What it is. |");
  expect(rows).not.toContain("old");
  expect(rows.slice(-3)).toEqual(["<!-- settings: end -->", "after", ""]);
});

test("withSettings: fails when the page has no marks", () => {
  expect(() => withSettings("no table", settings)).toThrow("no marks");
});

/** What config.ts itself does where a key is missing. */
test.each([
  ["namespace", '"shop"'],
  ["readinessPath", '"/"'],
  ["replicas", "2"],
  ["nodePortService", "false"],
  ["frontService", "false"],
])("config.ts: the documented default of %s is the one in the code", (name, value) => {
  const code = readFileSync(join(checkout, "config.ts"), "utf8");

  expect(settings.find((it) => it.name === name)?.absent).toBe(value);
  expect(code).toMatch(new RegExp(`^ {4}${name}: .*\\?\\? ${value},$`, "m"));
});
