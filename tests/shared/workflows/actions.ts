import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { checkout } from "../../../local/paths.ts";

/** Where a job runs, and which run of its workflow it belongs to. */
export interface JobPlace {
  /** The repository that is checked out. */
  readonly origin: string;
  /** The commit. */
  readonly sha: string;
  /** The job's own folder. */
  readonly workspace: string;
  /** The folder with the artifacts of all runs. */
  readonly artifacts: string;
  /** The run of the workflow. */
  readonly runId: string;
}

type Inputs = Readonly<Record<string, string>>;

/** What the actions that the workflows use do, as far as their steps depend on it. An action that is not here cannot be played. */
export const actions: Readonly<
  Record<string, (place: JobPlace, inputs: Inputs) => Promise<void> | void>
> = {
  "actions/checkout": checkOut,
  "actions/upload-artifact": upload,
  "actions/download-artifact": download,
  "actions/upload-pages-artifact": uploadPages,
  "actions/setup-node": () => undefined, // the machine has the version of .nvmrc
  "actions/deploy-pages": () => undefined,
};

/** The dependencies are those of this checkout. */
async function checkOut({ origin, sha, workspace }: JobPlace): Promise<void> {
  await execa("git", ["clone", "--quiet", "--no-checkout", origin, workspace]);
  await execa("git", ["fetch", "--quiet", "origin", sha], { cwd: workspace });
  await execa("git", ["checkout", "--quiet", "--detach", sha], { cwd: workspace });
  symlinkSync(join(checkout, "node_modules"), join(workspace, "node_modules"));
}

/** @see https://github.com/actions/upload-artifact#inputs */
function upload({ artifacts, runId, workspace }: JobPlace, inputs: Inputs): void {
  const { name = "", path = "" } = inputs;
  const source = join(workspace, path);
  if (!existsSync(source)) {
    if (inputs["if-no-files-found"] === "error") throw new Error(`No files were found: ${path}`);
    return;
  }
  cpSync(source, join(artifacts, runId, name), { recursive: true });
}

/** @see https://github.com/actions/upload-pages-artifact#usage */
function uploadPages({ workspace }: JobPlace, { path = "" }: Inputs): void {
  if (!existsSync(join(workspace, path, "index.html")))
    throw new Error(`There is no site: ${path}`);
}

/** By pattern, each artifact gets a folder of its name, and none is no error. @see https://github.com/actions/download-artifact#outputs */
function download(place: JobPlace, inputs: Inputs): void {
  const { artifacts, workspace } = place;
  const { "run-id": runId = place.runId, name, path = "", pattern = "" } = inputs;
  const run = join(artifacts, runId);
  const target = join(workspace, path);
  if (name !== undefined) {
    if (!existsSync(join(run, name))) throw new Error(`There is no artifact ${name}`);
    rmSync(target, { recursive: true, force: true });
    cpSync(join(run, name), target, { recursive: true });
    return;
  }
  const matching = existsSync(run) ? readdirSync(run).filter((it) => matches(pattern, it)) : [];
  for (const it of matching) {
    mkdirSync(target, { recursive: true });
    cpSync(join(run, it), join(target, it), { recursive: true });
  }
}

const matches = (pattern: string, name: string): boolean =>
  pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
