import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { dirname as posixDirname, join as posixJoin } from "node:path/posix";
import { execa } from "execa";
import { expect, test } from "vitest";
import { checkout } from "../../../local/paths.ts";

/** The relative links of a page, without headings. */
function linksOf(path: string): string[] {
  const text = readFileSync(join(checkout, path), "utf8").replaceAll(/^```[\s\S]*?^```$/gm, "");
  const links = [...text.matchAll(/\]\(([^()\s#]+)[^()\s]*\)/g)].map(([, link = ""]) => link);
  return links.filter((link) => !/^[a-z]+:/.test(link));
}

/** Everything that npm packs, apart from what is built. */
async function packed(): Promise<string[]> {
  const args = ["pack", "--dry-run", "--json", "--ignore-scripts"];
  const { stdout } = await execa("npm", args, { cwd: checkout });
  const [{ files }] = JSON.parse(stdout) as [{ files: readonly { readonly path: string }[] }];
  return files.map(({ path }) => path);
}

test("package: has every page that its READMEs link to, and nothing of the machine that packs it", async () => {
  const files = new Set(await packed());
  const readmes = ["README.md", "README.ko.md", "examples/README.md"];

  const missing = readmes.flatMap((path) =>
    linksOf(path)
      .map((link) => posixJoin(posixDirname(path), link))
      .filter((target) => !files.has(target)),
  );

  expect(missing).toEqual([]);
  expect([...files].filter((path) => /^docs\/api|node_modules|Pulumi\.dev/.test(path))).toEqual([]);
}, 60_000);

test("pages: have no link to a file that does not exist", () => {
  const pages = globSync(["*.md", "docs/**/*.md", "examples/**/*.md", "bench/**/*.md"], {
    cwd: checkout,
    exclude: ["docs/api/**", "**/node_modules/**"],
  });

  const dead = pages.flatMap((path) =>
    linksOf(path)
      .filter((link) => !existsSync(join(checkout, dirname(path), link)))
      .map((link) => `${path}: ${link}`),
  );

  expect(pages.length).toBeGreaterThan(30);
  expect(dead).toEqual([]);
});
