import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { dialects } from "../../../components/load-balancer/registry.ts";
import { checkout } from "../support/analyze.ts";
import { withTables } from "../support/controller-tables.ts";
import type { Changes } from "./tables/changes.ts";
import { tableOf, tables } from "./tables/tables.ts";

const path = join(checkout, "docs/guide/controllers.md");
const page = readFileSync(path, "utf8");
const changes = Object.fromEntries(tables.map((table) => [table.controller, table.changes]));
const marks = "<!-- from the code -->\n<!-- until here -->\n";

describe("controllers.md", () => {
  // After a change of a dialect: look at the new tables, which `vitest run -u` writes.
  test("controllers.md: has the tables that the dialects yield", async () => {
    await expect(withTables(page, dialects, changes)).toMatchFileSnapshot(path);
  });

  test("controllers.md: has a column for each controller, with where its contract is", () => {
    const heads = dialects.map(({ name }) => `\`${name}\``).join(" | ");

    expect(page).toContain(`| argument | ${heads} |\n`);
    for (const { documentation, name } of dialects) {
      expect(page).toContain(`| [\`${name}\`](${documentation}) |`);
    }
  });
});

describe("withTables", () => {
  const [some] = dialects.filter(({ name }) => name === "MetalLb");
  const supports = {
    ...some?.supports,
    loadBalancerName: { keys: [] },
    certificates: { keys: [] },
  };
  const metalLb = { ...some, name: "One", supports } as unknown as NonNullable<typeof some>;
  const other = {
    ...metalLb,
    name: "Other",
    maximumPorts: 5,
    supports: {},
    needsNodePorts: () => true,
  };
  const of = {
    One: {
      ...tableOf("MetalLb").changes,
      loadBalancerName: tableOf("HetznerCloud").changes.loadBalancerName,
      certificates: tableOf("DigitalOcean").changes.certificates,
    } as Changes,
  };

  test.each([
    ["it cannot be told", "| `location` | – | – |\n"],
    ["it can be told", "| `sharedAddressKey` | yes | – |\n"],
    ["it cannot be taken away", "| `loadBalancerName` | yes, stays | – |\n"],
    [
      "it makes another load balancer when it comes or goes",
      "| `certificates` | yes, first and last make another | – |\n",
    ],
    ["a change makes another load balancer", "| `addressPool` | makes another | – |\n"],
    ["there is a highest number", "| `staticAddresses` | makes another, at most 2 | – |\n"],
    [
      "ports are many",
      "| [`One`](https://metallb.io/usage/) | `ip` | any number | kube-proxy | no |\n",
    ],
    [
      "ports are few",
      "| [`Other`](https://metallb.io/usage/) | `ip` | at most 5 | kube-proxy | yes |\n",
    ],
  ])("withTables: says so when %s", (_, row) => {
    expect(withTables(marks, [metalLb, other], of)).toContain(row);
  });

  test("withTables: keeps what is around the tables and has them once when they are there already", () => {
    const once = withTables(`before\n${marks}after\n`, [metalLb], of);

    expect(once).toMatch(/^before\n<!-- from the code -->\n[\s\S]*\n<!-- until here -->\nafter\n$/);
    expect(withTables(once, [metalLb], of)).toBe(once);
  });

  test("withTables: fails when a page has no place for the tables", () => {
    expect(() => withTables("# Controllers\n", dialects, changes)).toThrow(
      "There is no place for the tables: <!-- from the code --> and <!-- until here -->",
    );
  });
});
