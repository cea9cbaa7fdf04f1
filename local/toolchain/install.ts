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
import { about, trackProgress } from "./progress.ts";
import type { DebianRecipe, GoRecipe, Recipe } from "./recipes.ts";
import { ChildFailedError } from "./run-child.ts";
import { sealEntry } from "./seal.ts";
import { ToolchainError } from "./toolchain-error.ts";

/** What installing needs besides the entries themselves. */
export interface Installation {
  readonly place: BuildPlace;
  /** The interpreter that virtual environments are made with. */
  readonly python: string | undefined;
  readonly report: (line: string) => void;
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
  const progress = trackProgress(step, report);
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

/** Builds entries one after the other while the next ones' sources are fetched. */
export async function installEntries(
  entries: readonly Entry[],
  installation: Installation,
): Promise<void> {
  const { place } = installation;
  const stopAhead = new AbortController();
  const signal = AbortSignal.any([stopAhead.signal, ...(place.signal ? [place.signal] : [])]);

  const goRecipes = entries.map(({ recipe }) => recipe).filter((recipe) => recipe.kind === "go");
  await emptyTemporaryFolder(place);
  for (const recipe of goRecipes) await layOutSource(place, recipe);
  const ahead = downloadAhead({ ...place, signal }, goRecipes);
  try {
    for (const [index, entry] of entries.entries()) {
      const left = about(entries.slice(index).map(({ recipe }) => recipe));
      await installEntry(entry, `${index + 1} of ${entries.length}, ${left} left`, installation);
    }
  } finally {
    stopAhead.abort();
    await ahead;
  }
}
