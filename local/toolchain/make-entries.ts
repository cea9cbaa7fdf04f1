import { rm } from "node:fs/promises";
import type { Entry } from "./cache.ts";
import type { BuildPlace } from "./go-build.ts";
import { installEntries } from "./install.ts";
import {
  type BuildNeeds,
  buildNeeds,
  checkPrerequisites,
  gigabytes,
  type MachineFacts,
} from "./preflight.ts";
import { about, duration, type Teller } from "./progress.ts";
import type { ReleasePlan } from "./releases/plan-releases.ts";
import { downloadMegabytes } from "./releases/releases.ts";
import { type LeftOver, openSupply, type Supply } from "./releases/supply.ts";

/** Where entries are made, and whom to tell. */
export interface MakeOptions extends Teller {
  readonly cacheDirectory: string;
  /** For what is half made; it is removed when everything is there. */
  readonly directory: string;
  /** What one can do while tools come, as a sentence. */
  readonly meanwhile?: string;
  readonly signal?: AbortSignal;
}

const namesOf = (entries: readonly Entry[]): string =>
  entries.map(({ recipe }) => recipe.name).join(", ");

/** Removes what only downloads and builds needed. */
export async function removeBuildFolder(
  directory: string,
  report: (line: string) => void,
): Promise<void> {
  report("Removing what only the builds needed");
  // Several hundred thousand files: `rm -rf`, one at a time, took eight times as long.
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
}

/** What a plan needs: Go for what is built with it alone, and room for builds and downloads. */
export async function needsOf(
  { builds, downloads, notes }: ReleasePlan,
  cacheDirectory: string,
): Promise<BuildNeeds> {
  const recipes = builds.map(({ recipe }) => recipe);
  const needs = await buildNeeds(recipes, cacheDirectory);
  const megabytes = downloads.reduce((sum, { release }) => sum + release.megabytes, 0);
  return { ...needs, megabytes: needs.megabytes + megabytes, notes };
}

/** Looks at this machine before anything is made. */
async function check(plan: ReleasePlan, options: MakeOptions): Promise<MachineFacts> {
  const { cacheDirectory, directory, signal } = options;
  return checkPrerequisites(await needsOf(plan, cacheDirectory), directory, signal);
}

const SECONDS_PER_MEGABYTE = 8 / 50;

/** Says what will come, how long it took elsewhere and how much disk it takes. */
function announce({ builds, downloads }: ReleasePlan, { meanwhile, report }: MakeOptions): void {
  if (downloads.length > 0) {
    const megabytes = downloadMegabytes(downloads.map(({ release }) => release));
    const time = about([{ buildSeconds: megabytes * SECONDS_PER_MEGABYTE }]);
    const room = gigabytes(downloads.reduce((sum, { release }) => sum + release.megabytes, 0));
    report(
      `Downloading official releases once for all checkouts, ${time} at 50 Mbit/s, up to ${room} of disk: ${namesOf(downloads.map(({ entry }) => entry))}`,
    );
  }
  if (builds.length > 0) {
    const recipes = builds.map(({ recipe }) => recipe);
    const megabytes = recipes.reduce((sum, it) => sum + it.buildMegabytes, 0);
    report(
      `Building once for all checkouts, ${about(recipes)} on two cores, up to ${gigabytes(megabytes)} of disk meanwhile: ${namesOf(builds)}`,
    );
  }
  if (meanwhile !== undefined) report(meanwhile);
}

/** Runs both kinds of work beside each other; where one fails, the other ends too. */
async function besideEachOther<T>(
  signal: AbortSignal | undefined,
  download: (signal: AbortSignal) => Promise<T>,
  build: (signal: AbortSignal) => Promise<void>,
): Promise<T> {
  const stop = new AbortController();
  const either = AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]);
  const stopping = (error: unknown): never => {
    stop.abort(error);
    throw error;
  };
  const downloading = download(either).catch(stopping);
  const building = build(either).catch(stopping);
  await Promise.allSettled([downloading, building]);
  stop.signal.throwIfAborted(); // with what failed first
  return downloading;
}

/** Builds what could not be downloaded after all. */
async function buildLeftOver(
  left: readonly LeftOver[],
  place: BuildPlace,
  options: MakeOptions,
): Promise<void> {
  if (left.length === 0) return;
  const builds = left.map(({ entry }) => entry);
  await check({ builds, downloads: [], notes: left.map(({ note }) => note) }, options);
  const { report, show } = options;
  await installEntries(builds, { place, python: undefined, report, show });
}

async function make(missing: readonly Entry[], supply: Supply, options: MakeOptions) {
  const { directory, report, show, signal } = options;
  const plan = await supply.plan(missing, signal);
  const { python } = await check(plan, options);
  announce(plan, options);

  const placeWith = (it: AbortSignal | undefined): BuildPlace => ({ directory, signal: it });
  const telling = { python: python?.executable, report, show };
  const install = (it: AbortSignal) =>
    installEntries(plan.builds, { place: placeWith(it), ...telling });
  const left = await besideEachOther(
    signal,
    (it) => supply.download(plan.downloads, placeWith(it)),
    async (it) => (plan.builds.length > 0 ? install(it) : undefined),
  );
  await buildLeftOver(left, placeWith(signal), options);
}

/**
 * Makes entries of the cache: from their publishers' releases where these can be had, else from pinned Go modules; from pinned Python
 * packages; from what the distribution packages.
 *
 * @throws ToolchainError when the machine lacks what that needs, a download is not what it must be, or a build fails.
 */
export async function makeEntries(missing: readonly Entry[], options: MakeOptions): Promise<void> {
  const { directory, report } = options;
  const started = Date.now();
  const supply = await openSupply(options);
  try {
    await make(missing, supply, options);
  } finally {
    await supply.close();
  }
  await removeBuildFolder(directory, report);
  report(`The local toolchain is complete after ${duration(Date.now() - started)}`);
}
