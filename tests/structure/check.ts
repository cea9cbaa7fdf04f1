// Checks the structure and the words of this checkout: `node tests/structure/check.ts` prints every problem and fails if there is one.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { borderProblems, showcaseProblems } from "./borders.ts";
import { COMPONENTS, POLICY, PREVIEW, type Source, structureProblems } from "./structure.ts";
import { wordingProblems } from "./wording.ts";

const checkout = join(import.meta.dirname, "../..");

function sourcesIn(folder: string, patterns: readonly string[]): readonly Source[] {
  const exclude = (path: string) => path === "node_modules" || path === "api";
  const found = patterns.flatMap((pattern) => globSync(pattern, { cwd: folder, exclude }));
  return found.map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") }));
}

const code = sourcesIn(checkout, [
  ...[
    "components",
    "testing",
    "preview",
    "policy",
    "where",
    "doctor",
    "local",
    "tests",
    "bench",
  ].map((folder) => `${folder}/**/*.ts`),
  ...["index.ts", "config.ts", "local/programs/**/*.{go,py}"],
]);
const pages = sourcesIn(checkout, [
  "README*.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "docs/**/*.md",
  "examples/**/*.md",
]);
// The old words themselves stand in the list of them, and in the tests of it.
const named = code.filter(({ path }) => !/^tests\/(unit\/)?structure\//.test(path));

const structures = { components: COMPONENTS, preview: PREVIEW, policy: POLICY };

const problems = [
  ...Object.entries(structures).flatMap(([folder, structure]) =>
    structureProblems(sourcesIn(join(checkout, folder), ["**/*.ts"]), structure).map(
      (problem) => `${folder}/: ${problem}`,
    ),
  ),
  ...borderProblems(code),
  ...showcaseProblems(readFileSync(join(checkout, "index.ts"), "utf8")),
  ...wordingProblems([...named, ...pages]),
];
for (const problem of problems) {
  console.error(problem);
}
process.exitCode = problems.length === 0 ? 0 : 1;
