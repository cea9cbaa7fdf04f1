/** What the generator of load prints at the end of a run. */
export interface LoadReport {
  readonly target: string;
  /** When the first request was due. */
  readonly start: string;
  readonly seconds: number;
  /** Those that were due, sent or not. */
  readonly requests: number;
  readonly classes: Readonly<Record<string, number>>;
  /** Of the good answers, from the moment of sending, connecting included. */
  readonly latencyMilliseconds: Quantiles;
  /** How much later than due requests were sent: what the machine itself adds. */
  readonly lateMilliseconds: Quantiles;
  readonly connections: { readonly opened: number; readonly closedWhileIdle: number };
  readonly timeline: readonly { readonly ok: number; readonly failed: number }[];
  readonly failures: readonly LoadFailure[];
}

/** Quantiles of times. */
export interface Quantiles {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** A request that failed. */
export interface LoadFailure {
  readonly time: string;
  /** How long after sending it was known to have failed. */
  readonly tookMilliseconds: number;
  readonly class: string;
  readonly error: string;
  /** The client's own address and port. */
  readonly local?: string;
  readonly remote?: string;
  readonly newConnection: boolean;
}

/** Reports by the name of their load. */
export type LoadReports = Readonly<Record<string, LoadReport>>;

/** How many requests were due in all. */
export const requestsOf = (reports: LoadReports): number =>
  Object.values(reports).reduce((sum, { requests }) => sum + requests, 0);

/** How many of them did not get their good answer, for whatever reason. */
export const lossesOf = (reports: LoadReports): number =>
  Object.values(reports).reduce((sum, it) => sum + it.requests - (it.classes["ok"] ?? 0), 0);

/** One line a request that was lost, in the order of time; those that were never sent are counted alone. */
export function describeLosses(reports: LoadReports): string[] {
  return Object.entries(reports)
    .flatMap(([name, { classes, failures }]) => [
      ...failures.map((failure) => `${failure.time} ${name}: ${describe(failure)}`),
      ...(classes["neverSent"] ? [`${name}: ${classes["neverSent"]} never sent`] : []),
    ])
    .sort();
}

function describe({ error, local, newConnection, remote, tookMilliseconds, ...it }: LoadFailure) {
  const connection = newConnection ? "new" : "kept";
  const ends = local === undefined ? "no connection" : `${local} to ${remote}`;
  return `${it.class} after ${tookMilliseconds} ms on a ${connection} connection (${ends}): ${error}`;
}
