import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkout } from "../support/analyze.ts";

/** The files of @pulumi/aws that a fresh process has loaded after it has imported modules. */
function loadedOfAws(...entries: string[]): string[] {
  const program = `
    import { createRequire } from "node:module";
    for (const entry of ${JSON.stringify(entries.map((entry) => join(checkout, entry)))}) await import(entry);
    console.log(JSON.stringify(Object.keys(createRequire(import.meta.url).cache)));`;
  const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: checkout,
    encoding: "utf8",
    timeout: 60_000,
  });
  const loaded: string[] = JSON.parse(printed);
  expect(loaded.some((path) => path.includes("/@pulumi/pulumi/"))).toBe(true);
  return loaded.filter((path) => path.includes("/@pulumi/aws/"));
}

test("components/index.ts, testing/index.ts: load nothing of @pulumi/aws when they are imported", () => {
  expect(loadedOfAws("components/index.ts", "testing/index.ts")).toEqual([]);
}, 90_000);

test("components/aws/index.ts: loads of @pulumi/aws what it uses when it is imported, and not the whole", () => {
  const loaded = loadedOfAws("components/aws/index.ts");

  expect(loaded.some((path) => path.endsWith("/acm/certificate.js"))).toBe(true);
  expect(loaded.filter((path) => path.endsWith("/@pulumi/aws/index.js"))).toEqual([]);
  expect(loaded.length).toBeLessThan(30);
}, 90_000);

test("components: import @pulumi/aws below components/aws alone", () => {
  const importing = globSync("{components,testing}/**/*.ts", { cwd: checkout }).filter((path) =>
    /(from|import) ?\(?"@pulumi\/aws/.test(readFileSync(join(checkout, path), "utf8")),
  );

  expect(importing).toContain("components/aws/dns-records.ts");
  expect(importing.filter((path) => !path.startsWith("components/aws/"))).toEqual([]);
});
