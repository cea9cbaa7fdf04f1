import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { OptionName } from "../../../components/load-balancer/contract/option-names.ts";
import { normalizeLoadBalancer } from "../../../components/load-balancer/normalize.ts";
import { followed, type Request } from "./tables/advice.ts";
import { outcomeOf } from "./tables/outcome.ts";
import { samples } from "./tables/samples.ts";
import { tableOf, tables } from "./tables/tables.ts";

/** How many texts are followed one after the other: some cells ask for several things that are wrong. */
const MOST = 8;

const known = tables.filter(({ controller }) => controller !== "None");
const counts = { refusals: 0, ways: 0, controllers: 0 };

const shown = (value: unknown) => inspect(value, { depth: 6 });

/** Follows each text until everything is accepted. The text that leads nowhere, with what was asked, if there is one. */
function deadEnd(request: Request, left = MOST): string | undefined {
  const { refused = [] } = outcomeOf(normalizeLoadBalancer, request.table, request.asked);
  const [problem] = refused;
  if (problem === undefined) {
    return undefined;
  }
  const ways = left === 0 ? undefined : followed(problem, request);
  if (ways === undefined || ways.length === 0) {
    return `${problem}\n${shown(request.asked)}`;
  }
  counts.ways += ways.length;
  return ways
    .map((asked) => deadEnd({ ...request, asked }, left - 1))
    .find((it) => it !== undefined);
}

describe.each(known)("the texts of refusals of $controller", (table) => {
  test("LoadBalancerService: takes what its own text says when it refuses something", () => {
    for (const { asked, refused } of table.cells.filter((it) => it.refused !== undefined)) {
      counts.refusals += refused?.length ?? 0;

      expect(deadEnd({ table, asked }), shown(asked)).toBeUndefined();
    }
  });

  test("LoadBalancerService: names controllers that take the option when its own does not", () => {
    const named = table.cells.flatMap(({ asked, cell, refused = [] }) =>
      refused.flatMap((problem) => {
        const [, option, names] = /^args\.(\w+) .*; supported by (.*)$/.exec(problem) ?? [];
        return names === undefined || option !== cell
          ? []
          : names.split(", ").map((name) => ({ name, asked, option: option as OptionName }));
      }),
    );
    for (const { asked, name, option } of named) {
      const other = tableOf(name);
      const told = other.cells.find(
        ({ cell, refused }) => cell === option && refused === undefined,
      );
      const ways = [asked, ...(samples[option] ?? []), told?.asked ?? {}];
      counts.controllers += 1;

      expect(
        ways.some((way) => outcomeOf(normalizeLoadBalancer, other, way).refused === undefined),
        `${name} ${option}`,
      ).toBe(true);
    }
  });
});

// The control: a text whose advice is refused is seen.
test("advice: leads nowhere when the text says what is refused", () => {
  const table = tableOf("HetznerCloud");
  const asked = { backendProtocol: "Http", location: undefined };

  expect(followed("args.location is undefined, must be lucky", { table, asked })).toBeUndefined();
  expect(deadEnd({ table, asked }, 0)).toContain("args.");
});

test("advice: count the texts that were followed", async ({ annotate }) => {
  expect(counts.refusals).toBeGreaterThan(500);
  await annotate(
    `Advice: ${counts.refusals} refusals of ${known.length} controllers, in ${counts.ways} ways followed until nothing was refused; ${counts.controllers} times another controller was named that takes the option`,
    "figure",
  );
});
