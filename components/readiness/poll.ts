import { isRefusal } from "../cluster/api-error.ts";

const PAUSE_MILLISECONDS = 500;

/** Measures the time of a wait, and pauses it. */
export interface Clock {
  now(): number;
  pause(milliseconds: number): Promise<unknown>;
}

const SYSTEM: Clock = {
  now: () => performance.now(),
  pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** How to wait for something that is looked at repeatedly. */
export interface Poll<Seen> {
  /** Seconds after which the wait is over. */
  readonly seconds: number;
  /** Receives a description of what is awaited, whenever it changes. */
  readonly progress: (text: string) => void;
  /** Looks once. */
  readonly look: () => Promise<Seen>;
  /** Describes what is still awaited; undefined ends the wait. Throws to fail, at the latest when the time is over. */
  readonly judge: (
    seen: Seen,
    timedOut: boolean,
  ) => Promise<string | undefined> | string | undefined;
  /** The error to throw if looking fails and a retry cannot help: the API refuses the request, or the time is over. */
  readonly toReadError: (error: unknown) => Error;
  /** The longest pause between two looks. Pauses double up to it; by default they stay at half a second. */
  readonly longestPauseMilliseconds?: number;
  /** The clock of the wait. */
  readonly clock?: Clock;
}

/** Looks repeatedly until nothing is awaited any more. */
export async function pollUntil<Seen>(poll: Poll<Seen>): Promise<void> {
  const { clock = SYSTEM, longestPauseMilliseconds = PAUSE_MILLISECONDS, progress } = poll;
  const end = clock.now() + poll.seconds * 1000;
  let pause = PAUSE_MILLISECONDS;
  let reported = "";
  for (;;) {
    const looked = await lookOnce(poll, () => clock.now() >= end);
    if (looked !== undefined) {
      const awaited = await poll.judge(looked.seen, clock.now() >= end);
      if (awaited === undefined) return;
      if (awaited !== reported) progress(awaited);
      reported = awaited;
    }
    await clock.pause(Math.max(0, Math.min(pause, end - clock.now())));
    pause = Math.min(2 * pause, longestPauseMilliseconds);
  }
}

/** What was seen, or undefined if looking failed and there is time to retry. */
async function lookOnce<Seen>(
  { look, toReadError }: Poll<Seen>,
  timedOut: () => boolean,
): Promise<{ readonly seen: Seen } | undefined> {
  try {
    return { seen: await look() };
  } catch (error) {
    if (timedOut() || isRefusal(error)) throw toReadError(error);
    return undefined;
  }
}
