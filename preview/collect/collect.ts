import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { loadClient } from "../../components/cluster/client.ts";
import { changesOf } from "../engine/changes.ts";
import { GateError } from "../errors.ts";
import type { PreviewEvidence } from "../evidence.ts";
import { withoutCredentials } from "../secrets/without-credentials.ts";
import { askClusters, type Contexts } from "./clusters.ts";
import { askEngine, type Engine, runLogged } from "./engine.ts";
import { readSource } from "./source.ts";
import { digestOfText, readState } from "./state.ts";

/** What is previewed, and how. */
export interface PreviewRequest extends Engine {
  /** The stack. */
  readonly stack: string;
  /** The policy packs to load, as paths. */
  readonly policyPacks: readonly string[];
  /** The contexts for providers that hide how they reach their cluster. */
  readonly contexts: Contexts;
  /** Further arguments of `pulumi preview`, such as `--refresh`. */
  readonly args: readonly string[];
  /** The reports that were or will be written, as absolute paths: they are no part of the program. */
  readonly reports: readonly string[];
  /** The file of the stack's configuration. */
  readonly configFile?: string;
  /** Whether the engine's output is shown while it runs. */
  readonly show?: boolean;
}

/**
 * Runs a preview and collects everything that it is judged by. Secrets of the configuration appear nowhere in it.
 *
 * @throws GateError if there is no such program or stack, or no engine
 */
export async function collectPreview(request: PreviewRequest): Promise<PreviewEvidence> {
  const { configFile, contexts, cwd, policyPacks, reports, stack } = request;
  const project = projectOf(cwd);
  const before = await readState(request, stack);
  // The preview takes longest; the others run meanwhile.
  const [version, secrets, run] = await Promise.all([
    askEngine(request, ["version"]),
    secretsOf(request),
    runLogged(request, previewArguments(request), request.show),
    loadClient(),
  ]);
  const [after, source, clusters] = await Promise.all([
    readState(request, stack),
    readSource(cwd, reports),
    askClusters(changesOf(run.events), contexts),
  ]);
  const { exitCode, timedOut } = run;
  const config = configFile ?? join(cwd, `Pulumi.${shortName(stack)}.yaml`);
  const evidence: PreviewEvidence = {
    project,
    stack,
    collectedAt: new Date().toISOString(),
    engine: { version: version.trim(), exitCode, timedOut, policyPacks },
    events: withFailure(run),
    unreadableLines: run.unreadableLines,
    clusters,
    state: {
      before: before.digest,
      after: after.digest,
      pending: before.pending,
      ...(before.writtenAt === undefined ? {} : { writtenAt: before.writtenAt }),
    },
    source,
    configDigest: existsSync(config) ? digestOfText(readFileSync(config, "utf8")) : "",
  };
  return withoutCredentials(evidence, secrets);
}

function previewArguments({
  args,
  configFile,
  policyPacks,
  stack,
}: PreviewRequest): readonly string[] {
  return [
    "preview",
    "--stack",
    stack,
    ...policyPacks.flatMap((pack) => ["--policy-pack", pack]),
    ...(configFile === undefined ? [] : ["--config-file", configFile]),
    ...args,
  ];
}

/** The engine says on stderr alone why it did not even start. */
function withFailure({
  events,
  exitCode,
  stderr,
}: Awaited<ReturnType<typeof runLogged>>): PreviewEvidence["events"] {
  if (exitCode === 0 || events.some(({ diagnosticEvent }) => diagnosticEvent?.severity === "error"))
    return events;
  const message = stderr.trim().split("\n").slice(0, 5).join("\n");
  return message === "" ? events : [...events, { diagnosticEvent: { message, severity: "error" } }];
}

/** The secret values of the stack's configuration, so that they can be kept out of everything. */
async function secretsOf(request: PreviewRequest): Promise<readonly string[]> {
  const file = request.configFile === undefined ? [] : ["--config-file", request.configFile];
  const text = await askEngine(request, [
    "config",
    "--json",
    "--show-secrets",
    "--stack",
    request.stack,
    ...file,
  ]);
  const config = JSON.parse(text) as Record<string, { secret?: boolean; value?: string }>;
  return Object.values(config).flatMap(({ secret, value }) => (secret && value ? [value] : []));
}

/**
 * The name of the project in a folder.
 *
 * @throws GateError if there is none
 */
export function projectOf(cwd: string): string {
  const path = ["Pulumi.yaml", "Pulumi.yml"].map((name) => join(cwd, name)).find(existsSync);
  if (path === undefined)
    throw new GateError(
      `Cannot read ${cwd}: it has no Pulumi.yaml; give the program's folder with --cwd`,
    );
  const { name } = (parse(readFileSync(path, "utf8")) ?? {}) as { name?: unknown };
  return String(name ?? "");
}

/** A stack of a service is named `organisation/project/stack`; its file has the last part. */
export const shortName = (stack: string): string => stack.split("/").at(-1) ?? stack;
