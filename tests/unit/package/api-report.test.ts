import { join } from "node:path";
import { expect, test } from "vitest";
import { checkout, manifest } from "../support/analyze.ts";
import { apiReport } from "./api-report.ts";

/** The sources of the entry points in package.json, by the names under which programs import them. */
const entries = Object.fromEntries(
  Object.entries<{ import?: { default: string } }>(manifest.exports)
    .filter(([name]) => name !== "." && !name.endsWith(".json"))
    .map(([name, { import: from }]) => [
      name.replace(/^\./, manifest.name),
      from?.default.replace("./dist/", "").replace(/js$/, "ts") ?? "",
    ]),
);

// What TypeScript programs are compiled against: look at every change of the file, then `vitest run -u`.
test("apiReport: is that of api.golden.txt when it is made", async () => {
  const report = apiReport(entries);

  expect(report).toContain("export declare class Backend extends pulumi.ComponentResource");
  await expect(report).toMatchFileSnapshot("api.golden.txt");
});

test.each(Object.entries(entries))(
  "apiReport: declares all that %s exports",
  async (name, file) => {
    const declared = apiReport({ [name]: file });
    const exported = Object.keys(await import(join(checkout, file)));

    const missing = exported.filter(
      (it) => !new RegExp(`^export declare (class|const|function) ${it}\\b`, "m").test(declared),
    );
    expect(exported).not.toEqual([]);
    expect(missing).toEqual([]);
  },
);
