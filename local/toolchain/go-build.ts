import { copyFile, mkdir, readFile, rm } from "node:fs/promises";
import { totalmem } from "node:os";
import { basename, join } from "node:path";
import { writeAtomically } from "../files/atomic-file.ts";
import { goPlatform } from "./cache.ts";
import { graphCache, STANDARD_LIBRARY } from "./go-caches.ts";
import type { GoRecipe, ModuleFiles } from "./recipes.ts";
import { runChild } from "./run-child.ts";
import { copySources } from "./sources.ts";

/** Where builds happen: Go's caches, copies of our modules and half-made entries. */
export interface BuildPlace {
  readonly directory: string;
  readonly signal: AbortSignal | undefined;
}

/** What a compiler needs at most without any collection, for the largest generated packages. */
const compilerMemoryBytes = 4 * 1024 ** 3;
/** How many run at a time, two for each of two graphs. That all have such a package at once was not seen. */
const compilers = 4;

/**
 * How often the compiler collects garbage. Without any collection it is a fifth faster, where the
 * machine has the memory for that; collecting seldom helps half as much.
 */
function collectorSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (env["GOGC"] !== undefined || env["GOMEMLIMIT"] !== undefined) return {};
  return totalmem() >= compilers * compilerMemoryBytes
    ? { GOGC: "off", GOMEMLIMIT: String(compilerMemoryBytes) }
    : { GOGC: "400" };
}

/**
 * The environment of every `go` command: the user's own settings (proxy, credentials, what is
 * private) with caches inside the build folder, for this machine's platform, without a C compiler.
 */
function goEnvironment(
  directory: string,
  graph: string,
  env: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  return {
    ...env,
    GOMODCACHE: join(directory, "go-modules"),
    GOCACHE: graphCache(directory, graph),
    GOTMPDIR: temporaryFolder(directory), // A /tmp in memory may be too small for the linker.
    GOFLAGS: "-buildvcs=false -modcacherw",
    ...collectorSettings(env),
    GOWORK: "off",
    GOOS: goPlatform.os,
    GOARCH: goPlatform.arch,
    CGO_ENABLED: "0",
  };
}

const temporaryFolder = (directory: string): string => join(directory, "go-tmp");

const sourceDirectory = (place: BuildPlace, recipe: GoRecipe): string =>
  join(place.directory, "source", recipe.name);

async function go(
  place: BuildPlace,
  recipe: GoRecipe,
  args: string[],
  onErrorLine?: (line: string) => void,
) {
  return runChild({
    command: "go",
    args,
    cwd: sourceDirectory(place, recipe),
    env: goEnvironment(place.directory, recipe.graph),
    signal: place.signal,
    ...(onErrorLine ? { onErrorLine } : {}),
  });
}

/** Empties the folder for temporary files, in which an interrupted compiler leaves its own. */
export async function emptyTemporaryFolder(place: BuildPlace): Promise<void> {
  const folder = temporaryFolder(place.directory);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
}

const noDebugData = "-gcflags=all=-dwarf=false"; // A tenth less work, a quarter less cache.

/** Compiles the standard library for all graphs. A failure is left to the builds, which tell it better. */
export async function compileStandardLibrary({ directory, signal }: BuildPlace): Promise<void> {
  const args = ["build", noDebugData, "std"];
  const env = goEnvironment(directory, STANDARD_LIBRARY);
  await runChild({ command: "go", args, cwd: directory, env, signal }).catch(() => undefined);
}

/** Copies a recipe's go.mod, go.sum and sources to where they are built; the checkout stays clean. */
export async function layOutSource(place: BuildPlace, recipe: GoRecipe): Promise<void> {
  const source = sourceDirectory(place, recipe);
  await rm(source, { recursive: true, force: true });
  await copySources(recipe, source);
}

/** Fetches the modules that a recipe's packages import, and no others. */
export async function downloadModules(place: BuildPlace, recipe: GoRecipe): Promise<void> {
  await go(place, recipe, ["list", "-e", "-deps", ...recipe.packages]);
}

/** Paths of a module's files in the module cache, fetching and verifying the module if need be. */
async function moduleFiles(place: BuildPlace, recipe: GoRecipe, wanted: ModuleFiles) {
  const described: unknown = JSON.parse(
    await go(place, recipe, ["mod", "download", "-json", wanted.module]),
  );
  if (typeof described !== "object" || !described || !("Dir" in described)) {
    throw new Error(`go mod download told no folder for ${wanted.module}`);
  }
  const directory = String(described.Dir);
  return wanted.files.map((file) => join(directory, file));
}

/** Builds a recipe's executables, and what else belongs to them, into an existing empty folder. */
export async function buildGoRecipe(
  place: BuildPlace,
  recipe: GoRecipe,
  output: string,
  onErrorLine: (line: string) => void,
): Promise<void> {
  if (recipe.embed) {
    for (const file of await moduleFiles(place, recipe, recipe.embed)) {
      await copyFile(file, join(sourceDirectory(place, recipe), basename(file)));
    }
  }
  // A folder as the output names each executable after its package; "." is named by its module.
  const [first] = recipe.tools;
  const target = recipe.packages.length === 1 && first ? join(output, first) : `${output}/`;
  const args = [
    "build",
    "-v",
    noDebugData,
    ...(recipe.withoutInlining ?? []).map((packages) => `-gcflags=${packages}=-dwarf=false -l`),
    "-ldflags",
    recipe.ldflags,
    "-o",
    target,
    ...recipe.packages,
  ];
  await go(place, recipe, args, onErrorLine);

  if (recipe.yaml) {
    const files = await moduleFiles(place, recipe, recipe.yaml);
    const documents = await Promise.all(files.map((file) => readFile(file, "utf8")));
    writeAtomically(
      join(output, recipe.yaml.into),
      documents.map((text) => text.trim()).join("\n---\n"),
    );
  }
}
