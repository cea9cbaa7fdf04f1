import { inspect, isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import type { LoadBalancerController } from "../../../components/index.ts";
import { normalizeLoadBalancer } from "../../../components/load-balancer/normalize.ts";
import { dialectOf } from "../../../components/load-balancer/registry.ts";
import { completed } from "./tables/completed.ts";
import { disagreement } from "./tables/disagreement.ts";
import { generatedCells } from "./tables/generated.ts";
import { lateCells, lateOutcomeOf } from "./tables/late.ts";
import { expectedOf } from "./tables/outcome.ts";
import type { ControllerTable } from "./tables/table.ts";
import { controllerTables, tables } from "./tables/tables.ts";

const tableOf = (controller: string): ControllerTable =>
  controllerTables.find((it) => it.controller === controller) as ControllerTable;
const hetznerCloud = tableOf("HetznerCloud");
const k3sServiceLb = tableOf("K3sServiceLb");
const { proxyProtocol: _, ...keysWithoutProxyProtocol } = hetznerCloud.keys;

describe.each(controllerTables)("$controller", (table) => {
  test("tables: state nothing by hand that follows from the rules", () => {
    const generated = generatedCells(table, controllerTables);
    const repeated = table.cells.filter((cell) =>
      generated.some(
        (other) =>
          isDeepStrictEqual(other.asked, cell.asked) &&
          isDeepStrictEqual(expectedOf(table, other), expectedOf(table, cell)),
      ),
    );

    expect(repeated).toEqual([]);
  });

  test("LoadBalancerService: makes the same of each cell whose strings arrive late", async () => {
    const whole = completed(table, controllerTables);
    for (const cell of lateCells(whole)) {
      const outcome = await lateOutcomeOf(normalizeLoadBalancer, whole, cell.asked);
      expect(outcome, inspect(cell.asked)).toEqual(expectedOf(whole, cell));
    }
  });
});

describe("generatedCells", () => {
  const location = { location: "fsn1" };
  const refusedLocation = (all: readonly ControllerTable[]) =>
    generatedCells(k3sServiceLb, all).find(({ asked }) => isDeepStrictEqual(asked, location));

  test("generatedCells: name a new controller in the refusals of the others when its table has the option", () => {
    const other = { ...hetznerCloud, controller: "Other" };

    expect(refusedLocation([...controllerTables, other])?.refused).toEqual([
      'args.location is "fsn1", must not be set: it is not supported by K3sServiceLb; supported by HetznerCloud, Other',
    ]);
  });

  test("generatedCells: name a controller only when it accepts the value", () => {
    const withIdle = (to: number) => ({ ...hetznerCloud, limits: { idleTimeoutSeconds: { to } } });
    const named = (table: ControllerTable) =>
      generatedCells(k3sServiceLb, [table]).flatMap(({ asked, refused }) =>
        asked.idleTimeoutSeconds === undefined ? [] : refused,
      );

    expect(named(withIdle(60))).toEqual([expect.stringMatching(/; supported by HetznerCloud$/)]);
    expect(named(withIdle(59))).toEqual([expect.stringMatching(/not supported by K3sServiceLb$/)]);
  });

  // The controls: what is wrong in a table is seen, though the cells follow from it.
  test.each([
    ["an option is missing", { keys: keysWithoutProxyProtocol }],
    ["a limit is higher", { limits: { healthCheckIntervalSeconds: { from: 3, to: 61 } } }],
    ["it has another protocol", { protocols: "TCP and UDP" }],
    ["it has session affinity", { sessionAffinity: true }],
    ["an annotation is free", { exposureKeys: [], refusedAnnotations: [] }],
    ["it has fewer ports", { maximumPorts: 29 }],
  ])("tables: disagree with the code when %s", (_, wrong) => {
    const table = { ...hetznerCloud, ...wrong } as ControllerTable;
    const whole = {
      ...completed(hetznerCloud, controllerTables),
      cells: completed(table, [table]).cells,
    };
    const ofCode = dialectOf(table.controller as LoadBalancerController);

    expect(disagreement(normalizeLoadBalancer, ofCode, whole)).toBeDefined();
  });
});

test("tables: count the cells that are written by hand and the generated ones", async ({
  annotate,
}) => {
  const byHand = controllerTables.reduce((sum, { cells }) => sum + cells.length, 0);
  const all = tables.reduce((sum, { cells }) => sum + cells.length, 0);
  const late = tables.reduce((sum, table) => sum + lateCells(table).length, 0);

  expect(all - byHand).toBeGreaterThan(byHand);
  await annotate(
    `Load balancer tables: ${byHand} cells by hand, ${all - byHand} generated from them, and ${late} whose strings arrive late`,
    "figure",
  );
});
