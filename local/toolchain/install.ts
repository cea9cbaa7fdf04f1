import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Entry } from "./cache.ts";
import { buildDebianRecipe } from "./debian-packages.ts";
import {
  type BuildPlace,
  buildGoRecipe,
  downloadModules,
  emptyTemporaryFolder,
  layOutSource,
} from "./go-build.ts";
import { buildPythonRecipe } from "./moto-venv.ts";
import { placeEntry } from "./place-entry.ts";
import { about, keepShowing, type Teller, trackProgress } from "./progress.ts";
import type { DebianRecipe, GoRecipe, Recipe } from "./recipes.ts";
import { ChildFailedError } from "./run-child.ts";
import { sealEntry } from "./seal.ts";
import { ToolchainError } from "./toolchain-error.ts";

/** What installing needs besides the entries themselves. */
export interface Installation extends Teller {
  readonly place: BuildPlace;
  /** The interpreter that virtual environments are made with. */
  readonly python: string | undefined;
}

/** Builds beside the cache and moves the whole entry into it, so that half of one never counts. */
async function installMovableEntry(
  recipe: GoRecipe | DebianRecipe,
  entry: Entry,
  { place }: Installation,
  onLine: (line: string) => void,
): Promise<void> {
  const output = join(place.directory, "output", recipe.name);
  await rm(output, { recursive: true, force: true });
  await mkdir(output, { recursive: true });
  if (recipe.kind === "go") await buildGoRecipe(place, recipe, output, onLine);
  else await buildDebianRecipe(place, recipe, output);
  await placeEntry(output, entry);
}

/** Where each kind of recipe downloads from, and how to see what is configured. */
const downloadSources = {
  go: "a proxy (HTTPS_PROXY) and the Go module proxy (go env GOPROXY)",
  python: "a proxy (HTTPS_PROXY) and the package index (pip config list)",
  debian: "a proxy (apt-config dump Acquire) and the package sources (apt-get indextargets)",
} as const satisfies Record<Recipe["kind"], string>;

/** Turns the failure of a tool's build into a message that says what to check. */
function explainFailure(step: string, kind: Recipe["kind"], error: unknown): unknown {
  if (!(error instanceof ChildFailedError)) return error;
  const check = `if it could not download, check the network, ${downloadSources[kind]}`;
  return new ToolchainError(`Cannot build ${step}: ${error.message}`, [
    ...(error.tail.length > 0
      ? [`the end of its output:\n      ${error.tail.join("\n      ")}`]
      : []),
    `${check}; what is built is kept, so the same command goes on from here`,
  ]);
}

async function installEntry(
  entry: Entry,
  count: string,
  installation: Installation,
): Promise<void> {
  const { recipe } = entry;
  const { place, python, report } = installation;
  const step = `${recipe.name} ${recipe.version}`;
  report(`Building ${step} (${count})`);
  const progress = trackProgress(step, installation);
  try {
    if (recipe.kind !== "python") {
      await installMovableEntry(recipe, entry, installation, progress.onLine);
    } else {
      await buildPythonRecipe(recipe, python ?? "python3", entry.directory, place.signal);
      await sealEntry(entry.directory);
    }
    report(`Built ${step} in ${progress.elapsed()}`);
  } catch (error) {
    throw explainFailure(step, recipe.kind, error);
  } finally {
    progress.stop();
  }
}

/** Fetches modules ahead of the builds. A failure is left to the build, which tells it better. */
async function downloadAhead(place: BuildPlace, recipes: readonly GoRecipe[]): Promise<void> {
  for (const recipe of recipes) {
    if (place.signal?.aborted) return;
    await downloadModules(place, recipe).catch(() => undefined);
  }
}

/** How many module graphs are built at a time: while one waits for its largest package or its linker, the other computes. */
export const GRAPHS_AT_A_TIME = 2;

/**
 * Entries that are built one after the other. Those of one graph of Go modules share packages, which are compiled once that way;
 * what is fetched from the distribution or the package index needs no processor to speak of.
 */
function sequences(entries: readonly Entry[]): { go: Entry[][]; fetched: Entry[] } {
  const graphs = new Map<string, Entry[]>();
  const fetched: Entry[] = [];
  for (const entry of entries) {
    if (entry.recipe.kind !== "go") fetched.push(entry);
    else graphs.set(entry.recipe.graph, [...(graphs.get(entry.recipe.graph) ?? []), entry]);
  }
  const seconds = (graph: readonly Entry[]) =>
    graph.reduce((sum, { recipe }) => sum + recipe.buildSeconds, 0);
  // What takes longest begins first, so that both processors are busy to the end.
  return { go: [...graphs.values()].sort((a, b) => seconds(b) - seconds(a)), fetched };
}

/** How long a build will still take, if it takes as long as elsewhere. */
function secondsLeft({ recipe }: Entry, begun: number | undefined) {
  const passed = begun === undefined ? 0 : (performance.now() - begun) / 1000;
  return { buildSeconds: Math.max(0, recipe.buildSeconds - passed) };
}

/** Builds entries: two graphs of Go modules at a time, beside them what is only fetched, while the next ones' sources come. */
export async function installEntries(
  entries: readonly Entry[],
  installation: Installation,
): Promise<void> {
  const { place } = installation;
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, ...(place.signal ? [place.signal] : [])]);
  const stoppable = { ...installation, place: { ...place, signal } };
  const { fetched, go } = sequences(entries);

  await emptyTemporaryFolder(place);
  const recipes = go.flat().map(({ recipe }) => recipe as GoRecipe);
  for (const recipe of recipes) await layOutSource(place, recipe);
  const ahead = downloadAhead({ ...place, signal }, recipes);

  const unfinished = new Set(entries);
  const begins = new Map<Entry, number>();
  const stopShowing = keepShowing(installation, "builds", () => {
    const left = [...unfinished].map((entry) => secondsLeft(entry, begins.get(entry)));
    return `Built ${entries.length - unfinished.size} of ${entries.length}, ${about(left)} left`;
  });
  const build = async (sequence: readonly Entry[]): Promise<void> => {
    for (const entry of sequence) {
      signal.throwIfAborted();
      begins.set(entry, performance.now());
      const left = about([...unfinished].map(({ recipe }) => recipe));
      await installEntry(entry, `${begins.size} of ${entries.length}, ${left} left`, stoppable);
      unfinished.delete(entry);
    }
  };
  const buildGraphs = async (): Promise<void> => {
    for (let graph = go.shift(); graph !== undefined; graph = go.shift()) await build(graph);
  };
  const lanes = [build(fetched), ...Array.from({ length: GRAPHS_AT_A_TIME }, buildGraphs)];
  try {
    await Promise.all(lanes);
  } catch (error) {
    stop.abort(error); // with what failed first; the others end
    throw error;
  } finally {
    await Promise.allSettled(lanes);
    stopShowing();
    stop.abort();
    await ahead;
  }
}
