import { setTimeout as sleep } from "node:timers/promises";
import { CannotTellError } from "../errors.ts";
import { renderReport } from "../render/terminal.ts";
import { EXIT_CODES, ExitCode, type Report } from "../report.ts";
import type { ClusterState } from "../state/cluster-state.ts";
import { reportOn } from "./answer.ts";
import type { Output } from "./output.ts";

/** How many looks in a row must give the same answer before `--watch` prints it. */
const SETTLED_LOOKS = 2;
const LOOK_EVERY = 1_500;

/** Prints an answer whenever it has changed and stayed so, or the cluster is back, until the command is interrupted. */
export async function watch(look: () => Promise<ClusterState>, output: Output): Promise<number> {
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  let code: number = ExitCode.Unknown;
  let [printed, candidate, looks, isAway] = ["", "", 0, false];
  while (!stop.signal.aborted) {
    const seen = await look().catch((error: unknown) => {
      if (candidate !== "" && error instanceof CannotTellError) return error;
      throw error;
    });
    if (seen instanceof CannotTellError) {
      if (!isAway) output.stderr.write(`${seen.message}\n`);
      [printed, looks, isAway, code] = ["", 0, true, ExitCode.Unknown];
    } else {
      const report = reportOn(seen, false);
      const key = keyOf(report);
      looks = key === candidate ? looks + 1 : 1;
      [candidate, isAway] = [key, false];
      if (looks >= SETTLED_LOOKS && key !== printed) {
        output.stdout.write(`${report.recordedAt}\n${renderReport(report, false)}\n`);
        [printed, code] = [key, EXIT_CODES[report.verdict]];
      }
    }
    await sleep(LOOK_EVERY, undefined, { signal: stop.signal }).catch(() => {});
  }
  return code;
}

/** What makes an answer another one: durations and counts do not. */
const keyOf = ({ answers }: Report): string =>
  JSON.stringify(
    answers.map(({ findings, verdict }) => [
      verdict,
      findings.map(({ about, cause }) => [cause, about]),
    ]),
  );
