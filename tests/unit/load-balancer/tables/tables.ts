import { awsCloudControllerClassic } from "./aws-cloud-controller-classic.ts";
import { awsCloudControllerNlb } from "./aws-cloud-controller-nlb.ts";
import { awsLoadBalancerController } from "./aws-load-balancer-controller.ts";
import { azure } from "./azure.ts";
import { completed, withFullKeys, withoutController } from "./completed.ts";
import { digitalOcean } from "./digital-ocean.ts";
import { eksAutoMode } from "./eks-auto-mode.ts";
import { googleCloud } from "./google-cloud.ts";
import { hetznerCloud } from "./hetzner-cloud.ts";
import { k3sServiceLb } from "./k3s-service-lb.ts";
import { metalLb } from "./metal-lb.ts";
import type { RangeTable } from "./source-ranges.ts";
import type { ControllerTable, Table } from "./table.ts";

/** What is written by hand, in the order in which errors name the controllers. */
export const controllerTables: readonly ControllerTable[] = [
  awsLoadBalancerController,
  eksAutoMode,
  awsCloudControllerNlb,
  awsCloudControllerClassic,
  googleCloud,
  azure,
  digitalOcean,
  hetznerCloud,
  metalLb,
  k3sServiceLb,
].map(withFullKeys);

/** What every controller is told, and what a cluster without one is. */
export const tables: readonly Table[] = [
  ...controllerTables.map((table) => completed(table, controllerTables)),
  withoutController(),
];

/** The table of a controller. */
export function tableOf(controller: string): Table {
  const table = tables.find((it) => it.controller === controller);
  if (table === undefined) {
    throw new Error(`There is no table of ${controller}`);
  }
  return table;
}

/** What becomes of source ranges with every controller. */
export const rangeTables: readonly RangeTable[] = controllerTables.map(
  ({ asked, controller, ranges, sourceRanges }) => ({
    asked,
    ...ranges,
    by: sourceRanges.by,
    controller,
  }),
);
