import { setTimeout as delay } from "node:timers/promises";

/** Lets so many bytes a second pass, of all who ask together and in the order in which they ask. */
export function throttle(bytesPerSecond: number): (bytes: number) => Promise<void> {
  let free = 0;
  return async (bytes) => {
    const now = performance.now();
    free = Math.max(free, now) + (bytes / bytesPerSecond) * 1000;
    await delay(free - now);
  };
}
