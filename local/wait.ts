import { setTimeout as delay } from "node:timers/promises";
import { messageOf, UserError } from "./errors.ts";

const POLL_MILLISECONDS = 50;

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
 * Asks again and again until the answer is neither `undefined` nor `false`, and returns it.
 * A question that throws counts as "not yet"; its last message is part of the error at the limit.
 * A {@link UserError} is a definite answer and ends the wait.
 */
export async function waitFor<T>(
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  { awaited, timeoutSeconds, signal }: WaitOptions,
): Promise<T> {
  const end = performance.now() + timeoutSeconds * 1000;
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
    if (performance.now() > end) {
      throw new UserError(`Timed out after ${timeoutSeconds} s waiting for ${awaited}${last}`);
    }
    await delay(POLL_MILLISECONDS);
  }
}

/** Waits for all, also when one fails, so that nothing is still starting when the caller cleans up. */
export async function settled<T extends readonly unknown[]>(
  work: readonly [...{ [K in keyof T]: Promise<T[K]> }],
): Promise<T> {
  await Promise.allSettled(work);
  return Promise.all(work) as unknown as Promise<T>;
}
