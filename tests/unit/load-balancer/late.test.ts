import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { Exposure, LoadBalancerController } from "../../../components/index.ts";
import type { OptionName } from "../../../components/load-balancer/contract/option-names.ts";
import { normalizeLoadBalancer } from "../../../components/load-balancer/normalize.ts";
import { dialectOf } from "../../../components/load-balancer/registry.ts";
import { later } from "../support/run-program.ts";
import { DEFERRABLE, lateOutcomeOf } from "./tables/late.ts";
import { argsOf, outcomeOf } from "./tables/outcome.ts";
import type { Asked, Table } from "./tables/table.ts";
import { tables } from "./tables/tables.ts";

/** Values of every kind that a rule may be about. */
const VALUES: readonly unknown[] = [
  ...["", " ", "a,b", "front", "Front", "front.ip", "x".repeat(64)],
  ...["192.0.2.1", "10.0.1.10", "2001:db8::1", "fe80::1%eth0"],
  ...["eipalloc-0aa1", "arn:aws:acm:eu-west-1:123456789012:certificate/0aa1"],
  ...["892071a0-bb95-49bc-8021-3afd67a210bf", "AWSLogs", "/front", "front/"],
  ...[5, true, null, {}],
];

const known = tables.filter(({ controller }) => controller !== "None");
const counts = { values: 0, refused: 0, own: 0, targets: 0 };

/** Which options of a controller have a rule of the controller's own. */
const withRule = ({ controller }: Table) =>
  Object.entries(dialectOf(controller as LoadBalancerController).supports)
    .filter(([, { rule, ruleOf }]) => rule !== undefined || ruleOf !== undefined)
    .map(([option]) => option as OptionName);

/** What a controller's own rule says of a value, where it refuses it. */
function ownText(
  { controller }: Table,
  option: OptionName,
  { exposure = "Public" }: Asked,
  value: unknown,
) {
  const { rule, ruleOf } = dialectOf(controller as LoadBalancerController).supports[option] ?? {};
  return (ruleOf?.(exposure as Exposure) ?? rule)?.(value);
}

/** The ways to ask for an option with another value in place of the first string. */
function asksOf({ cells }: Table, option: OptionName, value: unknown): readonly Asked[] {
  return cells
    .filter(({ asked, cell, refused }) => cell === option && refused === undefined && asked[option])
    .map(({ asked }) => ({ ...asked, [option]: withFirst(asked[option], value) }));
}

function withFirst(given: unknown, value: unknown): unknown {
  if (Array.isArray(given)) {
    return [value, ...given.slice(1)];
  }
  if (typeof given === "object" && given !== null) {
    const [first, ...others] = Object.entries(given);
    return Object.fromEntries([[first?.[0] ?? "", value], ...others]);
  }
  return value;
}

describe.each(known)("late values of $controller", (table) => {
  const { supports } = dialectOf(table.controller as LoadBalancerController);
  const options = DEFERRABLE.filter((name) => name in supports) as OptionName[];

  test.each(options)(
    "LoadBalancerService: judges each value of %s that arrives late like a plain one",
    async (option) => {
      let own = 0;
      for (const value of VALUES) {
        for (const asked of asksOf(table, option, value)) {
          const plain = outcomeOf(normalizeLoadBalancer, table, asked);
          const late = await lateOutcomeOf(normalizeLoadBalancer, table, asked);
          const shown = inspect(asked);
          counts.values += 1;

          expect(late.refused === undefined, shown).toBe(plain.refused === undefined);
          if (plain.refused === undefined) {
            expect(late, shown).toEqual(plain);
          } else {
            counts.refused += 1;
            const text = ownText(table, option, asked, value);
            own += Number(text !== undefined && plain.refused.some((it) => it.endsWith(text)));
            expect(plain.refused, shown).toEqual(expect.arrayContaining([...(late.refused ?? [])]));
          }
        }
      }
      counts.own += own;

      // A rule that refuses nothing here is not tested.
      expect(own > 0 || !withRule(table).includes(option)).toBe(true);
    },
  );

  test("LoadBalancerService: judges the ports of each cell like plain ones when the whole target arrives late", async () => {
    for (const { asked } of table.cells) {
      const plain = outcomeOf(normalizeLoadBalancer, table, asked);
      const { target } = argsOf(table, asked);
      const late = await lateOutcomeOf(normalizeLoadBalancer, table, asked, (it) => ({
        ...it,
        target: later(target),
      }));
      counts.targets += 1;

      expect(late.refused === undefined, inspect(asked)).toBe(plain.refused === undefined);
      expect(plain.refused ?? []).toEqual(expect.arrayContaining([...(late.refused ?? [])]));
    }
  });
});

test("late values: count what was judged", async ({ annotate }) => {
  const rules = known.flatMap(withRule).length;

  expect(counts.refused).toBeGreaterThan(rules);
  await annotate(
    `Late values: ${rules} rules of ${known.length} controllers and those of every option; ${counts.values} values of which ${counts.refused} are refused late as they are plain, ${counts.own} of them by a controller's own rule, and ${counts.targets} late targets`,
    "figure",
  );
});
