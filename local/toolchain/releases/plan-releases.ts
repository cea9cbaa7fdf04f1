import type { Entry } from "../cache.ts";
import type { Pins } from "./pins.ts";
import { describeUnreachable, serverOf, unreachable } from "./reachable.ts";
import {
  checksumAddresses,
  type Platform,
  pinnedAddresses,
  type Release,
  releaseOf,
} from "./releases.ts";
import type { Transport } from "./transport.ts";

/** An entry that its publisher's release can fill. */
export interface ReleasedEntry {
  readonly entry: Entry;
  readonly release: Release;
}

/** Which entries are downloaded and which are made here. */
export interface ReleasePlan {
  readonly downloads: readonly ReleasedEntry[];
  readonly builds: readonly Entry[];
  /** Why releases that there are cannot be had, one sentence each. */
  readonly notes: readonly string[];
}

/** The entries that have a release for a platform, and the others. */
export function withReleases(entries: readonly Entry[], platform: Platform): ReleasePlan {
  const found = entries.map((entry) => ({ entry, release: releaseOf(entry.recipe, platform) }));
  return {
    downloads: found.filter((it): it is ReleasedEntry => it.release !== undefined),
    builds: found.filter(({ release }) => release === undefined).map(({ entry }) => entry),
    notes: [],
  };
}

/** What a release is asked for first: its files, and what its publisher says of those that are not pinned. */
function addressesOf(release: Release, pins: Pins): readonly string[] {
  const files = pinnedAddresses(release);
  const pinned = files.every((address) => pins.of(address) !== undefined);
  return pinned ? files : [...files, ...checksumAddresses(release)];
}

/**
 * Leaves to the builds what comes from servers that cannot be reached.
 *
 * @throws the signal's reason when aborted
 */
export async function withinReach(
  { builds, downloads, notes }: ReleasePlan,
  pins: Pins,
  transport: Transport,
  signal?: AbortSignal,
): Promise<ReleasePlan> {
  const addresses = (release: Release) => addressesOf(release, pins);
  const all = downloads.flatMap(({ release }) => addresses(release));
  const silent = await unreachable(all, transport, signal);
  const isSilent = ({ release }: ReleasedEntry): boolean =>
    addresses(release).some((address) => silent.has(serverOf(address, transport)));
  return {
    downloads: downloads.filter((it) => !isSilent(it)),
    builds: [...builds, ...downloads.filter(isSilent).map(({ entry }) => entry)],
    notes: [...notes, ...(silent.size > 0 ? [describeUnreachable(silent)] : [])],
  };
}
