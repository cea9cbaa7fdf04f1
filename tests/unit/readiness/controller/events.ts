import type { Word } from "../../../../components/readiness/controller/controller-event.ts";
import type { Facts } from "../../../../components/readiness/controller/sync-status.ts";

/** When the Service of a test was changed, in milliseconds. */
export const CHANGED = Date.UTC(2026, 10, 1, 12);

/** What a controller says, some seconds after the change. */
export function word(reason: string, version: number, seconds = version, message = "m"): Word {
  return { reason, message, version: BigInt(version), time: CHANGED + seconds * 1000 };
}

/** A Service with an address that was changed by an earlier update, ten seconds ago. */
export function facts(words: readonly Word[], more: Partial<Facts> = {}): Facts {
  return {
    uid: "service-uid",
    words,
    addressed: true,
    change: { time: CHANGED, created: false },
    now: CHANGED + 10_000,
    ...more,
  };
}
