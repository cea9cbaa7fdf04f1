import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { InvalidArgsError } from "../../../components/index.ts";
import { amount } from "../../shared/soak.ts";
import {
  type ArgsField,
  analyzePackage,
  argsFields,
  COMPONENTS,
} from "../../unit/support/analyze.ts";
import type { Given } from "./arbitraries/backend.ts";
import { bases } from "./arbitraries/components.ts";
import { adoption } from "./mutations/adoption.ts";
import { connections } from "./mutations/connections.ts";
import { loadBalancers } from "./mutations/load-balancers.ts";
import { type Mutation, mutate } from "./mutations/mutation.ts";
import { patches } from "./mutations/patches.ts";
import { pods } from "./mutations/pods.ts";
import { scale } from "./mutations/scale.ts";
import { serviceFields, UNSTATABLE } from "./mutations/service-fields.ts";
import { serviceNames } from "./mutations/service-names.ts";
import { fieldAt } from "./places.ts";
import { type ComponentName, render } from "./render.ts";
import { often, timeoutFor } from "./settings.ts";

/** How often each of the mutations is drawn; there are many. Where the broken value may arrive late, half of the draws do. */
const RUNS = amount(4, 12);
/** How many of the mutations that holds for, at least. */
const LEAST_LATE = 60;

let fieldsOf: Record<ComponentName, readonly ArgsField[]>;
beforeAll(() => {
  const analyzed = analyzePackage();
  fieldsOf = Object.fromEntries(
    COMPONENTS.map((component) => [component, argsFields(analyzed, component)]),
  ) as unknown as typeof fieldsOf;
});

/** How a broken value arrives. */
type Way = "now" | "late";

/** How often each mutation was refused, by how its value arrived. */
const hits = { now: new Map<Mutation, number>(), late: new Map<Mutation, number>() };

const groups: readonly (readonly [string, readonly Mutation[]])[] = [
  ["names and syntax of a Service", serviceNames],
  ["fields of a Service", serviceFields],
  ["Pods", pods],
  ["how many Pods there are", scale],
  ["connections", connections],
  ["load balancers", loadBalancers],
  ["adoption", adoption],
  ["patches", patches],
];

describe.each(groups)("rules: %s", (_, mutations) => {
  const rules = [...new Set(mutations.map(({ rule }) => rule))];

  test.each(rules)(
    "%s: fails with the path of the value when it is broken, now or late",
    async (rule) => {
      for (const mutation of mutations.filter((it) => it.rule === rule)) {
        const ways = waysOf(mutation);
        for (const way of ways) await expectRefused(mutation, way, RUNS / ways.length);
      }
    },
    timeoutFor(RUNS),
  );
});

describe("rules that no argument can break", () => {
  test.each(Object.keys(UNSTATABLE))("%s: is no field of a component's Service", (name) => {
    const names = Object.values(fieldsOf)
      .flat()
      .map(({ path }) => path.replace(/^ports\[\]\./, "").replaceAll(/[[\]{}]/g, ""));

    expect(names).toContain("externalTrafficPolicy");
    expect(names).not.toContain(name);
  });
});

test("rules: are each broken several times, now and late, when all mutations have run", async ({
  annotate,
}) => {
  const all = groups.flatMap(([, mutations]) => mutations);
  const missed = all.flatMap((mutation) => {
    const ways = waysOf(mutation);
    const few = ways.filter((way) => (hits[way].get(mutation) ?? 0) < RUNS / ways.length);
    return few.map((way) => `${mutation.rule}, ${mutation.path}, ${way}`);
  });

  expect(missed).toEqual([]);
  expect(hits.late.size).toBeGreaterThanOrEqual(LEAST_LATE);
  const counts = new Map<string, number>();
  for (const [{ rule }, count] of [...hits.now, ...hits.late]) {
    counts.set(rule, (counts.get(rule) ?? 0) + count);
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  await annotate(
    `Fuzzer: ${total} of ${total} sets that break one of ${counts.size} rules are refused with the path`,
    "figure",
  );
  await annotate([...counts].map(([rule, count]) => `${rule} (${count})`).join("\n"), "rules");
});

/** Draws values of a mutation, each of which must be refused with its path. */
async function expectRefused(mutation: Mutation, way: Way, runs: number): Promise<void> {
  const { component, path, values } = mutation;
  const property = fc.asyncProperty<[Given<object>, unknown]>(
    bases[component],
    values,
    async (valid, value) => {
      const given = mutate(mutation, valid, way === "late" ? later(value) : value);
      const paths = await problemsOf(component, given);
      expect(paths, way).toContain(path);
      hits[way].set(mutation, (hits[way].get(mutation) ?? 0) + 1);
    },
  );
  await fc.assert(property, often(runs));
}

const waysOf = (mutation: Mutation): readonly Way[] =>
  mayBeLate(mutation) ? ["now", "late"] : ["now"];

/** Whether the broken value may arrive late. */
function mayBeLate({ component, place, path, plain }: Mutation): boolean {
  return (
    !plain &&
    !path.endsWith(" key") &&
    path !== "name" &&
    fieldAt(fieldsOf[component], place)?.late === true
  );
}

/** The paths that arguments are refused with. */
async function problemsOf(component: ComponentName, given: Given<object>): Promise<string[]> {
  try {
    await render(component, given);
  } catch (error) {
    if (!(error instanceof InvalidArgsError)) throw error;
    for (const { message } of error.problems) expect(message).toMatch(/^is .*, must [^.]*/s);
    return error.problems.map(({ path }) => path);
  }
  throw new Error("The arguments were taken");
}

function later(value: unknown): pulumi.Output<unknown> {
  return pulumi.output(Promise.resolve(value));
}
