import { execa } from "execa";
import { parseAllDocuments } from "yaml";
import { checkout } from "../../local/paths.ts";
import type { Manifest } from "../../testing/manifest.ts";
import { exampleNames, renderedExample } from "../shared/rendered-examples.ts";
import { guidePages } from "../unit/support/documents.ts";
import { examplesOf } from "../unit/support/examples.ts";
import { renderExample } from "../unit/support/run-example.ts";

/** The objects of one program. */
export interface JudgedProgram {
  readonly name: string;
  readonly manifests: readonly Manifest[];
}

/** Whether a component has made it. What else examples and guides show is the reader's own, and shown as short as it can be. */
const isOurs = ({ metadata }: Manifest): boolean =>
  "app.kubernetes.io/managed-by" in ((metadata["labels"] ?? {}) as object);

/** Everything that this checkout shows: the stacks of its program, the examples, and the programs in the guides. */
export async function judgedPrograms(): Promise<readonly JudgedProgram[]> {
  const stacks = await Promise.all(["dev", "staging", "prod"].map(stackOf));
  const examples: JudgedProgram[] = [];
  for (const name of exampleNames) {
    const { manifests } = await renderedExample(name);
    examples.push({ name: `examples/${name}`, manifests });
  }
  const shown = [...examples, ...(await guidePrograms())].map(({ manifests, name }) => ({
    name,
    manifests: manifests.filter(isOurs),
  }));
  return [...stacks, ...shown.filter(({ manifests }) => manifests.length > 0)];
}

/** A stack of this checkout's program, as `npm run render` prints it. */
async function stackOf(stack: string): Promise<JudgedProgram> {
  const { stdout } = await execa("node", ["local/main.ts", "render", "--stack", stack], {
    cwd: checkout,
  });
  const manifests = parseAllDocuments(stdout).map((document) => document.toJS() as Manifest);
  return { name: stack, manifests };
}

async function guidePrograms(): Promise<readonly JudgedProgram[]> {
  const all = guidePages().flatMap((page) => examplesOf(page));
  const programs: JudgedProgram[] = [];
  for (const example of all) {
    if ([example.refusal, example.tested, example.file].some((it) => it !== undefined)) continue;
    programs.push({ name: example.title, manifests: await renderExample(example) });
  }
  return programs;
}
