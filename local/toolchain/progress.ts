/** Writes a duration the way people say it: `41 s`, `3 min 05 s`. */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}

/** How long some builds take on two cores, to the minute: `about 12 min`. */
export function about(builds: readonly { readonly buildSeconds: number }[]): string {
  const seconds = builds.reduce((sum, { buildSeconds }) => sum + buildSeconds, 0);
  return seconds < 60 ? "less than a minute" : `about ${Math.round(seconds / 60)} min`;
}

/** How people are told what goes on. */
export interface Teller {
  /** Says a line that stays. */
  readonly report: (line: string) => void;
  /**
   * Shows a text in a part of the line that moves, in place of the one before, or clears that part.
   * @default - there is no such line, and what it would show is reported now and then
   */
  readonly show?: Show | undefined;
}

/** What shows a text in a part of the line that moves. Parts have names, and come in the order in which they were first shown. */
export type Show = (part: string, text: string | undefined) => void;

const SHOW_MILLISECONDS = 200;

/**
 * Shows in a part of the line that moves, if there is one, how far something is.
 *
 * @returns what ends it
 */
export function keepShowing({ show }: Teller, part: string, text: () => string): () => void {
  if (show === undefined) return () => undefined;
  const tell = () => show(part, text());
  tell();
  const timer = setInterval(tell, SHOW_MILLISECONDS);
  return () => {
    clearInterval(timer);
    show(part, undefined);
  };
}

/**
 * Reports a line now and then where no line moves.
 *
 * @returns what ends it
 */
export function keepReporting(
  { report, show }: Teller,
  everyMilliseconds: number,
  line: () => string,
): () => void {
  if (show !== undefined) return () => undefined;
  const timer = setInterval(() => report(line()), everyMilliseconds);
  return () => clearInterval(timer);
}

/** What one long step tells while it runs. */
export interface Progress {
  /** Takes one line of `go build -v`: a package that was compiled, or a module on its way. */
  readonly onLine: (line: string) => void;
  /** How long the step has taken so far. */
  readonly elapsed: () => string;
  /** Stops telling. */
  readonly stop: () => void;
}

const everyMilliseconds = 20_000;

/** Says all the time, or every 20 seconds where no line moves, that a step is still going on, for how long, and what it is at. */
export function trackProgress(step: string, teller: Teller): Progress {
  const started = Date.now();
  let packages = 0;
  let latest = "";
  const elapsed = (): string => duration(Date.now() - started);

  const compiled = () => (packages > 0 ? `, ${packages} packages compiled` : "");
  const stopShowing = keepShowing(teller, step, () => `${step}: ${elapsed()}${compiled()}`);
  const stopReporting = keepReporting(teller, everyMilliseconds, () => {
    const now = packages > 0 ? "now " : "";
    return `Still building ${step}: ${elapsed()}${latest && `${compiled()}, ${now}${latest}`}`;
  });

  return {
    onLine(line) {
      const download = /^go: (downloading \S+)/.exec(line)?.[1];
      if (!download && (line.includes(" ") || line === "")) return;
      if (!download) packages += 1;
      latest = download ?? line;
    },
    elapsed,
    stop() {
      stopShowing();
      stopReporting();
    },
  };
}
