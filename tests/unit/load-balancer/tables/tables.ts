import { globSync } from "node:fs";
import { join } from "node:path";
import { LoadBalancerController } from "../../../../components/index.ts";
import { completed, withFullKeys, withoutController } from "./completed.ts";
import type { RangeTable } from "./source-ranges.ts";
import type { ControllerTable, Table } from "./table.ts";

const FOLDER = join(import.meta.dirname, "controllers");

/** What is written by hand: each file of the folder, in the order in which errors name the controllers. */
export const controllerTables: readonly ControllerTable[] = (
  await Promise.all(globSync("*.ts", { cwd: FOLDER }).map(tableIn))
).sort((one, other) => place(one) - place(other));

/** What every controller is told, and what a cluster without one is. */
export const tables: readonly Table[] = [
  ...controllerTables.map((table) => completed(table, controllerTables)),
  withoutController(controllerTables),
];

/** What becomes of source ranges with every controller. */
export const rangeTables: readonly RangeTable[] = controllerTables.map(
  ({ asked, controller, ranges, sourceRanges }) => ({
    asked,
    ...ranges,
    by: sourceRanges.by,
    controller,
  }),
);

/** The table of a controller. */
export function tableOf(controller: string): Table {
  const table = tables.find((it) => it.controller === controller);
  if (table === undefined) {
    throw new Error(`There is no table of ${controller}`);
  }
  return table;
}

async function tableIn(file: string): Promise<ControllerTable> {
  const { table }: { table: ControllerTable } = await import(join(FOLDER, file));
  return withFullKeys(table);
}

/** A controller that is not in the enum comes first. */
function place({ controller }: ControllerTable): number {
  return Object.keys(LoadBalancerController).indexOf(controller);
}
