import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../errors.ts";
import { checkout } from "../paths.ts";
import { engineSteps, type RefreshPlace } from "../refresh/engine-steps.ts";
import { kept } from "../refresh/followed.ts";
import { goldenSteps } from "../refresh/golden-steps.ts";
import { linksToSources, releasePins } from "../refresh/last-steps.ts";
import {
  currentVersions,
  describeVersions,
  newestVersions,
  type PackageManifest,
} from "../refresh/plan.ts";
import { openRegistries } from "../refresh/registries.ts";
import { carryOut } from "../refresh/step.ts";
import { interruptSignal, report } from "../terminal.ts";
import { defaultCacheDirectory } from "../toolchain/cache.ts";
import { runChild } from "../toolchain/run-child.ts";
import { versions } from "../toolchain/versions.ts";
import { requirePublishers } from "./pins.ts";

/** Options of `npm run refresh`. */
export interface RefreshOptions {
  /** Only tells what is behind. */
  readonly check?: true;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm run refresh`: moves the engine to the newest version that the registries serve, and with it what is recorded of it. */
export async function refresh({ check }: RefreshOptions): Promise<void> {
  const signal = interruptSignal();
  const cache = defaultCacheDirectory();
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, "refresh-"));
  try {
    const manifest: PackageManifest = JSON.parse(
      await readFile(join(checkout, "package.json"), "utf8"),
    );
    const current = currentVersions(versions.pulumi, manifest);
    const newest = await newestVersions(current, openRegistries(work, signal));
    for (const line of describeVersions(current, newest)) say(line);
    if (check) return sayKept();
    const run: RefreshPlace["run"] = (command) => runChild({ ...command, signal });
    const place: RefreshPlace = { root: checkout, work, run, report };
    const steps = [
      ...engineSteps(newest, place),
      ...goldenSteps(newest, manifest.version, place),
      releasePins(place, () => publishersOutOfReach(signal)),
      linksToSources(newest, place),
    ];
    await carryOut(steps, checkout, say);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function sayKept(): void {
  for (const [name, reason] of Object.entries(kept)) {
    say(`${name} ${versions[name as keyof typeof kept]} is moved by hand: ${reason}`);
  }
}

async function publishersOutOfReach(signal: AbortSignal): Promise<string | undefined> {
  try {
    await requirePublishers(signal);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}
