import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { checkout } from "../../../local/paths.ts";

/** A step of a job. */
export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** A job of a workflow, as far as it is played. */
export interface Job {
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly environment?: string | { readonly name: string };
  readonly permissions: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> };
  readonly steps: readonly Step[];
}

/** A workflow. */
export interface Workflow {
  readonly name: string;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Reads a workflow of this checkout, such as `preview`. */
export function readWorkflow(name: string): Workflow {
  return parse(readFileSync(join(checkout, ".github/workflows", `${name}.yml`), "utf8"));
}

/** One entry for each run of a job: the values of its matrix, which may be none. */
export function matrixOf({ strategy }: Job): readonly Readonly<Record<string, string>>[] {
  const axes = Object.entries(strategy?.matrix ?? {});
  return axes.reduce<readonly Readonly<Record<string, string>>[]>(
    (cells, [name, values]) =>
      cells.flatMap((cell) => values.map((value) => ({ ...cell, [name]: value }))),
    [{}],
  );
}

/** Every command of every workflow, once. */
export function allCommands(): readonly string[] {
  const files = globSync(join(checkout, ".github/workflows/*.yml"));
  const jobs = files.flatMap((file) => Object.values(readWorkflow(basename(file, ".yml")).jobs));
  const commands = jobs.flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
  return [...new Set(commands)].sort();
}
