import { isDeepStrictEqual } from "node:util";
import type { LoadBalancerDialect } from "../../../../components/load-balancer/dialect.ts";
import type { normalizeLoadBalancer } from "../../../../components/load-balancer/normalize.ts";
import { expectedOf, outcomeOf } from "./outcome.ts";
import type { Table } from "./table.ts";

/** What a dialect says of itself, as the tables have it. */
export function statedOf({ addressKind, exposedBy, honours, replacedBy }: LoadBalancerDialect) {
  return {
    replacedBy: [...replacedBy].sort(),
    exposedBy: [...exposedBy].sort(),
    addressKind,
    writes: Object.fromEntries(
      Object.entries(honours).map(([option, { writes }]) => [option, writes]),
    ),
  };
}

/** The first thing in which code and table disagree. Nothing if they agree. */
export function disagreement(
  normalize: typeof normalizeLoadBalancer,
  dialect: LoadBalancerDialect,
  table: Table,
): string | undefined {
  const { addressKind, exposedBy, replacedBy, writes } = table;
  const stated = {
    replacedBy: [...replacedBy].sort(),
    exposedBy: [...exposedBy].sort(),
    addressKind,
    writes,
  };
  if (!isDeepStrictEqual(statedOf(dialect), stated)) {
    return "what it says of itself";
  }
  return table.cells.find((cell) => {
    const outcome = outcomeOf(normalize, table, cell.asked);
    return !isDeepStrictEqual(outcome, expectedOf(table, cell));
  })?.cell;
}
