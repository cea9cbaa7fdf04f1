import type { normalizeLoadBalancer } from "../../../../components/load-balancer/normalize.ts";
import { Checks } from "../../../../components/validation/checks.ts";
import { InvalidArgsError } from "../../../../components/validation/errors.ts";
import { type Asked, type Cell, everyCell, type Table, type Written } from "./table.ts";

type Arguments = Parameters<typeof normalizeLoadBalancer>[2];
type Spec = ReturnType<typeof normalizeLoadBalancer>;

/** What comes of something that is asked: what is written, or every problem. */
export interface Outcome extends Written {
  readonly refused?: readonly string[];
}

/** Asks for what a cell asks. */
export function outcomeOf(
  normalize: typeof normalizeLoadBalancer,
  table: Table,
  asked: Asked,
): Outcome {
  const checks = new Checks({ type: "LoadBalancerService", name: "front" });
  try {
    const spec = normalize(checks, "front", argsOf(table, asked));
    checks.done();
    return outcomeOfSpec(spec);
  } catch (error) {
    return refusedBy(error);
  }
}

/** The arguments of a cell. */
export function argsOf(table: Table, asked: Asked): Arguments {
  const cluster = { controller: table.controller, allowPublic: true };
  return present({ cluster, ...everyCell, ...table.asked, ...asked }) as unknown as Arguments;
}

/** What is written of it. */
export function outcomeOfSpec({
  annotations,
  sharedNumbers,
  sourceRanges,
  traffic,
}: Spec): Outcome {
  return {
    annotations: annotations as Record<string, string>,
    spec: present({ ...traffic, loadBalancerSourceRanges: sourceRanges }),
    sharedNumbers,
  };
}

/**
 * Every problem of an error.
 *
 * @throws The error itself if it is of another kind.
 */
export function refusedBy(error: unknown): Outcome {
  if (error instanceof InvalidArgsError) {
    return { refused: error.problems.map(({ message, path }) => `${path} ${message}`) };
  }
  throw error;
}

/** What a cell says should come of it. */
export function expectedOf(
  { plain }: Pick<Table, "plain">,
  { annotations, refused, sharedNumbers = [], spec }: Cell,
): Outcome {
  return refused === undefined
    ? {
        annotations: present({ ...plain.annotations, ...annotations }),
        spec: present({ ...plain.spec, ...spec }),
        sharedNumbers,
      }
    : { refused };
}

function present<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
