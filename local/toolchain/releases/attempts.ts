import { setTimeout as pause } from "node:timers/promises";
import type { Limits } from "./limits.ts";
import { ReleaseUnavailable, Trouble } from "./unavailable.ts";

/**
 * Tries again while what goes wrong may pass.
 *
 * @throws ReleaseUnavailable of the last attempt; whatever else an attempt throws, at once; the signal's reason when aborted
 */
export async function persist<T>(
  attempt: () => Promise<T>,
  { attempts, pauseMilliseconds }: Limits,
  signal?: AbortSignal,
): Promise<T> {
  for (let failed = 0; ; failed += 1) {
    try {
      return await attempt();
    } catch (error) {
      signal?.throwIfAborted();
      const passes = error instanceof ReleaseUnavailable && error.trouble === Trouble.Passing;
      if (!passes || failed + 1 >= attempts) throw error;
    }
    await pause(pauseMilliseconds * 2 ** failed, undefined, signal ? { signal } : {}).catch(
      () => undefined,
    );
    signal?.throwIfAborted();
  }
}

/** Lets so many pieces of work run at a time; the others wait in order. */
export function atMost(count: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= count) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
