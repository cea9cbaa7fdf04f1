import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { LoadBalancerController } from "../../components/index.ts";
import { isTest } from "./support/is-test.ts";

const checkout = join(import.meta.dirname, "../..");
const text = readFileSync(join(checkout, "docs/comparison.md"), "utf8");
const [compared = "", tested = ""] = text.split("## Where each claim is tested");

/** The first cells of the rows of a table, without its heading. */
const firstCells = (table: string) =>
  [...table.matchAll(/^\| (?!---|claim \||what \|)([^|]+?) \|/gm)].map(([, cell = ""]) => cell);

const named = [...tested.matchAll(/^\| (.+?) \| \[(.+)\]\(\.\.\/(.+)\) \|$/gm)].map(
  ([, claim = "", title = "", file = ""]) => ({ claim, title, file }),
);

describe("docs/comparison.md", () => {
  test("names a test for every claim about this library, and no other", () => {
    expect(named.map(({ claim }) => claim)).toEqual(firstCells(compared));
    expect(named.length).toBeGreaterThan(20);
  });

  test.each(named)("$claim: has a test of that title in that file", ({ file, title }) => {
    expect(isTest(file, title), `${file}: ${title}`).toBe(true);
  });

  test("control: a test that does not exist is found", () => {
    expect(isTest("tests/unit/comparison.test.ts", ["never", "written"].join(" "))).toBe(false);
    expect(isTest("tests/unit/no.test.ts", "a title")).toBe(false);
  });

  test("counts the controllers right", () => {
    const controllers = Object.keys(LoadBalancerController).filter(
      (name) => name !== "None" && name !== "Other",
    );

    expect(controllers).toHaveLength(13);
    expect(compared).toContain("[Thirteen controllers](guide/controllers.md) are known");
  });
});
