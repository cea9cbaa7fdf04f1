import { setTimeout as delay } from "node:timers/promises";
import { execa } from "execa";

/** How much disk a folder takes. */
export interface DiskUse {
  /** The most that was seen so far, in gigabytes of a thousand million bytes. */
  readonly peak: () => number;
  readonly stop: () => Promise<void>;
}

const PAUSE_MILLISECONDS = 2_000;

/** Looks again and again how much disk a folder takes; mounted file systems do not count. */
export function watchDiskUse(folder: string): DiskUse {
  const ended = new AbortController();
  let peak = 0;
  async function watch(): Promise<void> {
    while (!ended.signal.aborted) {
      // It fails when a file goes while it looks, and tells the sum all the same.
      const { stdout } = await execa("du", ["-sx", "--block-size=1", folder], {
        reject: false,
        cleanup: false,
        timeout: 60_000,
      });
      peak = Math.max(peak, Number.parseInt(stdout, 10) || 0);
      await delay(PAUSE_MILLISECONDS, undefined, ended).catch(() => undefined);
    }
  }
  const watching = watch();
  return {
    peak: () => Number((peak / 1e9).toFixed(2)),
    stop: async () => {
      ended.abort();
      await watching;
    },
  };
}
