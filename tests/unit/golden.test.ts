import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ExportedState } from "../golden/state.ts";
import { runProgram } from "./support/run-program.ts";

// What tests/engine/golden.test.ts proves on a real engine, in a second and with the reason of a failure.
const releases = join(import.meta.dirname, "..", "golden");
const programs = readdirSync(releases, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => readdirSync(join(releases, name)).map((program) => join(name, program)));

const BROKEN =
  "Stacks of this release have each of these: under another type, name or parent it would be deleted and created anew unless the child has an alias, " +
  "under another object name or selector a Deployment would be replaced, and with another selector a Service would lose its Pods";

test.each(programs)(
  "components: keep the types, names and selectors of release %s",
  async (program) => {
    const golden: ExportedState = JSON.parse(
      readFileSync(join(releases, program, "state.json"), "utf8"),
    );
    const released = golden.deployment.resources
      .filter(({ parent, type }) => isContract(type, parent))
      .map(({ inputs, parent, type, urn }) => contractOf(type, nameIn(urn), parent, inputs));

    const { resources } = await runProgram(() => import(join(releases, program, "index.ts")));

    const now = resources.map((it) => contractOf(it.type, it.name, it.parentUrn, it.inputs));
    expect(released.filter((line) => line.includes("selects")).length).toBeGreaterThan(3);
    // Children that are new since are no breach.
    expect(
      released.filter((line) => !now.includes(line)),
      BROKEN,
    ).toEqual([]);
  },
);

/** What a stack finds its resource by, and what the cluster finds the Pods by. */
// biome-ignore lint/suspicious/noExplicitAny: objects of any kind
function contractOf(type: string, name: string, parent: string | undefined, inputs: any): string {
  const { podSelector, selector } = inputs?.spec ?? {};
  const selected = podSelector ?? selector;
  return [
    `${isStack(parent) ? "" : `${nameIn(parent)} > `}${type} ${name}`,
    ...(inputs?.metadata === undefined ? [] : [`is ${inputs.metadata.name}`]),
    ...(selected === undefined ? [] : [`selects ${JSON.stringify(selected)}`]),
  ].join(", ");
}

/** Where no engine runs there are none: tests/engine/golden.test.ts sees them. */
const RECORD = "pulumi:index:Stash";

/** Components and their children; the rest of a program is its own. */
function isContract(type: string, parent: string | undefined): boolean {
  if (type === RECORD) return false;
  return type.startsWith("pulumi-kubernetes-services:") || !isStack(parent);
}

const isStack = (urn = "") => urn === "" || urn.includes("pulumi:pulumi:Stack");
const nameIn = (urn = "") => urn.split("::").at(3) ?? "";
