import { join } from "node:path";
import { expect, test } from "vitest";
import { contentDigest, remembered } from "../../../local/files/remembered.ts";
import { Linked } from "./mutation/linked.ts";
import { disagree, mutate } from "./mutation/survivors.ts";
import { tables } from "./tables/tables.ts";

const linked = await Linked.read();
const files = linked.filesOf("dialects/", "contract/health-check.ts");
const MILLISECONDS = 300_000;

const sources = contentDigest([
  "components/**/*.ts",
  "tests/unit/load-balancer/{mutation,tables}/**/*.ts",
]);
let changes = 0;
let seen = 0;

test("mutations: none is seen when nothing is changed", () => {
  expect(disagree(linked.unchanged(), tables)).toBe(false);
});

test.each(files)(
  "tables: see every key, word, number and condition of %s when it is changed",
  (file, source) => {
    const mutated = remembered({ kind: join("mutations", file), about: sources, files: [] }, () =>
      mutate(linked, file, source, tables),
    );
    changes += mutated.changes;
    seen += mutated.changes - mutated.survivors.length;

    expect(mutated.survivors).toEqual([]);
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

test("mutations: count what was changed", async ({ annotate }) => {
  expect(changes).toBeGreaterThan(500);
  await annotate(`Load balancer tables: ${seen} of ${changes} mutations seen`, "figure");
});
