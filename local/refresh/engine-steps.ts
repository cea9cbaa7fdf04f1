import { cp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../errors.ts";
import type { ChildCommand } from "../toolchain/run-child.ts";
import { addressesIn, requires, withVersion } from "./edits.ts";
import { engine, launcher } from "./followed.ts";
import type { EngineVersions, PackageManifest } from "./plan.ts";
import { type Step, writePublic } from "./step.ts";

/** Where a refresh happens, and by what means. */
export interface RefreshPlace {
  /** The checkout. */
  readonly root: string;
  /** A folder of this refresh's own. */
  readonly work: string;
  /** Runs a command to its end and yields what it printed. */
  readonly run: (command: ChildCommand) => Promise<string>;
  /** Tells what a command says while it runs. */
  readonly report: (line: string) => void;
}

const GO_SECONDS = 900;
const NPM_SECONDS = 900;
const AGAIN = "run the same command again";

/** The steps that move the engine to other versions. */
export const engineSteps = (versions: EngineVersions, place: RefreshPlace): readonly Step[] => [
  moduleGraph(versions, place),
  versionOfEngine(versions, place),
  npmPackages(versions, place),
];

function moduleGraph({ engine: version }: EngineVersions, place: RefreshPlace): Step {
  const folder = join("local", "pins", engine.graph);
  const [goMod, goSum] = [join(folder, "go.mod"), join(folder, "go.sum")];
  return {
    name: `the module graph of Pulumi ${version}`,
    files: [goMod, goSum],
    cure: `see to it that Go can reach its proxy (go env GOPROXY) and is as new as the modules ask for, then ${AGAIN}`,
    run: async () => {
      const text = await readFile(join(place.root, goMod), "utf8");
      if (requires(text, engine.goModules, version)) return `${goMod} has ${version} already`;
      const copy = join(place.work, "graph");
      await rm(copy, { recursive: true, force: true });
      await cp(join(place.root, folder), copy, { recursive: true });
      // Its imports are among those that the graph is for.
      const host = join("local", "programs", "language-host");
      await cp(join(place.root, host), join(copy, "language-host"), { recursive: true });
      const env = {
        ...process.env,
        GOFLAGS: "-buildvcs=false -modcacherw", // so that the folder can be removed
        GOMODCACHE: join(place.work, "go-modules"),
        GOWORK: "off",
      };
      const go = (...args: string[]) =>
        place.run({ command: "go", args, cwd: copy, env, limitSeconds: GO_SECONDS });
      await go("get", ...engine.goModules.map((module) => `${module}@v${version}`));
      await go("mod", "tidy");
      for (const file of [goMod, goSum]) {
        const name = file === goMod ? "go.mod" : "go.sum";
        writePublic(join(place.root, file), await readFile(join(copy, name)));
      }
      return `${goMod} and its go.sum have ${version}`;
    },
  };
}

function versionOfEngine({ engine: version }: EngineVersions, { root }: RefreshPlace): Step {
  const file = join("local", "toolchain", "versions.ts");
  return {
    name: `the version of Pulumi to ${version}`,
    files: [file],
    cure: "mend that line by hand",
    run: async () => {
      const path = join(root, file);
      writePublic(path, withVersion(await readFile(path, "utf8"), engine.key, version));
      return `${file} has ${version}`;
    },
  };
}

function npmPackages(versions: EngineVersions, place: RefreshPlace): Step {
  const files = ["package.json", "package-lock.json"];
  const wanted = { [engine.npmPackage]: versions.engine, [launcher]: versions.launcher };
  const named = Object.entries(wanted).map(([name, version]) => `${name}@${version}`);
  return {
    name: `the packages ${named.join(" and ")}`,
    files,
    cure: `see to it that npm can reach its registry (npm ping), then ${AGAIN}`,
    run: async () => {
      const manifest: PackageManifest = JSON.parse(
        await readFile(join(place.root, "package.json"), "utf8"),
      );
      const isDone = Object.entries(wanted).every(
        ([name, version]) => manifest.devDependencies[name] === version,
      );
      if (!isDone) await lockPackages(named, files, place);
      // Also where a run before this one has locked them and was then ended.
      await place.run({
        command: process.execPath,
        args: [join("local", "install.cjs")],
        cwd: place.root,
        limitSeconds: NPM_SECONDS,
        onErrorLine: place.report,
      });
      return `package.json and package-lock.json have ${named.join(" and ")}`;
    },
  };
}

/** Lets npm find in a copy what the packages bring, and takes over what it has written once it is good. */
async function lockPackages(
  named: readonly string[],
  files: readonly string[],
  { root, run, work }: RefreshPlace,
): Promise<void> {
  const copy = join(work, "packages");
  await rm(copy, { recursive: true, force: true });
  for (const file of [...files, join("local", "node")]) {
    await cp(join(root, file), join(copy, file), { recursive: true });
  }
  const alone = ["--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"];
  const args = ["install", "--save-dev", "--save-exact", "--omit-lockfile-registry-resolved"];
  await run({
    command: "npm",
    args: [...args, ...alone, ...named],
    cwd: copy,
    limitSeconds: NPM_SECONDS,
  });
  const texts = await Promise.all(files.map((file) => readFile(join(copy, file), "utf8")));
  const [address] = texts.flatMap(addressesIn);
  if (address !== undefined) {
    throw new UserError(`npm wrote the address ${address} into package-lock.json, must be none`);
  }
  for (const [index, file] of files.entries()) writePublic(join(root, file), texts[index] ?? "");
}
