import { parseAllDocuments } from "yaml";
import { Backend } from "../../components/index.ts";
import { type Manifest, renderManifests } from "../../testing/index.ts";
import { applications } from "../shared/applications/index.ts";
import { command } from "./command.ts";
import { cells } from "./matrix/cells.ts";

/** The stacks of this checkout's program. */
const stacks = ["dev", "staging", "prod"];

/** What a program comes to without a cluster. */
export interface RenderedProgram {
  readonly name: string;
  readonly manifests: readonly Manifest[];
}

/** A stack of this checkout's program, as `npm run render` prints it. */
export async function renderedStack(stack: string): Promise<RenderedProgram> {
  const { exitCode, stderr, stdout } = await command(["render", "--stack", stack]);
  if (exitCode !== 0) throw new Error(`Cannot render ${stack}: ${stderr}`);
  const manifests = parseAllDocuments(stdout).map((document) => document.toJS() as Manifest);
  return { name: stack, manifests };
}

/** Every stack of this checkout's program. */
export const renderedStacks = (): Promise<RenderedProgram[]> =>
  Promise.all(stacks.map(renderedStack));

/** Every cell of the option matrix, in a namespace of its name. */
export async function renderedCells(): Promise<RenderedProgram[]> {
  const programs: RenderedProgram[] = [];
  for (const { build, name } of cells) {
    const declare = () => build(name, {});
    const manifests = await renderManifests(declare, { project: "matrix", stack: "dev" });
    programs.push({ name, manifests: manifests.map(withSecretData) });
  }
  return programs;
}

/** Every application that many people run, in a namespace of its name. */
export async function renderedApplications(): Promise<RenderedProgram[]> {
  const programs: RenderedProgram[] = [];
  for (const { args, name } of applications) {
    const program = () => {
      new Backend(name, { namespace: name, ...args });
    };
    const manifests = await renderManifests(program, { project: "applications", stack: "dev" });
    programs.push({ name, manifests: manifests.map(withSecretData) });
  }
  return programs;
}

/** A rendered Secret says in place of its data that it is not rendered, which is no base64. */
function withSecretData(manifest: Manifest): Manifest {
  const { data } = manifest as { readonly data?: object };
  if (manifest.kind !== "Secret" || data === undefined) return manifest;
  const values = Object.keys(data).map((key) => [key, "c2VjcmV0"]);
  return { ...manifest, data: Object.fromEntries(values) };
}
