import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RefreshPlace } from "./engine-steps.ts";
import type { EngineVersions } from "./plan.ts";
import type { Step } from "./step.ts";

/** Building the engine is part of it. */
const RECORD_SECONDS = 3600;
const CHECK_SECONDS = 600;
const SCHEMA = join("tests", "unit", "package", "schema.golden.yaml");

/** The steps that record again what depends on the engine and is in the repository. */
export const goldenSteps = (
  { engine }: EngineVersions,
  release: string,
  place: RefreshPlace,
): readonly Step[] => [goldenStates(engine, release, place), goldenSchema(place)];

/** Which engine has written a state, as "v3.259.0". */
function writerOf(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8")).deployment?.manifest?.version;
}

/** Of the release to come alone: what earlier ones have left behind does not change any more. */
function goldenStates(version: string, release: string, place: RefreshPlace): Step {
  const { report, root, run } = place;
  const folder = join("tests", "golden", release);
  const states = readdirSync(join(root, folder)).map((it) => join(folder, it, "state.json"));
  return {
    name: `the states in ${folder} with Pulumi ${version}`,
    files: states,
    cure: "see what the new engine does differently, mend it, then run the same command again",
    run: async () => {
      const isDone = states.every((file) => writerOf(join(root, file)) === `v${version}`);
      if (isDone) return `The states in ${folder} are of Pulumi ${version} already`;
      const record = { command: process.execPath, args: ["tests/golden/record.ts", release] };
      const limits = { limitSeconds: RECORD_SECONDS, onErrorLine: report };
      await run({ ...record, ...limits, cwd: root });
      const biome = join(root, "node_modules", ".bin", "biome");
      const format = { command: biome, args: ["check", "--write", folder] };
      await run({ ...format, cwd: root, limitSeconds: CHECK_SECONDS });
      return `The states in ${folder} are recorded with Pulumi ${version}: look at what has changed (git diff ${folder})`;
    },
  };
}

function goldenSchema({ root, run }: RefreshPlace): Step {
  const vitest = join(root, "node_modules", ".bin", "vitest");
  return {
    name: `the schema in ${SCHEMA}`,
    files: [SCHEMA],
    cure: "see what has changed in how Pulumi reads the components, then run the same command again",
    run: async () => {
      const before = readFileSync(join(root, SCHEMA), "utf8");
      const args = ["run", "--project", "unit", "--update", "tests/unit/package"];
      await run({ command: vitest, args, cwd: root, limitSeconds: CHECK_SECONDS });
      const isSame = readFileSync(join(root, SCHEMA), "utf8") === before;
      return isSame
        ? `${SCHEMA} is the same`
        : `${SCHEMA} has changed: look at it (git diff ${SCHEMA})`;
    },
  };
}
