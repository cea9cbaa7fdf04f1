import { cp, mkdir, readdir } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { Recipe } from "./recipes.ts";

const local = join(import.meta.dirname, "..");

/** Programs that are made here and have a module of their own, by the name of their graph. */
const OWN_MODULES = ["demo-application", "load-generator"];

/** Programs that are made here and compiled in the module graph of something else, and their folder in that module. */
const OWN_PACKAGES: Readonly<Record<string, { readonly program: string; readonly at: string }>> = {
  pulumi: { program: "language-host", at: "language-host" },
  "kubernetes-1.36": { program: "coredns", at: "coredns" },
  "pulumi-languages": { program: "language-hosts", at: "." },
  "pulumi-resource-kubernetes": { program: "kubernetes-provider", at: "." },
};

/** The folder of a recipe's go.mod and go.sum, its requirements.txt, or the script that runs a package's program. */
export function pinDirectory(recipe: Recipe): string {
  const folder = recipe.kind === "go" ? recipe.graph : recipe.name;
  return join(local, OWN_MODULES.includes(folder) ? "programs" : "pins", folder);
}

/** What decides what comes out of a build: the files' paths by their names in the folder in which they are built. */
export type SourceFiles = ReadonlyMap<string, string>;

/** The files of a recipe. Tests of our own programs decide nothing, so they are left out unless they are asked for. */
export async function sourceFiles(
  recipe: Recipe,
  { tests = false }: { readonly tests?: boolean } = {},
): Promise<SourceFiles> {
  const own = recipe.kind === "go" ? OWN_PACKAGES[recipe.graph] : undefined;
  const files = await filesBelow(pinDirectory(recipe));
  if (own !== undefined) {
    for (const [name, path] of await filesBelow(join(local, "programs", own.program))) {
      files.set(join(own.at, name), path);
    }
  }
  const built = [...files].filter(([name]) => tests || !name.endsWith("_test.go"));
  return new Map(built.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Copies a recipe's files into a folder, which is made. */
export async function copySources(
  recipe: Recipe,
  folder: string,
  options: { readonly tests?: boolean } = {},
): Promise<void> {
  for (const [name, path] of await sourceFiles(recipe, options)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await cp(path, join(folder, name));
  }
}

async function filesBelow(directory: string): Promise<Map<string, string>> {
  const found = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = found.filter((it) => it.isFile()).map((it) => join(it.parentPath, it.name));
  return new Map(paths.map((path) => [relative(directory, path), path]));
}
