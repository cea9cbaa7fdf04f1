import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { defaultCacheDirectory, type Entry, entryOf, executableIn, isComplete } from "./cache.ts";
import { prepareCache } from "./cache-folder.ts";
import { FileLockedError, withFileLock } from "./file-lock.ts";
import { makeEntries, removeBuildFolder } from "./make-entries.ts";
import { cniPluginsIn, findNodePackages } from "./node-packages.ts";
import { findInstalled } from "./path-lookup.ts";
import type { Teller } from "./progress.ts";
import { isHomeProgram, placeInPulumiHome, pulumiHomeFor } from "./pulumi-home.ts";
import {
  kwokStagesFile,
  type LocalToolName,
  localToolNames,
  packagedToolNames,
  recipes,
  type ToolName,
} from "./recipes.ts";
import { brokenSeal } from "./seal.ts";
import { ToolchainError } from "./toolchain-error.ts";
import { noteUse } from "./unused.ts";

export type { ToolName } from "./recipes.ts";
export { ToolchainError };

/** The programs the local cluster and the engine are made of, ready to run. */
export interface Toolchain<Tool extends ToolName = LocalToolName> {
  /** Absolute path of each tool that was asked for; that of Python packages is their virtual environment's Python. */
  readonly paths: Readonly<Record<Tool, string>>;
  /** One YAML file with the stages kwok needs; it exists when kwok was asked for. */
  readonly kwokStages: string;
  /** The folder with the CNI plugins; it exists when what a distribution packages was asked for. */
  readonly cniPlugins: string;
  /** A `PULUMI_HOME` in which the engine finds those of its programs that were asked for. */
  readonly pulumiHome: string;
}

/** What to ensure, and whom to tell what is being downloaded and built; nothing is told while everything is there. */
export interface EnsureToolchainOptions<Tool extends ToolName = LocalToolName> extends Teller {
  /**
   * The tools that are needed.
   * @default - those of the local cluster and its engine
   */
  readonly tools?: readonly Tool[];
  /**
   * The folder that keeps what was built.
   * @default - `defaultCacheDirectory()`, which all checkouts of a user share
   */
  readonly cacheDirectory?: string;
  /** What one can do while tools come, as a sentence; said only then. */
  readonly meanwhile?: string;
  /** Ends a build and all it has started; what is finished stays, and the next call goes on. */
  readonly signal?: AbortSignal;
}

const buildFolder = (cacheDirectory: string): string => join(cacheDirectory, "build");
const buildLock = (cacheDirectory: string): string => join(cacheDirectory, "build.lock");

// Four times the longest full build that was seen, on two busy processors.
const waitForBuildSeconds = 7200;

/** Where each wanted tool is or will be: installed on this machine, or an entry of the cache. */
interface Plan {
  readonly installed: Partial<Record<ToolName, string>>;
  /** The folder with the CNI plugins. */
  readonly cniPlugins: string;
  readonly entries: ReadonlyMap<ToolName, Entry>;
}

/** What a distribution packages, if all of it is installed and any of it is wanted. */
async function installedPackages(tools: readonly ToolName[], cacheDirectory: string) {
  if (!packagedToolNames.some((tool) => tools.includes(tool))) return;
  const packages = await findNodePackages(cacheDirectory);
  return packages.missing.length === 0 ? packages : undefined;
}

async function planFor(tools: readonly ToolName[], cacheDirectory: string): Promise<Plan> {
  const [installed, packages, all] = await Promise.all([
    findInstalled(tools, cacheDirectory),
    installedPackages(tools, cacheDirectory),
    Promise.all(recipes.map((recipe) => entryOf(recipe, cacheDirectory))),
  ]);
  const entries = new Map<ToolName, Entry>();
  for (const entry of all) for (const tool of entry.recipe.tools) entries.set(tool, entry);
  return {
    installed: { ...installed, ...packages?.paths },
    cniPlugins: packages?.cniPlugins ?? cniPluginsIn(entryFor({ entries }, "containerd")),
    entries,
  };
}

function entryFor(plan: Pick<Plan, "entries">, tool: ToolName): Entry {
  const entry = plan.entries.get(tool);
  if (!entry) throw new Error(`No recipe yields ${tool}`);
  return entry;
}

const providerTool = "pulumi-resource-kubernetes";

/** What decides the contents of a `PULUMI_HOME`: every entry that may be linked into it. */
const homeEntries = (plan: Plan): string[] =>
  localToolNames.filter(isHomeProgram).map((tool) => entryFor(plan, tool).directory);

/** The entries that have to be built, in the recipes' order. */
async function missingEntries(plan: Plan, tools: readonly ToolName[]): Promise<Entry[]> {
  const fromCache = tools.filter((tool) => !plan.installed[tool]);
  const needed = new Set(fromCache.map((tool) => plan.entries.get(tool)));
  const inOrder = [...new Set(plan.entries.values())].filter((entry) => needed.has(entry));
  const complete = await Promise.all(inOrder.map(isComplete));
  return inOrder.filter((_, index) => !complete[index]);
}

/** How long the remains of an interrupted build are kept, so that it can be continued. */
const KEPT_MILLISECONDS = 24 * 3600 * 1000;

/** Whether there is a folder in which no build has begun for long; one that begins empties a folder directly in it. */
function isLeftOver(directory: string): boolean {
  const begun = statSync(directory, { throwIfNoEntry: false })?.mtimeMs;
  return begun !== undefined && Date.now() - begun >= KEPT_MILLISECONDS;
}

/** Removes what an interrupted build left long ago, unless a build is going on. */
async function removeLeftovers(
  cacheDirectory: string,
  { report, signal }: EnsureToolchainOptions<ToolName>,
): Promise<void> {
  const directory = buildFolder(cacheDirectory);
  if (!isLeftOver(directory)) return;
  try {
    await withFileLock(buildLock(cacheDirectory), { waitSeconds: 0, signal }, () =>
      removeBuildFolder(directory, report),
    );
  } catch (error) {
    if (!(error instanceof FileLockedError)) throw error;
  }
}

/** Makes what is missing, one process at a time; the others find it done when their turn comes. */
async function fillCache(
  plan: Plan,
  tools: readonly ToolName[],
  cacheDirectory: string,
  options: EnsureToolchainOptions<ToolName>,
): Promise<void> {
  if ((await missingEntries(plan, tools)).length === 0) {
    return removeLeftovers(cacheDirectory, options);
  }

  await withBuildLock(cacheDirectory, options, async () => {
    const missing = await missingEntries(plan, tools);
    if (missing.length === 0) return;
    const directory = buildFolder(cacheDirectory);
    await makeEntries(missing, { ...options, cacheDirectory, directory });
  });
}

/** Does something while no other process changes the cache. */
export async function withBuildLock(
  cacheDirectory: string,
  { report, signal }: Pick<EnsureToolchainOptions, "report" | "signal">,
  work: () => Promise<void>,
): Promise<void> {
  await prepareCache(cacheDirectory);
  const onWait = (holder: string) => report(`Waiting for ${holder} to finish building`);
  const lock = { waitSeconds: waitForBuildSeconds, signal, onWait };
  await withFileLock(buildLock(cacheDirectory), lock, work);
}

/**
 * Sees to it that the tools are on this machine and tells where: those installed in the right
 * version are used as they are, others come from the user's cache, and what is not there either is
 * put into it: from official releases where they can be reached, else from pinned Go modules; from
 * pinned Python packages; from the distribution.
 *
 * @throws ToolchainError when the machine lacks what that needs, a download is not what it must be,
 * or a build fails.
 */
export async function ensureToolchain<Tool extends ToolName = LocalToolName>(
  options: EnsureToolchainOptions<Tool>,
): Promise<Toolchain<Tool>> {
  const tools: readonly ToolName[] = options.tools ?? localToolNames;
  const cacheDirectory = resolve(options.cacheDirectory ?? defaultCacheDirectory());
  const plan = await planFor(tools, cacheDirectory);
  await fillCache(plan, tools, cacheDirectory, options);
  return toolchainOf(plan, tools, cacheDirectory);
}

/** Where the tools are if all of them are on this machine already: it builds nothing. */
export async function findToolchain<Tool extends ToolName>(
  tools: readonly Tool[],
): Promise<Toolchain<Tool> | undefined> {
  const cacheDirectory = resolve(defaultCacheDirectory());
  const plan = await planFor(tools, cacheDirectory);
  const missing = await missingEntries(plan, tools);
  return missing.length > 0 ? undefined : toolchainOf(plan, tools, cacheDirectory);
}

/**
 * Looks at what is about to be run from the cache, perhaps as root.
 *
 * @throws ToolchainError where another user could have changed it, or it is not what was built
 */
async function checkSeals(directories: ReadonlySet<string>): Promise<void> {
  for (const directory of directories) {
    const broken = await brokenSeal(directory);
    if (broken === undefined) continue;
    throw new ToolchainError(`Cannot run the programs in ${directory}: ${broken}`, [
      `remove that folder, and the programs are built again: rm -r ${directory}`,
      "if it is not yours, set PULUMI_KUBERNETES_SERVICES_CACHE to a folder of your own",
    ]);
  }
}

async function toolchainOf<Tool extends ToolName>(
  plan: Plan,
  tools: readonly ToolName[],
  cacheDirectory: string,
): Promise<Toolchain<Tool>> {
  const fromCache = tools.filter((tool) => !plan.installed[tool]);
  const directories = new Set(fromCache.map((tool) => entryFor(plan, tool).directory));
  await checkSeals(directories);
  await noteUse(directories);
  const pulumiHome = pulumiHomeFor(cacheDirectory, homeEntries(plan));
  const paths: Partial<Record<ToolName, string>> = {};
  for (const tool of tools) {
    const installed = plan.installed[tool];
    const path = installed ?? executableIn(entryFor(plan, tool), tool);
    const belongsHome = isHomeProgram(tool) && (tool === providerTool || !installed);
    paths[tool] = belongsHome ? await placeInPulumiHome(pulumiHome, tool, path) : path;
  }
  return {
    paths: paths as Record<Tool, string>,
    cniPlugins: plan.cniPlugins,
    kwokStages: join(entryFor(plan, "kwok").directory, kwokStagesFile),
    pulumiHome,
  };
}
