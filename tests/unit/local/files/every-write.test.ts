import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { checkout } from "../../../../local/paths.ts";

/** What of node:fs and node:fs/promises brings bytes into a file, or makes a folder that others may look into. */
const WRITERS =
  /^(appendFile|copyFile|cp|createWriteStream|mkdir|mkdtemp|open|truncate|write|writeFile|writev)(Sync)?$/;

/** Where one is used all the same, and why. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  // the root folder that HAProxy sees, made anew before each start, in folders that another user has to enter
  "cloud/load-balancers/haproxy-root.ts": ["copyFileSync", "mkdirSync"],
  "files/private-folder.ts": ["mkdirSync"],
  "files/atomic-file.ts": ["openSync", "writeFileSync"],
  // logs: programs append to them as long as they run
  "processes/log.ts": ["openSync"],
  // builds: half of an entry of the cache never counts, since its mark of completeness comes last
  "toolchain/cache-folder.ts": ["mkdir"],
  "toolchain/debian-packages.ts": ["mkdir"],
  "toolchain/file-lock.ts": ["mkdir"],
  "toolchain/go-build.ts": ["copyFile", "mkdir"],
  "toolchain/go-caches.ts": ["mkdir"],
  "toolchain/install.ts": ["mkdir"],
  "toolchain/python-venv.ts": ["mkdir"],
  "toolchain/place-entry.ts": ["mkdir"],
  "toolchain/pulumi-home.ts": ["mkdir"],
  "toolchain/sources.ts": ["cp", "mkdir"],
  // a copy to be vetted and tested, removed afterwards
  "programs/check.ts": ["mkdtemp"],
  // what a refresh tries things out on, a folder of its own; the checkout's files take over what has come of it by writeAtomically
  "commands/refresh.ts": ["mkdir", "mkdtemp"],
  "refresh/engine-steps.ts": ["cp"],
  // the documentation site and what it is made of, made anew each time in a folder of the owner's
  "docs/build-site.ts": ["cpSync", "mkdirSync", "writeFileSync"],
  // what npm packs, made anew each time, which whoever installs it may read
  "package/build.ts": ["cpSync", "writeFileSync"],
  // a folder for the analyzer, removed afterwards
  "package/analyze.ts": ["mkdtempSync", "writeFileSync"],
  // the folders of what was computed, in node_modules
  "files/remembered.ts": ["mkdirSync"],
  // downloads: what has come of one is kept for the next attempt, and counts when its checksum is right
  "toolchain/releases/download.ts": ["createWriteStream"],
  "toolchain/releases/fetch-release.ts": ["mkdir"],
  "toolchain/releases/refresh-pins.ts": ["mkdir"],
  "toolchain/releases/supply.ts": ["mkdir"],
  "toolchain/releases/unpack.ts": ["createWriteStream"],
};

/** Every name of a writer in a source, however it was imported: by name, under another one, or as a member of the module. */
function writersIn(source: string): string[] {
  if (!/["'](node:)?fs(\/promises)?["']/.test(source)) return [];
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && WRITERS.test(node.text) && isOfTheFileSystem(node)) {
      found.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("source.ts", source, ts.ScriptTarget.Latest, true));
  return [...found].sort();
}

/** An import by its original name, or a member of what is called like the module. */
function isOfTheFileSystem({ parent, text }: ts.Identifier): boolean {
  if (ts.isImportSpecifier(parent)) {
    const { moduleSpecifier } = parent.parent.parent.parent as ts.ImportDeclaration;
    return (parent.propertyName ?? parent.name).getText() === text && isModule(moduleSpecifier);
  }
  if (ts.isBindingElement(parent)) {
    const declaration = ts.findAncestor(parent, ts.isVariableDeclaration);
    return /["'](node:)?fs(\/promises)?["']/.test(declaration?.initializer?.getText() ?? "");
  }
  return ts.isPropertyAccessExpression(parent) && /^(fs|fsp|promises)$/i.test(lastName(parent));
}

const lastName = ({ expression }: ts.PropertyAccessExpression): string =>
  expression.getText().split(".").at(-1) ?? "";

const isModule = (specifier: ts.Expression): boolean =>
  ts.isStringLiteral(specifier) && /^(node:)?fs(\/promises)?$/.test(specifier.text);

test("local: every write goes through writeAtomically, and every folder through privateFolder, but where it is said why", {
  timeout: 60_000,
}, () => {
  const folder = join(checkout, "local");
  const sources = globSync("**/*.ts", { cwd: folder });

  const found = sources.flatMap((file) => {
    const writers = writersIn(readFileSync(join(folder, file), "utf8"));
    return writers.length > 0 ? [[file, writers] as const] : [];
  });

  expect(sources.length).toBeGreaterThan(100);
  expect(Object.fromEntries(found)).toEqual(ALLOWED);
});

test.each([
  ['import { writeFileSync } from "node:fs";', ["writeFileSync"]],
  ['import { writeFile as save } from "node:fs/promises";', ["writeFile"]],
  ['import * as fs from "node:fs"; fs.appendFileSync("a", "b");', ["appendFileSync"]],
  ['import fs from "fs"; fs.promises.writeFile("a", "b");', ["writeFile"]],
  ['const { createWriteStream } = await import("node:fs");', ["createWriteStream"]],
  ['import { readFileSync as writeFile } from "node:fs"; output.write("x");', []],
])("the look at the sources sees %s", (source, expected) => {
  expect(writersIn(source)).toEqual(expected);
});
