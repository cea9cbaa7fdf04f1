import type { Manifest } from "../../testing/manifest.ts";
import { collect, collectAll } from "../collect/collect.ts";
import { type Connection, connect } from "../collect/connection.ts";
import { Reader } from "../collect/reader.ts";
import { parseTarget, whichKind } from "../collect/which-kind.ts";
import { differencesOf } from "../declared/compare.ts";
import { declaredIn, readManifests } from "../declared/read-declared.ts";
import { renderReport } from "../render/terminal.ts";
import { EXIT_CODES } from "../report.ts";
import type { ClusterState } from "../state/cluster-state.ts";
import { readState } from "../state/read-state.ts";
import { judgeAll } from "./answer.ts";
import type { Output } from "./output.ts";
import { type CommandLine, callerOf, checkOptions, portOf, timeoutOf } from "./read-options.ts";
import { readRecording, writeRecording } from "./recordings.ts";
import { watch } from "./watch.ts";

/** Answers the question of a command line and returns the exit code. */
export async function run(
  target: string | undefined,
  line: CommandLine,
  output: Output,
): Promise<number> {
  checkOptions(target, line);
  const manifests = line.declared === undefined ? undefined : readManifests(line.declared);
  const options = { json: line.json, manifests, all: line.all ?? false };
  const wanted = target === undefined ? undefined : parseTarget(target);
  const port = portOf(line.port);
  const timeout = timeoutOf(line.timeout);
  if (line.replay !== undefined) return print(replayed(line.replay, wanted, line), options, output);
  const connection = await connect({ ...line, timeout });
  const namespace = line.namespace ?? connection.namespace;
  const from = callerOf(line.from, namespace);
  const look = (): Promise<ClusterState> => read(connection, wanted, { namespace, from, port });
  if (line.watch) return watch(look, output);
  const state = await look();
  if (line.record !== undefined) writeRecording(line.record, state);
  return print(state, options, output);
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

/** How an answer is printed. */
interface Printed {
  readonly all: boolean;
  readonly json: boolean | undefined;
  /** What a program declares, if a file was given. */
  readonly manifests: readonly Manifest[] | undefined;
}

function print(state: ClusterState, { all, json, manifests }: Printed, output: Output): number {
  const { namespace } = state.asked;
  const known = readState(state);
  const found = judgeAll(known, all);
  const report =
    manifests === undefined
      ? found
      : { ...found, ...differencesOf(declaredIn(manifests, namespace), known, all) };
  output.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : renderReport(report, all));
  return EXIT_CODES[report.verdict];
}
