import { existsSync } from "node:fs";
import { join } from "node:path";
import { isScalar, parseDocument, visit } from "yaml";

/** What the steps of a workflow may run. */
export interface Runnable {
  /** The scripts of package.json. */
  readonly scripts: readonly string[];
  /** The top folder, in which the scripts of `.github/scripts` are. */
  readonly checkout: string;
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job extends Step {
  readonly permissions?: unknown;
  readonly steps?: readonly Step[];
  readonly "timeout-minutes"?: number;
}

interface Workflow {
  readonly on?: unknown;
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly jobs?: Readonly<Record<string, Job>>;
}

/** Every rule that a workflow breaks, one line each. */
export function workflowProblems(text: string, runnable: Runnable): readonly string[] {
  const document = parseDocument(text);
  if (document.errors.length > 0) return [`is not YAML: ${document.errors[0]?.code}`];
  const workflow = document.toJS() as Workflow;
  const jobs = Object.entries(workflow.jobs ?? {});
  const steps = jobs.flatMap(([, job]) => [job, ...(job.steps ?? [])]);
  return [
    ...triggerProblems(workflow),
    ...permissionProblems(workflow),
    ...jobs.flatMap(([name, job]) => jobProblems(name, job)),
    ...steps.flatMap(({ uses, with: settings }) => usesProblems(uses, settings)),
    ...unnamedVersions(text),
    ...steps.flatMap(({ run }) => (run === undefined ? [] : runProblems(run, runnable))),
    ...updateProblems(workflow, steps),
  ];
}

function triggerProblems({ on }: Workflow): readonly string[] {
  const names = typeof on === "string" ? [on] : Array.isArray(on) ? on : Object.keys(on ?? {});
  return names.includes("pull_request_target")
    ? ["on has pull_request_target, which gives the code of forks the secrets; use workflow_run"]
    : [];
}

/** Jobs get what they need, and nothing is given to all of them. */
function permissionProblems({ permissions }: Workflow): readonly string[] {
  const levels = Object.values((permissions ?? { all: "write" }) as object);
  return typeof permissions === "object" &&
    levels.every((level) => level === "read" || level === "none")
    ? []
    : ["permissions must be {} or read alone; give a job what it needs"];
}

function jobProblems(name: string, job: Job): readonly string[] {
  return [
    ...(typeof job.permissions === "object" ? [] : [`${name} has no permissions of its own`]),
    ...(job["timeout-minutes"] === undefined ? [`${name} has no timeout-minutes`] : []),
  ];
}

function usesProblems(uses: string | undefined, settings: Step["with"]): readonly string[] {
  if (uses === undefined) return [];
  const isCheckout = uses.startsWith("actions/checkout@");
  return [
    ...(/^[\w.-]+(\/[\w.-]+)+@[0-9a-f]{40}$/.test(uses)
      ? []
      : [`uses ${uses}, must be pinned by the 40 hexadecimal digits of a commit`]),
    ...(isCheckout && settings?.["persist-credentials"] !== false
      ? [`uses ${uses} without persist-credentials: false`]
      : []),
  ];
}

/** Updates of pins are read by people, who know versions. */
function unnamedVersions(text: string): readonly string[] {
  const problems: string[] = [];
  visit(parseDocument(text), {
    Pair(_, { key, value }) {
      if (!isScalar(key) || key.value !== "uses" || !isScalar(value)) return;
      if (!/^ v\d+\.\d+\.\d+$/.test(value.comment ?? "")) {
        problems.push(`uses ${value.value} without its version, such as # v1.2.3`);
      }
    },
  });
  return problems;
}

/** A line runs one script of this checkout. Expressions are put into a script's text before the shell reads it. */
function runProblems(run: string, { checkout, scripts }: Runnable): readonly string[] {
  const expressions = run.includes("${{")
    ? [`run has an expression: ${run}; give the value in env`]
    : [];
  const commands = run.trim().split("\n");
  const wrapped = commands.map((command) => command.replace(/^\.github\/scripts\/with-\S+ /, ""));
  const files = commands.flatMap((command) => /^\.github\/scripts\/\S+/.exec(command)?.[0] ?? []);
  return [
    ...expressions,
    ...files
      .filter((file) => !existsSync(join(checkout, file)))
      .map((file) => `runs ${file}, which is not there`),
    ...wrapped.filter((it) => !isOwn(it, scripts)).map((it) => `runs "${it}", no script of ours`),
  ];
}

const BUILT_IN = ["start", "stop", "test"];

function isOwn(command: string, scripts: readonly string[]): boolean {
  if (/[;&|`<>]|\$\(/.test(command)) return false;
  if (/^\.github\/scripts\/\S+/.test(command)) return true;
  const [, run, name = ""] = /^npm (run )?([\w:-]+)/.exec(command) ?? [];
  return scripts.includes(name) && (run !== undefined || BUILT_IN.includes(name));
}

/** An update that is cancelled half-way leaves a locked stack. */
function updateProblems({ concurrency }: Workflow, steps: readonly Step[]): readonly string[] {
  if (!steps.some(({ run }) => run?.includes("npm run up"))) return [];
  const { "cancel-in-progress": cancel, group } = (concurrency ?? {}) as Record<string, unknown>;
  return group !== undefined && cancel === false
    ? []
    : ["updates stacks without concurrency with cancel-in-progress: false"];
}
