import { setImmediate as nextTurn } from "node:timers/promises";

/** Turns of the event loop after which all errors of a failure have been reported. */
const SETTLING_TURNS = 10;

/**
 * Runs a function, and also fails if an unhandled promise is rejected meanwhile. Pulumi reports an Output that fails
 * after the program's own code has run in this way: the resource that needs it is never registered, and waiting for
 * that resource would never end.
 *
 * @throws The first error of the run or of a rejected promise.
 */
export async function untilFirstRejection<T>(run: () => Promise<T>): Promise<T> {
  const listeners = process.listeners("unhandledRejection");
  const first = Promise.withResolvers<never>();
  // Other listeners would end the process or the test because of an error that the caller is about to receive.
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
