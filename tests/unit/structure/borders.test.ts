import { expect, test } from "vitest";
import { borderProblems, showcaseProblems } from "../../structure/borders.ts";

const border = { from: "bench/", to: "tests/", except: "tests/shared/", why: "share it" };
const importing = (path: string, imported: string) => [
  { path, text: `import { it } from "${imported}";\n` },
];

test.each([
  ["bench/a.ts", "../tests/shared/load.ts"],
  ["bench/a.ts", "../local/paths.ts"],
  ["bench/a.ts", "tests/other-package"],
  ["tests/a.ts", "./b.ts"],
])("borderProblems: finds nothing when %s imports %s", (path, imported) => {
  expect(borderProblems(importing(path, imported), [border])).toEqual([]);
});

test("borderProblems: finds an import across a border, types included", () => {
  const [source] = importing("bench/deep/a.ts", "../../tests/traffic/load.ts");
  const text = `import type${source?.text.slice("import".length)}`;

  expect(borderProblems([{ path: "bench/deep/a.ts", text }], [border])).toEqual([
    "bench/deep/a.ts imports tests/traffic/load.ts; share it",
  ]);
});

test("showcaseProblems: finds nothing when the program is short and imports components and configuration", () => {
  expect(showcaseProblems('import "./components/index.ts";\nimport "./config.ts";\n')).toEqual([]);
});

test("showcaseProblems: finds a program that is too long or imports something else", () => {
  expect(showcaseProblems(`import "./waivers.ts";\n${"//\n".repeat(80)}`)).toEqual([
    "index.ts has 81 lines, at most 80 are allowed",
    "index.ts imports ./waivers.ts; it shows the components alone",
  ]);
});
