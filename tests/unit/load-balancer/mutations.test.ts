import { expect, test } from "vitest";
import { remembered } from "../../../local/files/remembered.ts";
import { Linked } from "./mutation/linked.ts";
import { disagree, type Mutated, mutate } from "./mutation/survivors.ts";
import { tables } from "./tables/tables.ts";

const linked = await Linked.read();
const files = linked.filesOf("dialects/", "contract/health-check.ts");
const MILLISECONDS = 300_000;

/** What became of the changes of each file. They take many seconds of a processor, and the same sources give the same. */
let mutated: readonly Mutated[] | undefined;
const mutatedOf = (index: number): Mutated | undefined => {
  mutated ??= remembered(
    {
      kind: "mutations",
      about: files.map(([file]) => file),
      files: ["components/**/*.ts", "tests/unit/load-balancer/{mutation,tables}/**/*.ts"],
    },
    () => files.map(([file, source]) => mutate(linked, file, source, tables)),
  );
  return mutated[index];
};

test("mutations: none is seen when nothing is changed", () => {
  expect(disagree(linked.unchanged(), tables)).toBe(false);
});

test.each(files.map(([file], index) => [file, index] as const))(
  "tables: see every key, word, number and condition of %s when it is changed",
  (_, index) => {
    expect(mutatedOf(index)?.survivors).toEqual([]);
  },
  MILLISECONDS,
);

test("mutations: are reported as survivors when no table reads what is changed", {
  timeout: MILLISECONDS,
}, () => {
  const [file, source] = files.find(([path]) => path === "dialects/aws/keys.ts") ?? ["", ""];
  const before = mutate(linked, file, source, tables);
  const unread = '\nexport const unread = "nobody reads this";\n';
  const { changes: all, survivors } = mutate(linked, file, `${source}${unread}`, tables);

  expect(all).toBe(before.changes + 1);
  expect(survivors).toEqual([
    expect.stringMatching(/^line \d+: "nobody reads this" becomes "nobody reads this~"$/),
  ]);
});

test("mutations: count what was changed", { timeout: MILLISECONDS }, async ({ annotate }) => {
  const all = files.map((_, index) => mutatedOf(index) as Mutated);
  const changes = all.reduce((sum, it) => sum + it.changes, 0);
  const seen = all.reduce((sum, it) => sum + it.changes - it.survivors.length, 0);

  expect(changes).toBeGreaterThan(500);
  await annotate(`Load balancer tables: ${seen} of ${changes} mutations seen`, "figure");
});
