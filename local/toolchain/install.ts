import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Entry } from "./cache.ts";
import { buildDebianRecipe } from "./debian-packages.ts";
import {
  type BuildPlace,
  buildGoRecipe,
  compileStandardLibrary,
  downloadModules,
  emptyTemporaryFolder,
  layOutSource,
} from "./go-build.ts";
import { beginGraphCache, removeGraphCache } from "./go-caches.ts";
import { placeEntry } from "./place-entry.ts";
import { about, keepShowing, type Teller, trackProgress } from "./progress.ts";
import { buildPythonRecipe } from "./python-venv.ts";
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
const GRAPHS_AT_A_TIME = 2;

/** Entries of one graph of Go modules. They share packages, which are compiled once where they are built one after the other. */
interface Graph {
  readonly name: string;
  readonly entries: readonly Entry[];
}

const secondsOf = ({ entries }: Graph): number =>
  entries.reduce((sum, { recipe }) => sum + recipe.buildSeconds, 0);

/** The graphs, what takes longest first, so that both processors are busy to the end. */
function graphsOf(entries: readonly Entry[]): Graph[] {
  const graphs = new Map<string, Entry[]>();
  for (const entry of entries) {
    if (entry.recipe.kind !== "go") continue;
    graphs.set(entry.recipe.graph, [...(graphs.get(entry.recipe.graph) ?? []), entry]);
  }
  return [...graphs]
    .map(([name, of]) => ({ name, entries: of }))
    .sort((a, b) => secondsOf(b) - secondsOf(a));
}

/** A graph that takes this long needs most of the standard library, which takes half a minute. */
const LARGE_GRAPH_SECONDS = 60;

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
  // What comes from the distribution or the package index needs no processor to speak of.
  const fetched = entries.filter(({ recipe }) => recipe.kind !== "go");
  const graphs = graphsOf(entries);

  await emptyTemporaryFolder(place);
  const recipes = graphs.flatMap((graph) => graph.entries).map(({ recipe }) => recipe as GoRecipe);
  for (const recipe of recipes) await layOutSource(place, recipe);
  const ahead = downloadAhead({ ...place, signal }, recipes);
  const large = graphs.filter((graph) => secondsOf(graph) >= LARGE_GRAPH_SECONDS);
  // Meanwhile the first modules come.
  const shared = large.length > 1 ? compileStandardLibrary(stoppable.place) : undefined;

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
  const removals: Promise<void>[] = [];
  const buildGraphs = async (): Promise<void> => {
    await shared;
    for (let graph = graphs.shift(); graph !== undefined; graph = graphs.shift()) {
      const { name } = graph;
      await beginGraphCache(place.directory, name);
      await build(graph.entries);
      // What is left of it goes with the whole folder.
      removals.push(removeGraphCache(place.directory, name).catch(() => undefined));
    }
  };
  const lanes = [build(fetched), ...Array.from({ length: GRAPHS_AT_A_TIME }, buildGraphs)];
  try {
    await Promise.all(lanes);
  } catch (error) {
    stop.abort(error); // with what failed first; the others end
    throw error;
  } finally {
    await Promise.allSettled([...lanes, ...removals]);
    stopShowing();
    stop.abort();
    await ahead;
  }
}
