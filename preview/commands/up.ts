import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { collectPreview, type PreviewRequest } from "../collect/collect.ts";
import { type LoggedRun, runLogged } from "../collect/engine.ts";
import { readState } from "../collect/state.ts";
import { changesOf } from "../engine/changes.ts";
import { messageOf, UsageError } from "../errors.ts";
import { reportedChanges } from "../fingerprint.ts";
import { judgePreviews } from "../judge.ts";
import { renderReport } from "../render/formats.ts";
import { ExitCode, type Fingerprint, type Report, type StackReport, Verdict } from "../report.ts";
import { type CommandLine, gateOptions, previewRequests } from "./read-options.ts";

/** The parts of a fingerprint, in the words of a refusal. */
const PARTS: Readonly<Record<Exclude<keyof Fingerprint, "digest">, string>> = {
  source: "the program",
  config: "the configuration",
  state: "the stack's state",
  plugins: "the versions of the engine or of the providers",
  clusters: "the cluster",
  operations: "the operations",
};

/**
 * `up`: previews a stack again and applies it only if it is the preview that was approved: the same program,
 * configuration, state, versions, clusters and operations. The engine is held to the operations by a plan.
 *
 * @returns the exit code
 */
export async function up(line: CommandLine & { readonly approved: string }): Promise<number> {
  const [request, ...others] = previewRequests(line);
  if (request === undefined || others.length > 0) throw new UsageError("up takes one --stack");
  const approved = readApproval(line.approved);
  const folder = mkdtempSync(join(tmpdir(), "pulumi-preview-gate-"));
  try {
    const plan = join(folder, "plan.json");
    const evidence = await collectPreview({ ...request, args: ["--save-plan", plan] });
    const report = judgePreviews([evidence], gateOptions(line));
    const [now] = report.stacks as [StackReport];
    const refusal = refusalOf(approved, now);
    if (refusal !== undefined) {
      process.stdout.write(renderReport(report, line.format));
      say(refusal);
      return now.verdict === Verdict.Unjudged ? ExitCode.Unjudged : ExitCode.Blocked;
    }
    if ((await readState(request, request.stack)).digest !== evidence.state.before) {
      say(`Refused to update ${now.stack}: its state has just changed; preview and approve again`);
      return ExitCode.Blocked;
    }
    return await apply(request, plan, now);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function apply(
  request: PreviewRequest,
  plan: string,
  approved: StackReport,
): Promise<number> {
  const run = await runLogged(request, updateArguments(request, plan), true);
  const applied = run.exitCode === 0 && !run.timedOut;
  const differences = differencesOf(run, approved, applied);
  for (const difference of differences) say(difference);
  if (applied && differences.length === 0) {
    say(`Applied the ${approved.changes.length} approved operations to ${approved.stack}`);
    return ExitCode.Pass;
  }
  say(
    `The update of ${approved.stack} ${applied ? "did something else than what was approved" : `failed with exit code ${run.exitCode}`}; preview again`,
  );
  return ExitCode.Unjudged;
}

const updateArguments = (
  { configFile, policyPacks, stack }: PreviewRequest,
  plan: string,
): readonly string[] => [
  "up",
  "--yes",
  "--skip-preview",
  "--stack",
  stack,
  "--plan",
  plan,
  ...policyPacks.flatMap((pack) => ["--policy-pack", pack]),
  ...(configFile === undefined ? [] : ["--config-file", configFile]),
];

/** What an update did beyond what was approved and, if it succeeded, what it left out. */
function differencesOf(
  { events }: LoggedRun,
  approved: StackReport,
  complete: boolean,
): readonly string[] {
  const key = ({ operation, urn }: { readonly operation: string; readonly urn: string }): string =>
    `${operation} ${urn}`;
  const wanted = new Set(approved.changes.map(key));
  const done = new Set(reportedChanges(changesOf(events)).map(key));
  const extra = [...done]
    .filter((it) => !wanted.has(it))
    .map((it) => `Not approved, and done: ${it}`);
  const left = [...wanted]
    .filter((it) => !done.has(it))
    .map((it) => `Approved, and not done: ${it}`);
  return complete ? [...extra, ...left] : extra;
}

/** Why an update is refused; undefined if what is previewed now is what was approved. */
export function refusalOf(approval: Report, now: StackReport): string | undefined {
  const name = `${now.project}/${now.stack}`;
  const approved = approval.stacks.find(
    ({ project, stack }) => project === now.project && stack === now.stack,
  );
  if (approved === undefined)
    return `Refused to update ${name}: the approved report has no such stack`;
  if (approved.verdict !== Verdict.Pass) {
    return `Refused to update ${name}: its approved report does not pass; ${approved.reason}`;
  }
  if (now.verdict !== Verdict.Pass)
    return `Refused to update ${name}: its preview does not pass now; ${now.reason}`;
  if (now.fingerprint.digest === approved.fingerprint.digest) return undefined;
  const parts = Object.entries(PARTS) as [keyof typeof PARTS, string][];
  const moved = parts
    .filter(([part]) => now.fingerprint[part] !== approved.fingerprint[part])
    .map(([, words]) => words);
  return `Refused to update ${name}: since it was approved, ${moved.join(" and ") || "its fingerprint"} changed; preview and approve again`;
}

/** Reads the report that somebody has approved. */
function readApproval(path: string): Report {
  try {
    const report = JSON.parse(readFileSync(path, "utf8")) as Report;
    if (report.schemaVersion === 1 && Array.isArray(report.stacks)) return report;
  } catch (error) {
    throw new UsageError(`Cannot read the approved report ${path}: ${messageOf(error)}`);
  }
  throw new UsageError(
    `Cannot use the approved report ${path}: it is no report that check --out json=PATH has written`,
  );
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
