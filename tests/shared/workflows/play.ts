import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { checkout } from "../../../local/paths.ts";
import { actions, type JobPlace } from "./actions.ts";
import { type Contexts, interpolated, isRun } from "./expressions.ts";
import { type Job, matrixOf, readWorkflow, type Step } from "./workflow.ts";

/** An event, as GitHub hands it to the workflows. */
export interface GitHubEvent {
  readonly name: string;
  readonly sha: string;
  readonly ref: string;
  /** The event itself, of which there is a recording for each kind. */
  readonly payload: object;
}

/** What is around the jobs. */
export interface Runner {
  /** The folder for workspaces, artifacts and events. */
  readonly folder: string;
  /** The repository. */
  readonly origin: string;
  /** The address of GitHub's API. */
  readonly apiUrl: string;
  /** The token of every job. */
  readonly token: string;
  /** What the machine has beside what GitHub gives. */
  readonly machine: Readonly<Record<string, string>>;
  /** The secrets of an environment of the repository. */
  readonly secretsOf: (environment: string) => Readonly<Record<string, string>>;
  /** What happens while a job waits for its approval. */
  readonly beforeJob?: (name: string) => Promise<void> | void;
  /** The jobs that are played; all, if there are none given. */
  readonly only?: readonly string[];
  /** Commands that run in the place of others. */
  readonly instead?: Readonly<Record<string, string>>;
}

/** How a job went. */
export interface JobRun {
  readonly name: string;
  readonly result: "failure" | "skipped" | "success";
  /** The commands that ran. */
  readonly commands: readonly string[];
  /** The names of the secrets that it got. */
  readonly secrets: readonly string[];
  /** What it printed. */
  readonly output: string;
  /** Its summary on the page of the run. */
  readonly summary: string;
}

const REPOSITORY = "shop/infra";
const MINUTES = 10;

/** Plays a workflow of this checkout, one job after the other in the order of their needs. */
export async function play(
  workflow: string,
  event: GitHubEvent,
  runId: string,
  runner: Runner,
): Promise<readonly JobRun[]> {
  const jobs = Object.entries(readWorkflow(workflow).jobs).filter(
    ([name]) => runner.only === undefined || runner.only.includes(name),
  );
  const runs: JobRun[] = [];
  for (const [name, job] of jobs) {
    const needed = [job.needs ?? []].flat();
    const before = runs.filter((run) => needed.includes(run.name));
    const succeeded = before.every(({ result }) => result === "success");
    for (const matrix of matrixOf(job)) {
      const contexts = contextsOf(job, event, matrix, runner);
      if (!isRun(job.if, contexts, succeeded)) {
        runs.push({ ...NOTHING, name, result: "skipped" });
        continue;
      }
      await runner.beforeJob?.(name);
      runs.push(await playJob(name, job, { contexts, event, runId, runner }));
    }
  }
  return runs;
}

const NOTHING = { commands: [], secrets: [], output: "", summary: "" } as const;

function contextsOf(
  { environment }: Job,
  event: GitHubEvent,
  matrix: Readonly<Record<string, string>>,
  runner: Runner,
): Contexts {
  const text = typeof environment === "object" ? environment.name : environment;
  const name = text === undefined ? undefined : interpolated(text, { matrix });
  return {
    matrix,
    secrets: name === undefined ? {} : runner.secretsOf(name),
    github: {
      event: event.payload,
      event_name: event.name,
      ref: event.ref,
      sha: event.sha,
      repository: REPOSITORY,
      token: runner.token,
    },
  };
}

interface Setting {
  readonly contexts: Contexts;
  readonly event: GitHubEvent;
  readonly runId: string;
  readonly runner: Runner;
}

/** Its steps, one after the other; after a failure only those that say so. */
async function playJob(name: string, { steps }: Job, setting: Setting): Promise<JobRun> {
  const { contexts, runId, runner } = setting;
  const workspace = join(runner.folder, "workspace");
  rmSync(workspace, { recursive: true, force: true });
  const artifacts = join(runner.folder, "artifacts");
  const { event, origin } = { ...setting, ...runner };
  const place: JobPlace = { origin, sha: event.sha, workspace, artifacts, runId };
  const summary = join(runner.folder, "summary.md");
  writeFileSync(summary, "");
  const commands: string[] = [];
  const outputs: string[] = [];
  let succeeded = true;
  for (const step of steps) {
    if (!isRun(step.if, contexts, succeeded)) continue;
    if (step.run !== undefined) commands.push(step.run);
    const { failed, output } = await playStep(step, place, setting, summary);
    outputs.push(output);
    if (failed) succeeded = false;
  }
  return {
    name,
    result: succeeded ? "success" : "failure",
    commands,
    secrets: Object.keys(contexts["secrets"] as object),
    output: outputs.join("\n"),
    summary: readFileSync(summary, "utf8"),
  };
}

async function playStep(
  step: Step,
  place: JobPlace,
  { contexts, event, runner }: Setting,
  summary: string,
): Promise<{ readonly failed: boolean; readonly output: string }> {
  if (step.uses !== undefined) {
    const [action = ""] = step.uses.split("@");
    const run = actions[action];
    if (run === undefined) throw new Error(`The action ${action} cannot be played`);
    try {
      await run(place, values(step.with ?? {}, contexts));
      return { failed: false, output: "" };
    } catch (error) {
      return { failed: true, output: (error as Error).message };
    }
  }
  const command = step.run ?? "";
  const eventPath = join(runner.folder, "event.json");
  mkdirSync(dirname(eventPath), { recursive: true });
  writeFileSync(eventPath, JSON.stringify(event.payload));
  // GitHub's own shell: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
  const { all, exitCode } = await execa(
    "bash",
    ["-e", "-c", runner.instead?.[command] ?? command],
    {
      cwd: place.workspace,
      env: {
        PATH: `${join(checkout, "node_modules/.bin")}:${process.env["PATH"]}`,
        HOME: process.env["HOME"] ?? "",
        ...runner.machine,
        CI: "true",
        GITHUB_ACTIONS: "true",
        GITHUB_API_URL: runner.apiUrl,
        GITHUB_EVENT_NAME: event.name,
        GITHUB_EVENT_PATH: eventPath,
        GITHUB_REF_NAME: event.ref.replace(/^refs\/(heads|tags)\//, ""),
        GITHUB_REPOSITORY: REPOSITORY,
        GITHUB_STEP_SUMMARY: summary,
        ...values(step.env ?? {}, contexts),
      },
      extendEnv: false,
      stdin: "ignore",
      all: true,
      reject: false,
      timeout: MINUTES * 60_000,
    },
  );
  return { failed: exitCode !== 0, output: all };
}

function values(
  inputs: Readonly<Record<string, string | number | boolean>>,
  contexts: Contexts,
): Readonly<Record<string, string>> {
  const entries = Object.entries(inputs);
  return Object.fromEntries(entries.map(([key, it]) => [key, interpolated(String(it), contexts)]));
}
