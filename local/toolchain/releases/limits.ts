/** How long and how hard a download is tried. */
export interface Limits {
  /** Within how many milliseconds a host has to answer at all to count as reachable. */
  readonly reachMilliseconds: number;
  /** How many milliseconds a connection may take. */
  readonly connectMilliseconds: number;
  /** How many milliseconds an answer's headers may take, from the request on. */
  readonly answerMilliseconds: number;
  /** How many milliseconds a body may stand still. */
  readonly idleMilliseconds: number;
  /** How often one file is tried before it counts as not to be had. */
  readonly attempts: number;
  /** The pause after the first failed attempt, in milliseconds; it doubles with each one. */
  readonly pauseMilliseconds: number;
  /** How many files come at a time. */
  readonly atOnce: number;
}

/** For the networks people have: patient with what moves, short with what is closed. */
export const defaultLimits: Limits = {
  reachMilliseconds: 3_000,
  connectMilliseconds: 10_000,
  answerMilliseconds: 30_000,
  idleMilliseconds: 30_000,
  attempts: 6,
  pauseMilliseconds: 1_000,
  atOnce: 6,
};
