import type { ControllerEvent } from "./controller-event.ts";
import type { Evidence } from "./evidence.ts";

/** An API server keeps events for an hour after their last occurrence (`--event-ttl`). */
const EVENTS_KEPT_MILLISECONDS = 3_600_000;

/** How far a controller has got with a Service. */
export const SyncState = {
  /** The controller has reconciled the Service. */
  Synced: "Synced",
  /** The controller's last event is an error. */
  Refused: "Refused",
  /** The controller has not finished. */
  Pending: "Pending",
} as const;
/** How far a controller has got with a Service. */
export type SyncState = (typeof SyncState)[keyof typeof SyncState];

/** The last change of a Service on which its controller acts. */
export interface Change {
  /** The time by the API server's clock, in milliseconds with a resolution of one second. */
  readonly time: number;
  /** Events after the change have a later version than this one, if it is known; then the clocks do not matter. */
  readonly version?: bigint | undefined;
  /** Whether the change is the Service's creation. */
  readonly created: boolean;
}

/** What the cluster reports about a Service. */
export interface ServiceObservation {
  /** The Service's uid. */
  readonly uid: string | undefined;
  /** The Service's events. */
  readonly events: readonly ControllerEvent[];
  /** Whether the Service has an address. */
  readonly addressed: boolean;
  /** The Service's last change. */
  readonly change: Change;
  /** The time, in milliseconds. */
  readonly now: number;
}

/** The state of a Service and its last error. */
export interface SyncStatus {
  readonly state: SyncState;
  /** The last error, which explains the state. */
  readonly refusal?: ControllerEvent | undefined;
}

/** Derives the status from an observation. */
export function syncStatusOf(evidence: Evidence, observation: ServiceObservation): SyncStatus {
  const { accepted, begun, refused, unfinished } = evidence;
  const reasons = [...begun, ...accepted, ...refused];
  const relevant = observation.events
    .filter(({ reason }) => reasons.includes(reason))
    .sort((one, other) => (one.version < other.version ? -1 : 1));
  const refusal = relevant.findLast(({ reason }) => refused.includes(reason));
  const answers = relevant.filter((event) => isSince(observation.change, event));
  const last = answers.at(-1);
  if (last !== undefined && refused.includes(last.reason)) {
    const state = unfinished.some((text) => last.message.includes(text))
      ? SyncState.Pending
      : SyncState.Refused;
    return { state, refusal };
  }
  const isSynced =
    observation.addressed &&
    (last === undefined
      ? silenceSuffices(evidence, observation, refusal)
      : isComplete(evidence, answers));
  return { state: isSynced ? SyncState.Synced : SyncState.Pending, refusal };
}

function isSince({ time, version }: Change, event: ControllerEvent): boolean {
  return version === undefined ? event.time >= time : event.version > version;
}

/** Whether the last event is a success of a sync that began after the change. */
function isComplete({ accepted, begun }: Evidence, answers: readonly ControllerEvent[]): boolean {
  const last = answers.at(-1)?.reason ?? "";
  const began = begun.length === 0 || answers.some(({ reason }) => begun.includes(reason));
  return accepted.includes(last) && began;
}

/** Whether an address alone is enough, because the controller will report nothing more. */
function silenceSuffices(
  { answersEachChange }: Evidence,
  { change, now }: ServiceObservation,
  refusal: ControllerEvent | undefined,
): boolean {
  // A controller assigns the address last, and repeats an error before its event expires.
  const forgotten = now - change.time > EVENTS_KEPT_MILLISECONDS;
  return change.created || forgotten || (!answersEachChange && refusal === undefined);
}
