/** How long a Pod that is told to stop goes on taking connections. */
export const SLEEP_SECONDS = [0, 1, 2, 5, 10, 15] as const;
/** How much later than by itself every node learns that it goes. */
export const DELAY_SECONDS = [0, 1, 2, 5, 10] as const;
export const NAMESPACE = "drain";

/** The Backend with a sleep. */
export const nameOf = (sleepSeconds: number): string => `sleep-${sleepSeconds}`;

/** What was lost with one sleep and one delay. */
export interface DrainCell {
  readonly sleepSeconds: number;
  readonly delaySeconds: number;
  /** Pods that were deleted, one of two each time. */
  readonly deletions: number;
  /** Those that were due around the deletions. */
  readonly requests: number;
  readonly lost: number;
  /** How many were lost in which way. */
  readonly classes: Readonly<Record<string, number>>;
}

/** The content of `results/drain.json`. */
export interface DrainResult {
  readonly what: string;
  readonly how: string;
  readonly machine: string;
  readonly date: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly cells: readonly DrainCell[];
}

type Cells = readonly Pick<DrainCell, "deletions" | "delaySeconds" | "lost" | "sleepSeconds">[];

/** Adds up the cells of several rounds. */
export function addUp(cells: readonly DrainCell[]): DrainCell[] {
  const same = Map.groupBy(cells, (cell) => `${cell.delaySeconds} ${cell.sleepSeconds}`);
  return [...same.values()].map((some) => {
    const [{ delaySeconds, sleepSeconds } = { delaySeconds: 0, sleepSeconds: 0 }] = some;
    const sum = (of: (cell: DrainCell) => number) =>
      some.reduce((total, cell) => total + of(cell), 0);
    const names = [...new Set(some.flatMap(({ classes }) => Object.keys(classes)))];
    return {
      sleepSeconds,
      delaySeconds,
      deletions: sum(({ deletions }) => deletions),
      requests: sum(({ requests }) => requests),
      lost: sum(({ lost }) => lost),
      classes: Object.fromEntries(
        names.map((name) => [name, sum(({ classes }) => classes[name] ?? 0)]),
      ),
    };
  });
}

const lostIn = (cells: Cells, sleepSeconds: number, delaySeconds: number): number => {
  const cell = cells.find(
    (it) => it.sleepSeconds === sleepSeconds && it.delaySeconds === delaySeconds,
  );
  return cell === undefined ? Number.NaN : Math.round(cell.lost / cell.deletions);
};

/** The requests lost a deletion as a table in Markdown. A loss that is rounded to nothing is shown as less than one. */
export function drainTable(cells: Cells): string {
  const shown = (sleep: number, delay: number) => {
    const some = cells.some(
      (it) => it.sleepSeconds === sleep && it.delaySeconds === delay && it.lost > 0,
    );
    const lost = lostIn(cells, sleep, delay);
    return lost === 0 && some ? "< 1" : String(lost);
  };
  const rows = SLEEP_SECONDS.map((sleep) =>
    [`${sleep} s`, ...DELAY_SECONDS.map((delay) => shown(sleep, delay))].join(" | "),
  );
  const head = ["`preStop` sleep", ...DELAY_SECONDS.map((delay) => `delay ${delay} s`)];
  const line = ["---", ...DELAY_SECONDS.map(() => "---:")];
  return [head.join(" | "), line.join("|"), ...rows].map((row) => `| ${row} |`).join("\n");
}

/** The same as a plot in Mermaid, one line a delay. */
export function drainPlot(cells: Cells): string {
  const lines = DELAY_SECONDS.map(
    (delay) => `  line [${SLEEP_SECONDS.map((sleep) => lostIn(cells, sleep, delay)).join(", ")}]`,
  );
  return [
    "xychart-beta",
    '  title "Requests lost when one of two Pods is deleted"',
    `  x-axis "preStop sleep in seconds" [${SLEEP_SECONDS.join(", ")}]`,
    '  y-axis "requests lost of 100 a second"',
    ...lines,
  ].join("\n");
}

/** From which sleep on nothing was lost with a delay; `undefined` where the longest lost something. */
export function kneeOf(cells: Cells, delaySeconds: number): number | undefined {
  const lossless = (sleep: number) =>
    cells.some(
      (it) => it.delaySeconds === delaySeconds && it.sleepSeconds === sleep && it.lost === 0,
    );
  return SLEEP_SECONDS.find((_, index) => SLEEP_SECONDS.slice(index).every(lossless));
}
