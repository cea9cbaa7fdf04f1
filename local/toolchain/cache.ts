import { createHash } from "node:crypto";
import { access, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Recipe } from "./recipes.ts";
import { isSealed } from "./seal.ts";
import { type SourceFiles, sourceFiles } from "./sources.ts";

/** The folder of a packages' entry that has their files. */
export const packagesFolder = "packages";

/** Lists, in a packages' entry, the libraries that its programs take from the machine. */
export const systemLibrariesFile = "system-libraries";

/** Where the Go compiler's names for a platform differ from Node's. */
const goNames = new Map([
  ["x64", "amd64"],
  ["ia32", "386"],
]);

/** The machine the tools are built for, in the words of the Go compiler. */
export const goPlatform = {
  os: process.platform,
  arch: goNames.get(process.arch) ?? process.arch,
};

/** The folder that all checkouts of a user share, without creating it. */
export function defaultCacheDirectory(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  const { PULUMI_KUBERNETES_SERVICES_CACHE: own, XDG_CACHE_HOME: xdg } = env;
  if (own) return own;

  const base = xdg || join(home, platform === "darwin" ? "Library/Caches" : ".cache");
  return join(base, "pulumi-kubernetes-services");
}

/**
 * The name of a recipe's entry: its version and a digest over everything that decides what comes
 * out of the build, so that a changed pin never meets an old binary and checkouts share equal ones.
 */
export async function entryKey(
  recipe: Recipe,
  files?: SourceFiles,
  platform: { os: string; arch: string } = goPlatform,
): Promise<string> {
  const digest = createHash("sha256");
  digest.update(
    JSON.stringify([{ ...recipe, buildMegabytes: 0, buildSeconds: undefined }, platform]),
  );

  for (const [name, path] of files ?? (await sourceFiles(recipe))) {
    digest.update(JSON.stringify([name, await readFile(path, "utf8")]));
  }
  return `${recipe.version}-${digest.digest("hex").slice(0, 12)}`;
}

/** One recipe and the folder its result has, or will have, in the cache. */
export interface Entry {
  readonly recipe: Recipe;
  readonly directory: string;
}

/** Names a recipe's folder in the cache. */
export async function entryOf(recipe: Recipe, cacheDirectory: string): Promise<Entry> {
  return { recipe, directory: join(cacheDirectory, recipe.name, await entryKey(recipe)) };
}

/** The executable of a tool inside its entry. */
export function executableIn(entry: Entry, tool: string): string {
  const { recipe, directory } = entry;
  if (recipe.kind === "python") return join(directory, "bin", "python");
  return recipe.kind === "debian" ? join(directory, "bin", tool) : join(directory, tool);
}

/** What must be there besides an entry's own files. */
async function neededElsewhere({ recipe, directory }: Entry): Promise<string[]> {
  if (recipe.kind !== "debian") return [];
  const file = join(directory, systemLibrariesFile);
  return (await readFile(file, "utf8").catch(() => file)).split("\n");
}

/**
 * Tells whether an entry was built to its end and can run. A virtual environment is a link to the
 * Python it was made with, so one whose Python is gone does not count; nor do packages whose
 * libraries are gone, for only those that were not installed came with them.
 */
export async function isComplete(entry: Entry): Promise<boolean> {
  if (!(await isSealed(entry.directory))) return false;
  const needed = [
    ...entry.recipe.tools.map((tool) => executableIn(entry, tool)),
    ...(await neededElsewhere(entry)),
  ];
  const found = await Promise.allSettled(needed.map((path) => access(path)));
  return found.every((result) => result.status === "fulfilled");
}
