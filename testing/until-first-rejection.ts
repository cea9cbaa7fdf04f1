import { setImmediate as nextTurn } from "node:timers/promises";

/** Turns of the event loop in which what belongs to a failure has been reported, too. */
const SETTLING_TURNS = 10;

/**
 * Runs something and also fails when a promise that nobody waits for is rejected meanwhile. That is how Pulumi reports
 * an Output that fails after the program's own code has run: the resource that needs it is never registered, and what
 * waits for that resource would wait for ever.
 *
 * @throws The first of what the run throws and what is rejected.
 */
export async function untilFirstRejection<T>(run: () => Promise<T>): Promise<T> {
  const listeners = process.listeners("unhandledRejection");
  const first = Promise.withResolvers<never>();
  // Whoever else listens would end the process, or the test, over an error that the caller is about to get.
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", first.reject);
  try {
    const result = await Promise.race([run(), first.promise]);
    await settle();
    return await Promise.race([first.promise, Promise.resolve(result)]);
  } finally {
    await settle();
    first.promise.catch(() => undefined);
    process.off("unhandledRejection", first.reject);
    for (const listener of listeners) {
      process.on("unhandledRejection", listener);
    }
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < SETTLING_TURNS; turn += 1) {
    await nextTurn();
  }
}
