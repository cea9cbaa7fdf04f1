import { isDeepStrictEqual } from "node:util";
import type { LoadBalancerDialect } from "../../../../components/load-balancer/dialect.ts";
import { Exposure } from "../../../../components/load-balancer/intent.ts";
import type { normalizeLoadBalancer } from "../../../../components/load-balancer/normalize.ts";
import { expectedOf, outcomeOf } from "./outcome.ts";
import type { Table } from "./table.ts";

/** The least that may be asked. */
const LEAST = { exposure: Exposure.Public, ports: [] };

/** What a dialect says of itself. */
export function statedOf({ exposedBy, honours, replacedBy, ...dialect }: LoadBalancerDialect) {
  return {
    name: dialect.name,
    documentation: dialect.documentation,
    maximumPorts: dialect.maximumPorts,
    addressKind: dialect.addressKind,
    silent: isDeepStrictEqual(dialect.speak(LEAST), { annotations: {} }),
    replacedBy: [...replacedBy].sort(),
    exposedBy: [...exposedBy].sort(),
    writes: Object.fromEntries(
      Object.entries(honours).map(([option, { writes }]) => [option, writes]),
    ),
  };
}

/** The same, as its table has it. */
export function tabulated({ exposedBy, replacedBy, ...table }: Table): ReturnType<typeof statedOf> {
  return {
    name: table.controller,
    documentation: table.documentation,
    maximumPorts: table.maximumPorts,
    addressKind: table.addressKind,
    silent: table.silent,
    replacedBy: [...replacedBy].sort(),
    exposedBy: [...exposedBy].sort(),
    writes: table.writes,
  };
}

/** The first thing in which code and table disagree. Nothing if they agree. */
export function disagreement(
  normalize: typeof normalizeLoadBalancer,
  dialect: LoadBalancerDialect,
  table: Table,
): string | undefined {
  if (!isDeepStrictEqual(statedOf(dialect), tabulated(table))) {
    return "what it says of itself";
  }
  return table.cells.find((cell) => {
    const outcome = outcomeOf(normalize, table, cell.asked);
    return !isDeepStrictEqual(outcome, expectedOf(table, cell));
  })?.cell;
}
