import { isDeepStrictEqual } from "node:util";
import type { LoadBalancerDialect } from "../../../../components/load-balancer/contract/dialect.ts";
import { Exposure } from "../../../../components/load-balancer/contract/intent.ts";
import type { normalizeLoadBalancer } from "../../../../components/load-balancer/normalize.ts";
import { carriedOf, changeOf } from "./carried.ts";
import { expectedOf, outcomeOf } from "./outcome.ts";
import type { Table, Update } from "./table.ts";

/** The least that may be asked. */
const LEAST = { exposure: Exposure.Public, annotationKeys: [], ports: [] };

/** What a dialect says of itself. */
export function statedOf({
  exposureKeys,
  supports,
  forceNewKeys,
  ...dialect
}: LoadBalancerDialect) {
  return {
    name: dialect.name,
    documentation: dialect.documentation,
    maximumPorts: dialect.maximumPorts,
    addressKind: dialect.addressKind,
    hostnameKey: dialect.hostnameKey,
    evidence: dialect.evidence,
    silent: isDeepStrictEqual(dialect.render(LEAST), { annotations: {} }),
    forceNewKeys: [...forceNewKeys].sort(),
    exposureKeys: [...exposureKeys].sort(),
    sourceRanges: { by: dialect.sourceRanges.by, voidedBy: dialect.sourceRanges.voidedBy },
    keys: Object.fromEntries(Object.entries(supports).map(([option, { keys }]) => [option, keys])),
    openKeys: Object.values(supports).flatMap(({ openKeys = [] }) => openKeys),
  };
}

/** The same, as its table has it. */
export function tabulated({
  exposureKeys,
  forceNewKeys,
  ...table
}: Table): ReturnType<typeof statedOf> {
  return {
    name: table.controller,
    documentation: table.documentation,
    maximumPorts: table.maximumPorts,
    addressKind: table.addressKind,
    hostnameKey: table.hostnameKey,
    evidence: table.evidence,
    silent: table.silent,
    forceNewKeys: [...forceNewKeys].sort(),
    exposureKeys: [...exposureKeys].sort(),
    sourceRanges: table.sourceRanges,
    keys: table.keys,
    openKeys: [...(table.openKeys ?? [])],
  };
}

/** What a dialect says of an update: every problem. */
export function refusedOf(
  { stickyFindings }: LoadBalancerDialect,
  { after, before }: Update,
): readonly string[] {
  return (stickyFindings?.(before, after) ?? []).map(({ must, path, value }) =>
    value === undefined ? `${path} ${must}` : `${path} is ${value}, ${must}`,
  );
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
  const update = table.updates?.find(
    (it) => !isDeepStrictEqual(refusedOf(dialect, it), it.refused),
  );
  if (update !== undefined) {
    return update.when;
  }
  const cell = table.cells.find((it) => {
    const outcome = outcomeOf(normalize, table, it.asked);
    return !isDeepStrictEqual(outcome, expectedOf(table, it));
  });
  if (cell !== undefined) {
    return cell.cell;
  }
  return Object.keys(table.changes).find((option) => {
    const { added, changed, removed } = changeOf(table, option);
    const outcomes = carriedOf(normalize, dialect, table, option);
    return !isDeepStrictEqual(outcomes, { added, changed, removed });
  });
}
