import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "../../errors.ts";
import { settled } from "../../wait.ts";
import { type Entry, goPlatform } from "../cache.ts";
import type { BuildPlace } from "../go-build.ts";
import { placeEntry } from "../place-entry.ts";
import { duration, type Teller } from "../progress.ts";
import { BYTES_PER_MEGABYTE, trackDownloads } from "./download-progress.ts";
import { type FetchRelease, releaseFetcher } from "./fetch-release.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { mirrorFrom, mirrorVariable, noReleases } from "./mirror.ts";
import { openPins, type Pins } from "./pins.ts";
import {
  type ReleasedEntry,
  type ReleasePlan,
  withinReach,
  withReleases,
} from "./plan-releases.ts";
import { downloadMegabytes, type Platform, pinnedAddresses } from "./releases.ts";
import { openTransport, type Transport } from "./transport.ts";
import { ReleaseUnavailable } from "./unavailable.ts";

/** What entries are supplied with. */
export interface SupplyOptions extends Teller {
  readonly cacheDirectory: string;
  /** @default - the environment of this process */
  readonly env?: NodeJS.ProcessEnv;
  /** @default - this machine's */
  readonly platform?: Platform;
  /** @default - `defaultLimits` */
  readonly limits?: Limits;
}

/** An entry whose release could not be had after all, and why. */
export interface LeftOver {
  readonly entry: Entry;
  readonly note: string;
}

/** Official releases for entries of the cache. */
export interface Supply {
  /**
   * Finds out which of some entries can be downloaded, and says so where the network is closed.
   *
   * @throws the signal's reason when aborted
   */
  readonly plan: (entries: readonly Entry[], signal?: AbortSignal) => Promise<ReleasePlan>;
  /**
   * Downloads entries into the cache, beside each other, and yields those that have to be built.
   *
   * @throws ToolchainError where a file is not what it must be, or the disk takes no more; the signal's reason when aborted
   */
  readonly download: (
    planned: readonly ReleasedEntry[],
    place: BuildPlace,
  ) => Promise<readonly LeftOver[]>;
  readonly close: () => Promise<void>;
}

const sentence = (note: string): string => `${note.charAt(0).toUpperCase()}${note.slice(1)}`;

const cure = `set HTTPS_PROXY to a proxy or ${mirrorVariable} to a mirror that this machine can reach`;

/** Reports once what a closed network costs, and returns it for tools that cannot be built either. */
function tellUnreachable(plan: ReleasePlan, before: ReleasePlan, report: (line: string) => void) {
  const reasons = plan.notes.filter((note) => !before.notes.includes(note)).join("; ");
  if (reasons === "") return plan;
  const left = new Set(plan.downloads.map(({ entry }) => entry));
  const built = before.downloads.map(({ entry }) => entry).filter((entry) => !left.has(entry));
  const which = left.size === 0 ? "the tools" : built.map(({ recipe }) => recipe.name).join(", ");
  report(`Official releases cannot be reached (${reasons}): building ${which} instead`);
  const note = `official releases cannot be reached (${reasons}); ${cure}`;
  return { ...plan, notes: [note, ...before.notes] };
}

async function supplyEntry(
  { entry, release }: ReleasedEntry,
  place: BuildPlace,
  fetch: FetchRelease,
  report: (line: string) => void,
): Promise<LeftOver | undefined> {
  const { name, version } = entry.recipe;
  const started = performance.now();
  const output = join(place.directory, "output", name);
  try {
    await rm(output, { recursive: true, force: true });
    await mkdir(output, { recursive: true });
    await fetch(release, output);
    await placeEntry(output, entry);
    report(`Downloaded ${name} ${version} in ${duration(performance.now() - started)}`);
    return;
  } catch (error) {
    place.signal?.throwIfAborted();
    if (!(error instanceof ReleaseUnavailable)) throw error;
    const note = `the official release of ${name} ${version} cannot be had (${error.message})`;
    report(`Building ${name} ${version}: ${note}`);
    return { entry, note: `${note}; ${cure}` };
  }
}

interface Means extends Teller {
  readonly pins: Pins;
  readonly platform: Platform;
  readonly transport: Transport;
}

async function downloadAll(
  planned: readonly ReleasedEntry[],
  place: BuildPlace,
  means: Means,
): Promise<readonly LeftOver[]> {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, ...(place.signal ? [place.signal] : [])]);
  const addresses = planned.flatMap(({ release }) =>
    release.kind === "image" ? [] : pinnedAddresses(release),
  );
  const releases = planned.map(({ release }) => release);
  const expected = downloadMegabytes(releases) * BYTES_PER_MEGABYTE;
  const progress = trackDownloads(addresses, expected, means);
  const folder = join(place.directory, "downloads");
  const fetch = releaseFetcher({ ...means, releases, folder, progress, signal });
  try {
    const supplied = await settled(
      planned.map((it) =>
        supplyEntry(it, { ...place, signal }, fetch, means.report).catch((error: unknown) => {
          stop.abort(error);
          throw error;
        }),
      ),
    );
    return supplied.filter((left) => left !== undefined);
  } finally {
    progress.stop();
  }
}

/** Nothing is downloaded: everything is made here. */
const builds = (notes: readonly string[]): Supply => ({
  plan: async (entries) => ({ downloads: [], builds: entries, notes }),
  download: async () => [],
  close: async () => undefined,
});

/**
 * Opens the way to official releases.
 *
 * @throws ToolchainError where the mirror's variable or a file of pins makes no sense
 */
export async function openSupply(options: SupplyOptions): Promise<Supply> {
  const { cacheDirectory, env = process.env, limits = defaultLimits, report, show } = options;
  const { platform = goPlatform } = options;
  const mirror = mirrorFrom(env);
  if (mirror === noReleases) return builds([]);

  let transport: Transport;
  try {
    transport = openTransport({ env, limits, mirror });
  } catch (error) {
    const reason = `official releases cannot be reached (${messageOf(error)})`;
    report(`Official releases cannot be reached (${messageOf(error)}): building the tools instead`);
    return builds([`${reason}; ${cure}`]);
  }
  const pins = await openPins(cacheDirectory);
  const means = { pins, platform, report, show, transport };
  return {
    async plan(entries, signal) {
      const before = withReleases(entries, platform, pins);
      for (const note of before.notes) report(sentence(note));
      if (before.downloads.length === 0) return before;
      return tellUnreachable(await withinReach(before, pins, transport, signal), before, report);
    },
    download: (planned, place) => downloadAll(planned, place, means),
    close: transport.close,
  };
}
