import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "../../errors.ts";
import type { Teller } from "../progress.ts";
import type { Recipe } from "../recipes.ts";
import { ToolchainError } from "../toolchain-error.ts";
import { trackDownloads } from "./download-progress.ts";
import { published } from "./expected.ts";
import { type FetchRelease, releaseFetcher } from "./fetch-release.ts";
import { mismatch } from "./mismatch.ts";
import type { Pin, Pins, PinTable } from "./pins.ts";
import {
  filesOf,
  type Platform,
  pinnedAddresses,
  type Release,
  type ReleaseFile,
  releaseOf,
} from "./releases.ts";
import { remoteDigest } from "./remote-digest.ts";
import type { Transport } from "./transport.ts";
import { ReleaseUnavailable } from "./unavailable.ts";

/** What pins are refreshed with. */
export interface RefreshOptions extends Teller {
  readonly recipes: readonly Recipe[];
  readonly platforms: readonly Platform[];
  /** What is pinned so far, and the file that says so. */
  readonly pinned: PinTable;
  readonly file: string;
  /** For the downloads of one platform at a time; they are removed afterwards. */
  readonly directory: string;
  readonly transport: Transport;
  readonly signal?: AbortSignal | undefined;
}

/** What came of it. */
export interface Refreshed {
  /** What is pinned from now on: what was verified, and the former pins of what could not be had. */
  readonly pins: PinTable;
  /** What could not be had or is not what it must be, one sentence each. */
  readonly problems: readonly string[];
}

/**
 * What a file must be: as its publisher says today, which has to be what was pinned; else as pinned; else, where nobody names a checksum,
 * as it comes over https now, and it has to come so twice.
 */
async function known(
  file: ReleaseFile,
  former: Pin | undefined,
  { report, signal, transport }: RefreshOptions,
): Promise<Pin> {
  const today = await published(file, transport, signal);
  if (today && former && today.sha256 !== former.sha256) {
    throw mismatch(today.source, today.sha256, former);
  }
  const pin = today ?? former;
  if (pin) return pin;
  report(`No checksum of ${file.address} is published: pinning it as it comes`);
  const sha256 = await remoteDigest(file.address, transport, signal);
  return { sha256, source: "its first download" };
}

interface Ledger extends Pins {
  readonly verified: ReadonlyMap<string, string>;
  readonly expect: (address: string, pin: Pin) => void;
}

function ledger(former: (address: string) => Pin | undefined): Ledger {
  const verified = new Map<string, string>();
  const expected = new Map<string, Pin>();
  return {
    verified,
    expect: (address, pin) => expected.set(address, pin),
    of: (address) => expected.get(address) ?? former(address),
    remember: (address, sha256) => verified.set(address, sha256),
  };
}

async function verify(
  release: Release,
  output: string,
  fetch: FetchRelease,
  pins: Ledger,
  options: RefreshOptions,
): Promise<string | undefined> {
  try {
    for (const file of filesOf(release)) {
      pins.expect(file.address, await known(file, pins.of(file.address), options));
    }
    await mkdir(output, { recursive: true });
    await fetch(release, output);
    return;
  } catch (error) {
    options.signal?.throwIfAborted();
    if (!(error instanceof ReleaseUnavailable || error instanceof ToolchainError)) throw error;
    return messageOf(error).split("\n")[0]; // The cures are for those who install.
  }
}

async function verifyPlatform(
  platform: Platform,
  pins: Ledger,
  options: RefreshOptions,
): Promise<readonly string[]> {
  const { directory, report, show, signal, transport } = options;
  const found = options.recipes.map((recipe) => ({ recipe, release: releaseOf(recipe, platform) }));
  const progress = trackDownloads([], 0, { report, show });
  const folder = join(directory, "downloads");
  const releases = found.flatMap(({ release }) => release ?? []);
  const fetch = releaseFetcher({ transport, pins, platform, releases, folder, progress, signal });
  const problems: string[] = [];
  try {
    for (const { recipe, release } of found) {
      if (release === undefined) continue;
      report(`Verifying ${recipe.name} ${recipe.version} for ${platform.os}/${platform.arch}`);
      const output = join(directory, "output", recipe.name);
      const problem = await verify(release, output, fetch, pins, options);
      if (problem !== undefined) problems.push(problem);
    }
  } finally {
    progress.stop();
    await rm(directory, { recursive: true, force: true });
  }
  return problems;
}

/** Every address that some release is pinned by. */
export function addressesFor({
  platforms,
  recipes,
}: Pick<RefreshOptions, "platforms" | "recipes">): ReadonlySet<string> {
  const releases = platforms.flatMap((platform) =>
    recipes.map((recipe) => releaseOf(recipe, platform)),
  );
  return new Set(releases.flatMap((release) => (release ? pinnedAddresses(release) : [])));
}

/**
 * Downloads every release for every platform, holds it against what its publisher says and against what was pinned, and yields the pins
 * that follow. Releases do not change: a digest that differs from its pin is a problem, and the pin stays.
 *
 * @throws the signal's reason when aborted
 */
export async function refreshPins(options: RefreshOptions): Promise<Refreshed> {
  const { file, pinned } = options;
  const pins = ledger((address) => {
    const sha256 = pinned[address];
    return sha256 === undefined ? undefined : { sha256, source: file };
  });
  const problems: string[] = [];
  for (const platform of options.platforms) {
    problems.push(...(await verifyPlatform(platform, pins, options)));
  }
  const wanted = addressesFor(options);
  const kept = Object.entries(pinned).filter(([address]) => wanted.has(address));
  return {
    pins: { ...Object.fromEntries(kept), ...Object.fromEntries(pins.verified) },
    problems: [...new Set(problems)],
  };
}

/** Says line by line how pins differ from what they were. */
export function pinChanges(before: PinTable, after: PinTable): readonly string[] {
  const added = Object.keys(after).filter((address) => before[address] === undefined);
  const removed = Object.keys(before).filter((address) => after[address] === undefined);
  return [
    ...added.map((address) => `Pinned ${address}: ${after[address]}`),
    ...removed.map((address) => `Removed ${address}: no tool comes from there any more`),
  ];
}
