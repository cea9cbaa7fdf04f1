import type { Entry } from "../cache.ts";
import type { Pins } from "./pins.ts";
import { describeUnreachable, serverOf, unreachable } from "./reachable.ts";
import {
  checksumAddresses,
  filesOf,
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

/** Nothing can be said of what a release must be: neither is it pinned, nor does its publisher name a checksum. */
const isUnknown = (release: Release, pins: Pins): boolean =>
  filesOf(release).some(
    ({ address, checksums }) => checksums === undefined && pins.of(address) === undefined,
  );

/** The entries whose release for a platform has a known or published checksum, and the others. */
export function withReleases(
  entries: readonly Entry[],
  platform: Platform,
  pins: Pins,
): ReleasePlan {
  const found = entries.map((entry) => ({ entry, release: releaseOf(entry.recipe, platform) }));
  const released = found.filter((it): it is ReleasedEntry => it.release !== undefined);
  const unknown = released.filter(({ release }) => isUnknown(release, pins));
  const downloads = released.filter((it) => !unknown.includes(it));
  const downloaded = new Set(downloads.map(({ entry }) => entry));
  return {
    downloads,
    builds: entries.filter((entry) => !downloaded.has(entry)),
    notes: unknown.map(
      ({ entry: { recipe } }) =>
        `the official release of ${recipe.name} ${recipe.version} is not used: its publisher names no checksum, and none is pinned (npm run pins does that)`,
    ),
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
