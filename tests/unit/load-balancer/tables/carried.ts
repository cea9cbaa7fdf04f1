import type { LoadBalancerDialect } from "../../../../components/load-balancer/contract/dialect.ts";
import type { normalizeLoadBalancer } from "../../../../components/load-balancer/normalize.ts";
import type { Carried, Change } from "./changes.ts";
import { outcomeOf } from "./outcome.ts";
import { type Asked, everyCell, type Table } from "./table.ts";

/** What comes of an option that is added, changed and removed. */
export type Outcomes = Pick<Change, "added" | "changed" | "removed">;

/** What code makes of the changes of an option. */
export function carriedOf(
  normalize: typeof normalizeLoadBalancer,
  dialect: LoadBalancerDialect,
  table: Table,
  option: string,
): Outcomes {
  const { beside = {}, values } = changeOf(table, option);
  const [without, first, second] = [undefined, ...values].map((value) => ({
    ...beside,
    [option]: value,
  }));
  const after = (from: Asked = {}, to: Asked = {}) => carried(normalize, dialect, table, from, to);
  return {
    added: after(without, first),
    changed: after(first, second),
    removed: after(first, without),
  };
}

/** What the table has of the changes of an option. */
export function changeOf({ changes, controller }: Table, option: string): Change {
  const change = Object.entries(changes).find(([name]) => name === option)?.[1];
  if (change === undefined) {
    throw new Error(`There is no row of changes of ${option} for ${controller}`);
  }
  return change;
}

/** What comes of an update from one thing that is asked to another. */
export function carried(
  normalize: typeof normalizeLoadBalancer,
  dialect: LoadBalancerDialect,
  table: Table,
  from: Asked,
  to: Asked,
): Carried {
  const [before, after] = [from, to].map((asked) => {
    const { annotations = {}, refused, sharedNumbers } = outcomeOf(normalize, table, asked);
    const ports = (asked.ports ?? everyCell.ports) as readonly { port: number }[];
    return { annotations, ports, shared: String(sharedNumbers), isInvalid: refused !== undefined };
  });
  if (before === undefined || after === undefined) {
    throw new Error("There is nothing to compare");
  }
  if (before.isInvalid || after.isInvalid) {
    return "invalid";
  }
  const { forceNewKeys } = dialect;
  if (
    before.shared !== after.shared ||
    forceNewKeys.some((key) => before.annotations[key] !== after.annotations[key])
  ) {
    return "replaced";
  }
  return (dialect.stickyFindings?.(before, after) ?? []).length > 0 ? "refused" : "in place";
}
