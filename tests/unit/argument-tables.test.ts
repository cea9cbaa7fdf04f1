import { join } from "node:path";
import { expect, test } from "vitest";
import { argumentTables } from "./support/argument-table.ts";
import { interfacesIn } from "./support/interfaces.ts";

const checkout = join(import.meta.dirname, "../..");

test("docs/arguments.md: has every argument with its default", async () => {
  const page = argumentTables(interfacesIn(join(checkout, "components")));

  await expect(page).toMatchFileSnapshot(join(checkout, "docs/arguments.md"));
});

test("argumentTables: leaves no optional argument without a default", () => {
  const page = argumentTables(interfacesIn(join(checkout, "components")));
  const rows = page.split("\n").filter((line) => line.startsWith("| `"));

  expect(rows.length).toBeGreaterThan(200);
  expect(rows.filter((row) => row.split(" | ").some((cell) => cell.trim() === ""))).toEqual([]);
  expect(rows).toContain(
    "| `replicas` | `number` | 2; 1 where a volume is a claim | The number of Pods. |",
  );
});
