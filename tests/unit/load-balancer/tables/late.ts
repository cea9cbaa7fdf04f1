import * as pulumi from "@pulumi/pulumi";
import type { normalizeLoadBalancer } from "../../../../components/load-balancer/normalize.ts";
import { Checks } from "../../../../components/validation/checks.ts";
import { untilFirstRejection } from "../../../../testing/until-first-rejection.ts";
import { intentRows } from "../../inputs/intent-rows.ts";
import { later } from "../../support/run-program.ts";
import { argsOf, type Outcome, outcomeOfSpec, refusedBy } from "./outcome.ts";
import type { Asked, Cell, Table } from "./table.ts";

/** The arguments whose strings may arrive late: alone, in a list or in an object. */
export const DEFERRABLE = [
  ...new Set(intentRows.map(({ field }) => field.replace(/\W+$/, "") as keyof Asked)),
];

/** The cells of what a controller supports whose strings may arrive late. */
export function lateCells({ cells }: Table): readonly Cell[] {
  return cells.filter(
    ({ asked, refused }) =>
      refused === undefined && DEFERRABLE.some((name) => asked[name] !== undefined),
  );
}

/**
 * What comes of a cell when every string arrives late that may.
 *
 * @param defer - what arrives late, if it is something else
 */
export async function lateOutcomeOf(
  normalize: typeof normalizeLoadBalancer,
  table: Table,
  asked: Asked,
  defer: (asked: Asked) => Asked = deferred,
): Promise<Outcome> {
  const checks = new Checks({ type: "LoadBalancerService", name: "front" });
  const read = async () => {
    const spec = normalize(checks, "front", argsOf(table, defer(asked)));
    checks.done();
    const known = pulumi.output(spec.annotations) as unknown as { promise(): Promise<object> };
    return outcomeOfSpec({
      ...spec,
      annotations: (await known.promise()) as typeof spec.annotations,
    });
  };
  try {
    return await untilFirstRejection(read);
  } catch (error) {
    return refusedBy(error);
  }
}

function deferred(asked: Asked): Asked {
  const late = DEFERRABLE.filter((name) => asked[name] !== undefined).map(
    (name) => [name, deferredStrings(asked[name])] as const,
  );
  return { ...asked, ...Object.fromEntries(late) };
}

function deferredStrings(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(deferredStrings);
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, it]) => [key, deferredStrings(it)]))
    : later(value);
}
