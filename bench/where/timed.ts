import { execa } from "execa";
import type { Peer } from "./peers.ts";

/** What commands took together. */
export interface Timed {
  readonly seconds: number;
  readonly processorSeconds: number;
}

/** Where commands run. */
export interface Place {
  /** Their working folder and their home, where they keep caches. */
  readonly folder: string;
  readonly kubeconfig: string;
}

/** Runs what it is given and writes what that has used: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#times */
const AND_TIMES = '"$@" >/dev/null; code=$?; times; exit $code';

/** Runs commands one after the other. */
export async function timed(
  { commands, exitCodes }: Pick<Peer, "commands" | "exitCodes">,
  place: Place,
): Promise<Timed> {
  let [seconds, processorSeconds] = [0, 0];
  for (const command of commands) {
    const start = performance.now();
    const {
      exitCode = -1,
      stderr,
      stdout,
    } = await execa("sh", ["-c", AND_TIMES, "sh", ...command], {
      cwd: place.folder,
      env: { HOME: place.folder, KUBECONFIG: place.kubeconfig },
      reject: false,
      stdin: "ignore",
      timeout: 120_000,
    });
    seconds += (performance.now() - start) / 1000;
    processorSeconds += processorSecondsOf(stdout);
    if (!exitCodes.includes(exitCode)) {
      throw new Error(`${command.join(" ")} ends with ${exitCode}: ${stderr}`);
    }
  }
  return { seconds: rounded(seconds), processorSeconds: rounded(processorSeconds) };
}

/** The second line of `times` is that of the children. */
export function processorSecondsOf(text: string): number {
  const [, children = ""] = text.trim().split("\n").slice(-2);
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.reduce((sum, [, minutes, rest]) => sum + Number(minutes) * 60 + Number(rest), 0);
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;
