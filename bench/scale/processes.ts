import { readlinkSync } from "node:fs";
import { basename } from "node:path";
import { readProc, withChildren } from "../../tests/shared/proc.ts";

const PAUSE_MILLISECONDS = 100;
/** Of the kernel, for programs: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const TICKS_PER_SECOND = 100;

/** What a command and all that it has started have used. */
export interface Usage {
  /** Seconds of processor time. */
  readonly processorSeconds: number;
  /** The same of each program, by the name of its executable. */
  readonly processorSecondsOf: Readonly<Record<string, number>>;
  /** The largest memory of each program at one time, in megabytes, by the name of its executable. */
  readonly peakMegabytes: Readonly<Record<string, number>>;
}

/** The same, of a command that was looked at while it ran. */
interface WatchedUsage extends Usage {
  /** The most memory that all processes have had together, in megabytes. */
  readonly togetherMegabytes: number;
}

interface Seen {
  readonly program: string;
  readonly ticks: number;
  readonly kilobytes: number;
  readonly kilobytesNow: number;
}

/** Looks at a process and its descendants until it is stopped. What a process used after the last look is missing: at most a tenth of a second. */
export function watchUsage(root: number): () => WatchedUsage {
  const seen = new Map<number, Seen>();
  let most = 0;
  const look = () => {
    const running = withChildren([root]).flatMap(({ pid }) => {
      const now = seenOf(pid);
      if (now !== undefined) seen.set(pid, now);
      return now ?? [];
    });
    most = Math.max(
      most,
      running.reduce((sum, it) => sum + it.kilobytesNow, 0),
    );
  };
  const timer = setInterval(look, PAUSE_MILLISECONDS);
  look();
  return () => {
    clearInterval(timer);
    return { ...sumOf([...seen.values()]), togetherMegabytes: Math.round(most / 1024) };
  };
}

function seenOf(pid: number): Seen | undefined {
  const fields = readProc(pid, "stat").split(") ").at(-1)?.split(" ") ?? [];
  const status = readProc(pid, "status");
  const [kilobytes, kilobytesNow] = ["VmHWM", "VmRSS"].map((key) =>
    Number(new RegExp(`^${key}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? Number.NaN),
  );
  if (!kilobytes || !kilobytesNow) return undefined;
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { program: programOf(pid), ticks, kilobytes, kilobytesNow };
}

function programOf(pid: number): string {
  try {
    return basename(readlinkSync(`/proc/${pid}/exe`));
  } catch {
    return "unknown";
  }
}

function sumOf(all: readonly Seen[]): Usage {
  const programs = Object.entries(Object.groupBy(all, ({ program }) => program));
  const secondsOf = (some: readonly Seen[]) =>
    some.reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_PER_SECOND;
  const peakOf = (some: readonly Seen[]) =>
    Math.round(Math.max(...some.map(({ kilobytes }) => kilobytes)) / 1024);
  return {
    processorSeconds: secondsOf(all),
    processorSecondsOf: Object.fromEntries(
      programs.map(([it, some = []]) => [it, secondsOf(some)]),
    ),
    peakMegabytes: Object.fromEntries(programs.map(([it, some = []]) => [it, peakOf(some)])),
  };
}

/** What commands have used that ran one after the other. */
export function usedTogether(all: readonly Usage[]): Usage {
  const processorSecondsOf: Record<string, number> = {};
  const peakMegabytes: Record<string, number> = {};
  for (const used of all) {
    for (const [program, seconds] of Object.entries(used.processorSecondsOf)) {
      processorSecondsOf[program] = (processorSecondsOf[program] ?? 0) + seconds;
    }
    for (const [program, peak] of Object.entries(used.peakMegabytes)) {
      peakMegabytes[program] = Math.max(peakMegabytes[program] ?? 0, peak);
    }
  }
  const processorSeconds = all.reduce((sum, it) => sum + it.processorSeconds, 0);
  return { processorSeconds, processorSecondsOf, peakMegabytes };
}
