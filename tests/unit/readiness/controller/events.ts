import type { ControllerEvent } from "../../../../components/readiness/controller/controller-event.ts";
import type { ServiceObservation } from "../../../../components/readiness/controller/sync-status.ts";

/** When the Service of a test was changed, in milliseconds. */
export const CHANGED = Date.UTC(2026, 10, 1, 12);

/** What a controller says, some seconds after the change. */
export function event(
  reason: string,
  version: number,
  seconds = version,
  message = "m",
): ControllerEvent {
  return { reason, message, version: BigInt(version), time: CHANGED + seconds * 1000 };
}

/** A Service with an address that was changed by an earlier update, ten seconds ago. */
export function observation(
  events: readonly ControllerEvent[],
  more: Partial<ServiceObservation> = {},
): ServiceObservation {
  return {
    uid: "service-uid",
    events,
    addressed: true,
    change: { time: CHANGED, created: false },
    now: CHANGED + 10_000,
    ...more,
  };
}
