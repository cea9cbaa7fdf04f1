import { hostname } from "node:os";
import { processStart } from "./identity.ts";

/** Who holds a lock, as it says itself in a note beside the lock. */
export interface Holder {
  readonly host: string;
  readonly pid: number;
  /** Start of the process as {@link processStart} gives it. */
  readonly start: string;
  /** Where it was started. */
  readonly folder: string;
  /** Time of day. */
  readonly since: string;
}

/** What a note says of this process. */
export const thisProcess = (): Holder => ({
  host: hostname(),
  pid: process.pid,
  start: processStart(process.pid) ?? "",
  folder: process.cwd(),
  since: new Date().toTimeString().slice(0, 8),
});

/** Reads a note; `undefined` where it does not say who. */
export function parseHolder(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text) as Holder;
    const texts = [holder.host, holder.start, holder.folder, holder.since];
    const isWhole = Number.isInteger(holder.pid) && texts.every((it) => typeof it === "string");
    return isWhole ? holder : undefined;
  } catch {
    return undefined;
  }
}

/** Names a holder to the person at the terminal. */
export function describeHolder({ pid, host, folder, since }: Holder): string {
  const where = host === hostname() ? "" : ` on the host ${host}`;
  return `process ${pid}${where} (started in ${folder} at ${since})`;
}

/** Whether a holder is at work on another machine, where this one cannot look. */
export const isElsewhere = ({ host }: Pick<Holder, "host">): boolean => host !== hostname();

/** Whether the very process of the note runs here: a later one with the same pid does not count. */
export const holderRuns = (holder: Holder): boolean =>
  !isElsewhere(holder) && holder.start !== "" && processStart(holder.pid) === holder.start;
