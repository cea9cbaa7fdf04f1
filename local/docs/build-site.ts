import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { UserError } from "../errors.ts";
import { privateFolder } from "../files/private-folder.ts";
import { checkout, localPaths } from "../paths.ts";
import { brokenLinks } from "./broken-links.ts";
import { forSite, sitePath } from "./pages.ts";

/** The pages of the site: documents, and what stands beside them in the checkout. */
const PAGES = [
  "README*.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "SECURITY.md",
  "docs/**/*.md",
  "examples/README.md",
];
const IGNORED = "docs/api/**";
const PICTURES = "docs/pictures";
/** The folder of the reference, whose pages are made of the sources. */
const REFERENCE = "api";

/**
 * Builds the documentation site: the pages, and the reference of every export.
 *
 * @param folder - what it is built in, which is emptied
 * @returns the folder of the site
 * @throws UserError with the links that lead nowhere
 */
export async function buildSite(folder = join(localPaths().root, "docs")): Promise<string> {
  privateFolder(dirname(folder));
  const [source, site] = [join(folder, "pages"), join(folder, "site")];
  rmSync(folder, { recursive: true, force: true });
  writePages(source);
  cpSync(join(checkout, PICTURES), join(source, PICTURES), { recursive: true });
  cpSync(join(checkout, "local/docs/theme"), join(source, ".vitepress"), { recursive: true });
  // Otherwise the compiler options of the checkout count, which the site's bundler does not know.
  writeFileSync(join(source, "tsconfig.json"), "{}\n");
  await run("typedoc", [
    ...["--options", "local/docs/typedoc.json", "--logLevel", "Warn"],
    ...["--docsRoot", source, "--out", join(source, REFERENCE)],
  ]);
  await run("vitepress", ["build", source, "--outDir", site]);
  const broken = brokenLinks(htmlOf(site), globSync("**/*", { cwd: site }));
  if (broken.length > 0) {
    throw new UserError(`The site has links that lead nowhere:\n  ${broken.join("\n  ")}`);
  }
  return site;
}

function writePages(folder: string): void {
  const paths = PAGES.flatMap((pattern) =>
    globSync(pattern, { cwd: checkout, exclude: [IGNORED] }),
  );
  const pages = [...new Set(paths)];
  for (const path of pages) {
    const text = readFileSync(join(checkout, path), "utf8");
    const target = join(folder, sitePath(path));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(
      target,
      forSite({ path, text }, pages, (it) => existsSync(join(checkout, it))),
    );
  }
}

async function run(command: string, args: readonly string[]): Promise<void> {
  await execa(command, args, { cwd: checkout, preferLocal: true, stdout: 2, stderr: "inherit" });
}

/** The pages of a built site by path. */
function htmlOf(site: string): ReadonlyMap<string, string> {
  const paths = globSync("**/*.html", { cwd: site });
  return new Map(paths.map((path) => [path, readFileSync(join(site, path), "utf8")]));
}
