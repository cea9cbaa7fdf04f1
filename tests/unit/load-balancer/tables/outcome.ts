import type { normalizeLoadBalancer } from "../../../../components/load-balancer/normalize.ts";
import { Checks } from "../../../../components/validation/checks.ts";
import { InvalidArgsError } from "../../../../components/validation/errors.ts";
import { type Cell, everyCell, type Table, type Written } from "./table.ts";

type Arguments = Parameters<typeof normalizeLoadBalancer>[2];

/** What comes of something that is asked: what is written, or every problem. */
export interface Outcome extends Written {
  readonly refused?: readonly string[];
}

/** Asks for what a cell asks. */
export function outcomeOf(
  normalize: typeof normalizeLoadBalancer,
  table: Table,
  asked: Cell["asked"],
): Outcome {
  const cluster = { controller: table.controller, allowPublic: true };
  const args = present({ cluster, ...everyCell, ...table.asked, ...asked });
  const checks = new Checks({ type: "LoadBalancerService", name: "front" });
  try {
    const { annotations, sharedNumbers, sourceRanges, traffic } = normalize(
      checks,
      "front",
      args as unknown as Arguments,
    );
    checks.done();
    return {
      annotations: annotations as Record<string, string>,
      spec: present({ ...traffic, loadBalancerSourceRanges: sourceRanges }),
      sharedNumbers,
    };
  } catch (error) {
    if (error instanceof InvalidArgsError) {
      return { refused: error.problems.map(({ message, path }) => `${path} ${message}`) };
    }
    throw error;
  }
}

/** What a cell says should come of it. */
export function expectedOf(
  { plain }: Table,
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
