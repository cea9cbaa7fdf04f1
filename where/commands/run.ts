import { setTimeout as sleep } from "node:timers/promises";
import { collect, collectAll } from "../collect/collect.ts";
import { type Connection, connect } from "../collect/connection.ts";
import { Reader } from "../collect/reader.ts";
import { parseTarget, whichKind } from "../collect/which-kind.ts";
import { Health } from "../diagnosis/diagnosis.ts";
import { CannotTellError } from "../errors.ts";
import { renderReport } from "../render/terminal.ts";
import { ExitCode, type Report } from "../report.ts";
import type { ClusterState } from "../state/cluster-state.ts";
import { reportOn } from "./answer.ts";
import { type CommandLine, callerOf, checkOptions, portOf, timeoutOf } from "./read-options.ts";
import { readRecording, writeRecording } from "./recordings.ts";

/** How long an answer of `--watch` must stay the same before it is printed. */
const SETTLED_LOOKS = 2;
const LOOK_EVERY = 1_500;

const CODES: Readonly<Record<Health, number>> = {
  [Health.Healthy]: ExitCode.Healthy,
  [Health.Broken]: ExitCode.Broken,
  [Health.Unknown]: ExitCode.Unknown,
};

/** Answers the question of a command line and returns the exit code. */
export async function run(target: string | undefined, line: CommandLine): Promise<number> {
  checkOptions(target, line);
  const options = { ...line, all: line.all ?? false };
  const wanted = target === undefined ? undefined : parseTarget(target);
  const port = portOf(line.port);
  const timeout = timeoutOf(line.timeout);
  if (line.replay !== undefined) return print(replayed(line.replay, wanted, line), options);
  const connection = await connect({ ...line, timeout });
  const namespace = line.namespace ?? connection.namespace;
  const from = callerOf(line.from, namespace);
  const look = (): Promise<ClusterState> => read(connection, wanted, { namespace, from, port });
  if (line.watch) return watch(look);
  const state = await look();
  if (line.record !== undefined) writeRecording(line.record, state);
  return print(state, options);
}

/** What the caller of a look adds to its target. */
interface Details {
  readonly namespace: string;
  readonly from: ReturnType<typeof callerOf>;
  readonly port: number | undefined;
}

async function read(
  connection: Connection,
  target: ReturnType<typeof parseTarget> | undefined,
  details: Details,
): Promise<ClusterState> {
  const reader = new Reader(connection);
  if (target === undefined) return collectAll(reader, details.namespace);
  const { name } = target;
  const kind = target.kind ?? (await whichKind(reader, name, details.namespace));
  // What looked for the kind has read the Service already, and of others only that they exist.
  const next = kind === "Service" ? reader : new Reader(connection);
  return collect(next, { kind, name, ...details });
}

function replayed(
  path: string,
  target: ReturnType<typeof parseTarget> | undefined,
  line: CommandLine,
): ClusterState {
  const state = readRecording(path);
  const namespace = line.namespace ?? state.asked.namespace;
  const from = callerOf(line.from, namespace) ?? state.asked.from;
  const port = portOf(line.port) ?? state.asked.port;
  const { kind = "Service", name } = target ?? state.asked;
  return { ...state, asked: { kind, name, namespace, from, port } };
}

function print(
  state: ClusterState,
  { all, json }: { readonly all: boolean; readonly json?: boolean },
): number {
  const report = reportOn(state, all);
  process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : renderReport(report, all));
  return CODES[report.verdict];
}

/** Prints an answer whenever it has changed and stayed so, or the cluster is back, until the command is interrupted. */
async function watch(look: () => Promise<ClusterState>): Promise<number> {
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
      if (!isAway) process.stderr.write(`${seen.message}\n`);
      [printed, looks, isAway, code] = ["", 0, true, ExitCode.Unknown];
    } else {
      const report = reportOn(seen, false);
      const key = keyOf(report);
      looks = key === candidate ? looks + 1 : 1;
      [candidate, isAway] = [key, false];
      if (looks >= SETTLED_LOOKS && key !== printed) {
        process.stdout.write(`${report.recordedAt}\n${renderReport(report, false)}\n`);
        [printed, code] = [key, CODES[report.verdict]];
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
