import { existsSync } from "node:fs";
import { link, mkdir, readdir, rename, rm } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { GoRecipe } from "./recipes.ts";

// A cache for each graph of modules, which goes when the graph is built: the disk has two of them at a time, not all. What they have
// in common is the standard library; it is compiled once, and each of them begins with links to it.

/** The folder of Go's build cache for a graph. */
export const graphCache = (directory: string, graph: GoRecipe["graph"]): string =>
  join(directory, "go-caches", graph);

/** Stands in the place of a graph for what all graphs have. */
export const STANDARD_LIBRARY = "standard-library";

/** Begins the cache of a graph with the standard library, where that was compiled apart and nothing is there yet. */
export async function beginGraphCache(directory: string, graph: string): Promise<void> {
  const [from, to] = [graphCache(directory, STANDARD_LIBRARY), graphCache(directory, graph)];
  if (existsSync(to) || !existsSync(from)) return;
  const beginning = `${to}.beginning`; // so that an interrupted one does not count
  await rm(beginning, { recursive: true, force: true });
  const found = await readdir(from, { recursive: true, withFileTypes: true });
  for (const file of found.filter((it) => it.isFile())) {
    const target = join(beginning, relative(from, file.parentPath), file.name);
    await mkdir(dirname(target), { recursive: true });
    await link(join(file.parentPath, file.name), target);
  }
  await rename(beginning, to);
}

/** Removes the cache of a graph that is built. */
export const removeGraphCache = (directory: string, graph: string): Promise<void> =>
  rm(graphCache(directory, graph), { recursive: true, force: true, maxRetries: 5 });
