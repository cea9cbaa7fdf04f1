import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { LoadBalancerController } from "../../../components/index.ts";
import { optionNames } from "../../../components/load-balancer/contract/option-names.ts";
import { normalizeLoadBalancer } from "../../../components/load-balancer/normalize.ts";
import { dialectOf } from "../../../components/load-balancer/registry.ts";
import { carriedOf, changeOf } from "./tables/carried.ts";
import { refusedOf, statedOf, tabulated } from "./tables/disagreement.ts";
import { expectedOf, outcomeOf } from "./tables/outcome.ts";
import type { Asked } from "./tables/table.ts";
import { tables } from "./tables/tables.ts";

/** What is asked, on one line. */
const shown = (asked: Asked) => inspect(asked, { breakLength: Number.POSITIVE_INFINITY, depth: 5 });

const BESIDE = [
  "annotations",
  "exposure",
  "externalTrafficPolicy",
  "ipFamilyPolicy",
  "sctp",
  "sessionAffinity",
  "sourceRanges",
  "tcpAndUdp",
  "udp",
];

describe.each(tables)("$controller", (table) => {
  test("tables: has a cell for every option and for what else may be asked", () => {
    const asked = new Set<string>(table.cells.map(({ cell }) => cell));

    expect([...optionNames, ...BESIDE].filter((name) => !asked.has(name))).toEqual([]);
  });

  test("LoadBalancerService: is replaced, exposed and told as in the table", () => {
    expect(statedOf(dialectOf(table.controller as LoadBalancerController))).toEqual(
      tabulated(table),
    );
  });

  test("tables: have updates where something cannot be taken back", () => {
    const dialect = dialectOf(table.controller as LoadBalancerController);

    expect(dialect.stickyFindings !== undefined).toBe(table.updates !== undefined);
  });

  test.each(table.updates ?? [])(
    "LoadBalancerService: refuses of an update what is in the table when $when",
    (update) => {
      const dialect = dialectOf(table.controller as LoadBalancerController);

      expect(refusedOf(dialect, update)).toEqual(update.refused);
    },
  );

  test("tables: have a source, at a version, for what comes of the changes of each option", () => {
    expect(Object.keys(table.changesFrom).sort()).toEqual(Object.keys(table.changes).sort());
    for (const source of Object.values(table.changesFrom)) {
      expect(source).toMatch(/^https:\/\/\S+\/blob\/(v\d[\w.]*|master)\/\S+ \(.*\)$/);
    }
  });

  test("tables: have the changes of every option that can be told", () => {
    const { supports } = dialectOf(table.controller as LoadBalancerController);
    const told = table.controller === "None" ? [] : Object.keys(supports);

    expect(Object.keys(table.changes).sort()).toEqual(told.sort());
  });

  test.each(Object.keys(table.changes))(
    "LoadBalancerService: carries out, replaces or refuses what is in the table when %s comes, changes and goes",
    (option) => {
      const dialect = dialectOf(table.controller as LoadBalancerController);
      const { added, changed, removed } = changeOf(table, option);

      expect(carriedOf(normalizeLoadBalancer, dialect, table, option)).toEqual({
        added,
        changed,
        removed,
      });
    },
  );

  test.each(table.cells.map((cell) => [cell.cell, shown(cell.asked), cell] as const))(
    "LoadBalancerService: does with %s what is in the table when %s is asked",
    (_, __, cell) => {
      expect(outcomeOf(normalizeLoadBalancer, table, cell.asked)).toEqual(expectedOf(table, cell));
    },
  );
});

test("tables: are of every controller there is", () => {
  expect(tables.map(({ controller }) => controller)).toEqual(Object.values(LoadBalancerController));
});

test("tables: count their cells", async ({ annotate }) => {
  const cells = tables.flatMap((table) => table.cells);
  const updates = tables.flatMap((table) => table.updates ?? []);
  const told = cells.filter(({ refused }) => refused === undefined).length;

  expect(cells.length).toBeGreaterThanOrEqual(tables.length * (optionNames.length + BESIDE.length));
  const rows = tables.flatMap((table) => Object.keys(table.changes)).length;
  await annotate(
    `Load balancer tables: ${cells.length} cells of ${tables.length} controllers, ${told} told and ${cells.length - told} refused; ${updates.length} updates, and ${rows} options that come, change and go`,
    "figure",
  );
});
