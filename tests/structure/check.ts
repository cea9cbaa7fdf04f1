// Checks the structure of components/: `node tests/structure/check.ts` prints every problem and fails if there is one.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { COMPONENTS, structureProblems } from "./structure.ts";

const root = join(import.meta.dirname, "../../components");
const sources = globSync("**/*.ts", { cwd: root }).map((path) => ({
  path,
  text: readFileSync(join(root, path), "utf8"),
}));
const problems = structureProblems(sources, COMPONENTS);
for (const problem of problems) {
  console.error(`components/: ${problem}`);
}
process.exitCode = problems.length === 0 ? 0 : 1;
