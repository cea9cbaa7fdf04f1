/** How long a watch waits for what. */
export interface Timing {
  /** Milliseconds without an answer to a list after which it has failed. */
  readonly answerMilliseconds: number;
  /** Milliseconds without an event or a bookmark after which a watch is opened anew. */
  readonly silenceMilliseconds: number;
  /** Seconds after which the server is asked to end a watch, different each time. */
  readonly watchSeconds: () => number;
  /** Milliseconds before the next attempt, after a number of failures in a row that is at least 1. */
  readonly pause: (failures: number) => number;
}

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5_000;

/** The usual one. */
export const timing: Timing = {
  answerMilliseconds: 15_000,
  // The API server sends a bookmark about once a minute: two are missing.
  // https://github.com/kubernetes/enhancements/blob/master/keps/sig-api-machinery/956-watch-bookmark/README.md
  silenceMilliseconds: 150_000,
  // As client-go does, so that not all watches end at once.
  watchSeconds: () => 300 + 300 * Math.random(),
  pause: (failures) =>
    Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (failures - 1)) * (0.5 + Math.random() / 2),
};

/** A signal that is aborted with another one, or after a time without a sign of life. */
export interface SilenceLimit {
  readonly signal: AbortSignal;
  /** Begins the time anew. */
  heard(): void;
  /** Stops the timer. */
  end(): void;
}

/** Ends what hangs: a connection whose other end has gone without a word stays open for hours. */
export function withSilenceLimit(outer: AbortSignal, milliseconds: number): SilenceLimit {
  const silence = new AbortController();
  const timer = setTimeout(
    () => silence.abort(new DOMException("timed out", "TimeoutError")),
    milliseconds,
  );
  timer.unref();
  return {
    signal: AbortSignal.any([outer, silence.signal]),
    heard: () => void timer.refresh(),
    end: () => clearTimeout(timer),
  };
}
