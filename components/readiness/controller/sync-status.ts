import type { Word } from "./controller-event.ts";
import type { Evidence } from "./evidence.ts";

/** An API server keeps events for an hour after they were said last (`--event-ttl`). */
const EVENTS_KEPT_MILLISECONDS = 3_600_000;

/** What became of a Service, as far as can be seen. */
export const Standing = {
  /** The controller has carried it out. */
  CarriedOut: "CarriedOut",
  /** The controller's last word is a refusal. */
  Refused: "Refused",
  /** The controller has more to say. */
  Unanswered: "Unanswered",
} as const;
/** What became of a Service, as far as can be seen. */
export type Standing = (typeof Standing)[keyof typeof Standing];

/** When a Service was changed last in what its controller acts on. */
export interface Change {
  /** By the API server's clock, in milliseconds and to the second. */
  readonly time: number;
  /** What was said since has a later version than this one, where that is known: then the clocks do not matter. */
  readonly version?: bigint | undefined;
  /** Whether it is the Service's creation. */
  readonly created: boolean;
}

/** What can be seen of a Service. */
export interface Facts {
  /** Its uid. */
  readonly uid: string | undefined;
  /** What was said of it. */
  readonly words: readonly Word[];
  /** Whether it has an address. */
  readonly addressed: boolean;
  /** Its last change. */
  readonly change: Change;
  /** The time, in milliseconds. */
  readonly now: number;
}

/** A judgement. */
export interface Verdict {
  readonly standing: Standing;
  /** The last refusal, which explains it. */
  readonly refusal?: Word | undefined;
}

/** Judges what can be seen of a Service. */
export function verdictOf(evidence: Evidence, facts: Facts): Verdict {
  const { accepted, begun, refused, unfinished } = evidence;
  const reasons = [...begun, ...accepted, ...refused];
  const said = facts.words
    .filter(({ reason }) => reasons.includes(reason))
    .sort((one, other) => (one.version < other.version ? -1 : 1));
  const refusal = said.findLast(({ reason }) => refused.includes(reason));
  const answers = said.filter((word) => isSince(facts.change, word));
  const last = answers.at(-1);
  if (last !== undefined && refused.includes(last.reason)) {
    const standing = unfinished.some((text) => last.message.includes(text))
      ? Standing.Unanswered
      : Standing.Refused;
    return { standing, refusal };
  }
  const carriedOut =
    facts.addressed &&
    (last === undefined ? silenceSuffices(evidence, facts, refusal) : isWhole(evidence, answers));
  return { standing: carriedOut ? Standing.CarriedOut : Standing.Unanswered, refusal };
}

function isSince({ time, version }: Change, word: Word): boolean {
  return version === undefined ? word.time >= time : word.version > version;
}

/** Whether the answers end in an acceptance of what was begun after the change. */
function isWhole({ accepted, begun }: Evidence, answers: readonly Word[]): boolean {
  const last = answers.at(-1)?.reason ?? "";
  const began = begun.length === 0 || answers.some(({ reason }) => begun.includes(reason));
  return accepted.includes(last) && began;
}

/** Whether an address alone tells enough, because nothing more will be said. */
function silenceSuffices(
  { answersEachChange }: Evidence,
  { change, now }: Facts,
  refusal: Word | undefined,
): boolean {
  // A controller assigns the address last, and one that refuses repeats it before it is forgotten.
  const forgotten = now - change.time > EVENTS_KEPT_MILLISECONDS;
  return change.created || forgotten || (!answersEachChange && refusal === undefined);
}
