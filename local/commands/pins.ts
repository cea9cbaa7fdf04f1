import { join } from "node:path";
import { UserError } from "../errors.ts";
import { interruptSignal, report } from "../terminal.ts";
import { defaultCacheDirectory } from "../toolchain/cache.ts";
import { recipes } from "../toolchain/recipes.ts";
import { defaultLimits } from "../toolchain/releases/limits.ts";
import { mirrorFrom, mirrorVariable, noReleases } from "../toolchain/releases/mirror.ts";
import { readPins, repositoryPins, writePins } from "../toolchain/releases/pins.ts";
import { pinChanges, refreshPins } from "../toolchain/releases/refresh-pins.ts";
import { releasePlatforms } from "../toolchain/releases/releases.ts";
import { openTransport } from "../toolchain/releases/transport.ts";

/** `npm run pins`. */
export async function pins(): Promise<void> {
  const signal = interruptSignal();
  const mirror = mirrorFrom(process.env);
  if (mirror === noReleases) {
    throw new UserError(
      `Cannot pin releases: ${mirrorVariable} is ${noReleases}, must be a mirror or unset`,
    );
  }
  const file = repositoryPins;
  const pinned = await readPins(file);
  const directory = join(defaultCacheDirectory(), "pins");
  const transport = openTransport({ env: process.env, limits: defaultLimits, mirror });
  const common = { recipes, platforms: releasePlatforms, pinned, file, directory };
  const { pins: after, problems } = await refreshPins({
    ...common,
    transport,
    report,
    signal,
  }).finally(transport.close);
  writePins(file, after);
  const changes = pinChanges(pinned, after);
  for (const line of changes) process.stdout.write(`${line}\n`);
  const count = Object.keys(after).length;
  process.stdout.write(`${count} files are pinned, ${changes.length} lines have changed\n`);
  if (problems.length > 0) {
    const list = problems.map((problem) => `  - ${problem}`).join("\n");
    throw new UserError(`Cannot pin every release:\n${list}`);
  }
}
