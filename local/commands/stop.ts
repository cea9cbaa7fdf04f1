import { existsSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { stopCluster } from "../cluster/embedded-cluster.ts";
import { messageOf } from "../errors.ts";
import { type LocalPaths, localPaths } from "../paths.ts";
import { interruptSignal, report } from "../terminal.ts";
import { FileLockedError, withFileLock } from "../toolchain/file-lock.ts";
import { withLock } from "./lock.ts";

/** Options of `npm stop`. */
export interface StopOptions {
  readonly purge?: true;
  readonly context?: string;
}

/** `npm stop`. */
export async function stop(options: StopOptions): Promise<void> {
  const signal = interruptSignal();
  if (options.context !== undefined) {
    const { removeFromContext } = await import("./start-on-context.ts");
    return removeFromContext(options.context, signal);
  }
  const paths = localPaths();
  if (!existsSync(paths.root)) {
    report("Nothing runs here, and there is no state");
    return;
  }
  await withLock(paths, signal, async () => {
    const stopped = await stopCluster(paths);
    const tests = await stopTests(paths, async () => {
      const left = (await Promise.all(testClusters(paths).map(stopCluster))).flat();
      if (options.purge) rmSync(dirname(paths.testLock), { recursive: true, force: true });
      return left;
    });
    const all = [...stopped, ...tests];
    report(all.length === 0 ? "Nothing ran" : `Stopped ${all.join(", ")}`);
    if (options.purge) purge(paths);
  });
}

/** Stops what a killed `npm test` has left behind, and nothing of one that runs. */
async function stopTests(
  { testLock }: LocalPaths,
  run: () => Promise<string[]>,
): Promise<readonly string[]> {
  try {
    return existsSync(dirname(testLock))
      ? await withFileLock(testLock, { waitSeconds: 0 }, run)
      : [];
  } catch (error) {
    if (!(error instanceof FileLockedError)) throw error;
    report(`Left the clusters of npm test alone: ${messageOf(error)}`);
    return [];
  }
}

/**
 * Removes everything but the states of what was deployed to clusters that are not ours, without which nobody could take it away, and
 * the clusters of tests that run.
 */
function purge(paths: LocalPaths): void {
  const tests = dirname(paths.testLock);
  const kept = [paths.contexts, tests].filter(
    (path) => existsSync(path) && readdirSync(path).length > 0,
  );
  for (const name of readdirSync(paths.root)) {
    const path = join(paths.root, name);
    if (!kept.includes(path)) rmSync(path, { recursive: true });
  }
  if (kept.includes(paths.contexts)) {
    report(
      `Removed what is in ${paths.root} but ${paths.contexts}, the states of what is on clusters of your own: take that away with npm stop -- --context NAME`,
    );
  } else if (kept.length > 0) {
    report(`Removed what is in ${paths.root} but ${tests}, in which tests run`);
  } else {
    rmSync(paths.root, { recursive: true });
    report(`Removed ${paths.root}`);
  }
}

/** The clusters of `npm test`. */
function testClusters({ testLock }: LocalPaths): LocalPaths[] {
  const folder = dirname(testLock);
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((it) => it.isDirectory()).map(({ name }) => localPaths(join(folder, name)));
}
