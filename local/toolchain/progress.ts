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

/** Says every 20 seconds that a step is still going on, for how long, and what it is at. */
export function trackProgress(step: string, report: (line: string) => void): Progress {
  const started = Date.now();
  let packages = 0;
  let latest = "";
  const elapsed = (): string => duration(Date.now() - started);

  const timer = setInterval(() => {
    const compiled = packages > 0 ? `, ${packages} packages compiled` : "";
    const now = packages > 0 ? "now " : "";
    const at = latest && `${compiled}, ${now}${latest}`;
    report(`Still building ${step}: ${elapsed()}${at}`);
  }, everyMilliseconds);

  return {
    onLine(line) {
      const download = /^go: (downloading \S+)/.exec(line)?.[1];
      if (!download && (line.includes(" ") || line === "")) return;
      if (!download) packages += 1;
      latest = download ?? line;
    },
    elapsed,
    stop: () => clearInterval(timer),
  };
}
