import { join } from "node:path";
import { UserError } from "../errors.ts";
import { movingLine } from "../moving-line.ts";
import { interruptSignal, report } from "../terminal.ts";
import { defaultCacheDirectory } from "../toolchain/cache.ts";
import { recipes } from "../toolchain/recipes.ts";
import { defaultLimits } from "../toolchain/releases/limits.ts";
import { mirrorFrom, mirrorVariable, noReleases } from "../toolchain/releases/mirror.ts";
import { type PinTable, readPins, repositoryPins, writePins } from "../toolchain/releases/pins.ts";
import { describeUnreachable, unreachable } from "../toolchain/releases/reachable.ts";
import { addressesFor, pinChanges, refreshPins } from "../toolchain/releases/refresh-pins.ts";
import { releasePlatforms } from "../toolchain/releases/releases.ts";
import { openTransport, type Transport } from "../toolchain/releases/transport.ts";

const sources = { recipes, platforms: releasePlatforms };

function open(): Transport {
  const mirror = mirrorFrom(process.env);
  if (mirror !== noReleases) {
    return openTransport({ env: process.env, limits: defaultLimits, mirror });
  }
  throw new UserError(
    `Cannot pin releases: ${mirrorVariable} is ${noReleases}, must be a mirror or unset`,
  );
}

/** Fails where not every publisher of a release can be reached. */
async function reach(transport: Transport, signal: AbortSignal): Promise<void> {
  const silent = await unreachable([...addressesFor(sources)], transport, signal);
  if (silent.size > 0) {
    throw new UserError(
      `Cannot pin releases: not every publisher can be reached (${describeUnreachable(silent)}); set HTTPS_PROXY to a proxy or ${mirrorVariable} to a mirror that this machine can reach`,
    );
  }
}

/**
 * Sees whether `npm run pins` could do its work here.
 *
 * @throws UserError that says why it could not
 */
export async function requirePublishers(signal: AbortSignal): Promise<void> {
  const transport = open();
  await reach(transport, signal).finally(transport.close);
}

async function refresh(pinned: PinTable, transport: Transport, signal: AbortSignal) {
  await reach(transport, signal);
  const directory = join(defaultCacheDirectory(), "pins");
  const places = { file: repositoryPins, directory };
  return refreshPins({
    ...sources,
    ...places,
    pinned,
    transport,
    report,
    show: movingLine(),
    signal,
  });
}

/**
 * `npm run pins`: verifies every release and rewrites the pins of the repository.
 *
 * @throws UserError where a release cannot be had or differs; the others are pinned all the same
 */
export async function pins(): Promise<void> {
  const signal = interruptSignal();
  const pinned = await readPins(repositoryPins);
  const transport = open();
  const { pins: after, problems } = await refresh(pinned, transport, signal).finally(
    transport.close,
  );
  writePins(repositoryPins, after);
  const changes = pinChanges(pinned, after);
  for (const line of changes) process.stdout.write(`${line}\n`);
  const count = Object.keys(after).length;
  process.stdout.write(`${count} files are pinned, ${changes.length} lines have changed\n`);
  if (problems.length > 0) {
    const list = problems.map((problem) => `  - ${problem}`).join("\n");
    throw new UserError(`Cannot pin every release:\n${list}`);
  }
}
