import { setTimeout as delay } from "node:timers/promises";
import { messageOf, UserError } from "./errors.ts";

/** How long after one question the next one comes: at first the least, and later a part of the time that has passed. */
const PAUSE = { leastMilliseconds: 50, mostMilliseconds: 500, ofPassed: 1 / 20 };

/** What a wait waits for, and for how long. */
export interface WaitOptions {
  /** What is awaited, as the end of "Timed out after N s waiting for …". */
  readonly awaited: string;
  /** Limit of the whole wait. */
  readonly timeoutSeconds: number;
  /** Ends the wait early; the abort's reason is thrown. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks again and again until the answer is neither `undefined` nor `false`, and returns it. The longer it has waited, the less often it
 * asks: what is awaited may need the processor that each question takes.
 * A question that throws counts as "not yet"; its last message is part of the error at the limit.
 * A {@link UserError} is a definite answer and ends the wait.
 */
export async function waitFor<T>(
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  { awaited, timeoutSeconds, signal }: WaitOptions,
): Promise<T> {
  const start = performance.now();
  let last = "";
  for (;;) {
    signal?.throwIfAborted();
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
      last = "";
    } catch (error) {
      if (error instanceof UserError) throw error;
      last = `: ${messageOf(error)}`;
    }
    const passed = performance.now() - start;
    if (passed > timeoutSeconds * 1000) {
      throw new UserError(`Timed out after ${timeoutSeconds} s waiting for ${awaited}${last}`);
    }
    await delay(pauseAfter(passed));
  }
}

/** How many milliseconds after a question the next one comes, at a time of the wait. */
export function pauseAfter(passedMilliseconds: number): number {
  const part = passedMilliseconds * PAUSE.ofPassed;
  return Math.min(PAUSE.mostMilliseconds, Math.max(PAUSE.leastMilliseconds, part));
}

/** Waits for all, also when one fails, so that nothing is still starting when the caller cleans up. */
export async function settled<T extends readonly unknown[]>(
  work: readonly [...{ [K in keyof T]: Promise<T[K]> }],
): Promise<T> {
  await Promise.allSettled(work);
  return Promise.all(work) as unknown as Promise<T>;
}
