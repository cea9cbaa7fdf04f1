import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { stopCluster } from "../cluster/embedded-cluster.ts";
import { type LocalPaths, localPaths } from "../paths.ts";
import { interruptSignal, report } from "../terminal.ts";
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
    const stopped = (await Promise.all(clusters(paths).map(stopCluster))).flat();
    report(stopped.length === 0 ? "Nothing ran" : `Stopped ${stopped.join(", ")}`);
    if (options.purge) purge(paths);
  });
}

/** Removes everything but the states of what was deployed to clusters that are not ours: without them nobody could take it away. */
function purge(paths: LocalPaths): void {
  const kept = existsSync(paths.contexts) && readdirSync(paths.contexts).length > 0;
  for (const name of readdirSync(paths.root)) {
    const path = join(paths.root, name);
    if (!kept || path !== paths.contexts) rmSync(path, { recursive: true });
  }
  if (kept) {
    report(
      `Removed what is in ${paths.root} but ${paths.contexts}, the states of what is on clusters of your own: take that away with npm stop -- --context NAME`,
    );
  } else {
    rmSync(paths.root, { recursive: true });
    report(`Removed ${paths.root}`);
  }
}

/** The cluster of `npm start`, and those that a killed `npm test` left behind. */
function clusters(paths: LocalPaths): LocalPaths[] {
  const tests = join(paths.root, "test");
  const left = existsSync(tests) ? readdirSync(tests).map((name) => join(tests, name)) : [];
  return [paths, ...left.map(localPaths)];
}
