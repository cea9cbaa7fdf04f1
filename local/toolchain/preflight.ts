import { readFile, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { distributionRelease } from "./distribution.ts";
import { cniFolders, cniPluginNames, findNodePackages } from "./node-packages.ts";
import { firstExecutable, lookupContext } from "./path-lookup.ts";
import type { Recipe } from "./recipes.ts";
import { runChild } from "./run-child.ts";
import { pinDirectory } from "./sources.ts";
import { ToolchainError } from "./toolchain-error.ts";
import { oldestPython } from "./versions.ts";

/** The Go installation of this machine. */
export interface GoFacts {
  /** As in `go1.26.0`. */
  readonly version: string;
  /** Its `GOTOOLCHAIN` setting: with `auto` it fetches a newer compiler by itself. */
  readonly toolchain: string;
}

/** The Python installation of this machine. */
export interface PythonFacts {
  readonly executable: string;
  readonly version: string;
  /** Whether it can make virtual environments; Debian packages that part on its own. */
  readonly venv: boolean;
}

/** The package manager of this machine. */
export interface PackageFacts {
  /** As in `debian-12`. */
  readonly distribution: string;
  /** Whether packages can be fetched and laid out with apt-get and dpkg-deb. */
  readonly debian: boolean;
  /** What the packages would bring and the machine has not, by name. */
  readonly missing: readonly string[];
}

/** What a machine has. */
export interface MachineFacts {
  readonly go: GoFacts | undefined;
  readonly python: PythonFacts | undefined;
  /** Looked up only where packages are needed. */
  readonly packages?: PackageFacts | undefined;
  readonly freeMegabytes: number;
}

/** What a build, and the downloads beside it, need. */
export interface BuildNeeds {
  /** The oldest Go that will do, or undefined if none is needed. */
  readonly go: string | undefined;
  readonly python: boolean;
  /** Whether programs of the distribution's packages are needed. */
  readonly packages: boolean;
  readonly megabytes: number;
  /** Where the disk space is needed. */
  readonly directory: string;
  /**
   * Why releases cannot be had that would spare a build with Go, one sentence each.
   * @default []
   */
  readonly notes?: readonly string[];
}

/** Compares dotted versions by their numbers; what follows the numbers is not looked at. */
export function isAtLeast(version: string, oldest: string): boolean {
  const numbers = (text: string): number[] => (text.match(/\d+/g) ?? []).map(Number);
  const [have, want] = [numbers(version), numbers(oldest)];
  for (const [index, wanted] of want.entries()) {
    const difference = (have[index] ?? 0) - wanted;
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function goProblem(needed: string, go: GoFacts | undefined): string | undefined {
  const install = `install Go ${needed} or later from https://go.dev/dl or your package manager`;
  if (!go) return `Go is not on PATH; ${install}`;
  if (isAtLeast(go.version, needed)) return;

  // Since Go 1.21 the command fetches the compiler that a go.mod asks for, unless told not to.
  const fetchesNewer = isAtLeast(go.version, "1.21") && go.toolchain.endsWith("auto");
  if (!fetchesNewer) return `Go is ${go.version}, must be ${needed} or later; ${install}`;
  return;
}

function pythonProblem(python: PythonFacts | undefined): string | undefined {
  const install = `install Python ${oldestPython} or later with its venv module (on Debian and Ubuntu the packages python3 and python3-venv)`;
  if (!python) return `Python is not on PATH as python3; ${install}`;
  if (!isAtLeast(python.version, oldestPython)) {
    return `Python is ${python.version}, must be ${oldestPython} or later; ${install}`;
  }
  return python.venv ? undefined : `Python cannot make virtual environments; ${install}`;
}

function packagesProblem(facts: PackageFacts | undefined): string | undefined {
  if (!facts || facts.debian) return;
  const plugins = `the CNI plugins (${cniPluginNames.join(", ")}) in ${cniFolders.join(" or ")}`;
  return `real nodes need programs that this machine (${facts.distribution}) lacks: ${facts.missing.join(", ")}; apt-get and dpkg-deb are not on PATH to fetch them, so install them with the package manager of ${facts.distribution}, the programs on PATH and ${plugins}, or use simulated nodes`;
}

/** Disk space the way people say it: `1.5 GB`. */
export const gigabytes = (megabytes: number): string => `${(megabytes / 1000).toFixed(1)} GB`;

/** Names everything a machine lacks for a build, with what to do about it. */
export function missingPrerequisites(needs: BuildNeeds, facts: MachineFacts): string[] {
  const go = needs.go === undefined ? undefined : goProblem(needs.go, facts.go);
  const problems = [
    ...(go === undefined ? [] : (needs.notes ?? [])),
    go,
    needs.python ? pythonProblem(facts.python) : undefined,
    needs.packages ? packagesProblem(facts.packages) : undefined,
    facts.freeMegabytes >= needs.megabytes
      ? undefined
      : `${needs.directory} has ${gigabytes(facts.freeMegabytes)} of free disk space, must be at least ${gigabytes(needs.megabytes)} while the tools are installed; free some, or set PULUMI_KUBERNETES_SERVICES_CACHE to a folder on another disk`,
  ];
  return problems.filter((problem) => problem !== undefined);
}

/** Works out what building some recipes needs. */
export async function buildNeeds(
  recipes: readonly Recipe[],
  directory: string,
): Promise<BuildNeeds> {
  const goRecipes = recipes.filter((recipe) => recipe.kind === "go");
  const goVersions = await Promise.all(
    goRecipes.map(async (recipe) => {
      const text = await readFile(join(pinDirectory(recipe), "go.mod"), "utf8");
      return /^go (\S+)$/m.exec(text)?.[1] ?? "1.21";
    }),
  );
  return {
    go: goVersions.reduce<string | undefined>(
      (oldest, version) => (oldest && isAtLeast(oldest, version) ? oldest : version),
      undefined,
    ),
    python: recipes.some((recipe) => recipe.kind === "python"),
    packages: recipes.some((recipe) => recipe.kind === "debian"),
    megabytes: recipes.reduce((sum, recipe) => sum + recipe.buildMegabytes, 0),
    directory,
  };
}

/** Asks this machine's Go, outside any module, so that it answers for itself. */
async function goFacts(signal?: AbortSignal): Promise<GoFacts | undefined> {
  try {
    const args = ["env", "GOVERSION", "GOTOOLCHAIN"];
    const output = await runChild({ command: "go", args, cwd: tmpdir(), limitSeconds: 30, signal });
    const [version = "", toolchain = ""] = output.split("\n");
    return { version, toolchain };
  } catch {
    signal?.throwIfAborted();
    return;
  }
}

const pythonQuestion = `
import importlib.util, os, platform, sys
print(os.path.realpath(sys.executable))
print(platform.python_version())
print(all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")))
`;

async function pythonFacts(signal?: AbortSignal): Promise<PythonFacts | undefined> {
  try {
    const args = ["-c", pythonQuestion];
    const output = await runChild({ command: "python3", args, limitSeconds: 30, signal });
    const [executable = "", version = "", venv = ""] = output.split("\n");
    return { executable, version, venv: venv === "True" };
  } catch {
    signal?.throwIfAborted();
    return;
  }
}

async function packageFacts(cacheDirectory: string): Promise<PackageFacts> {
  const { folders } = lookupContext(process.env, cacheDirectory);
  const programs = ["apt-get", "dpkg-deb"].map((name) => firstExecutable(name, folders));
  const [found, { missing }] = await Promise.all([
    Promise.all(programs),
    findNodePackages(cacheDirectory),
  ]);
  return { distribution: distributionRelease(), debian: found.every(Boolean), missing };
}

/** The size of a folder as `du` tells it, or 0 where it cannot. */
async function megabytesIn(directory: string, signal?: AbortSignal): Promise<number> {
  try {
    const output = await runChild({
      command: "du",
      args: ["-sk", directory],
      limitSeconds: 120,
      signal,
    });
    return Number.parseInt(output, 10) / 1024;
  } catch {
    signal?.throwIfAborted();
    return 0;
  }
}

/**
 * Looks at this machine before anything is built. What an interrupted build left in
 * `buildDirectory` counts as free, because the build goes on with it.
 *
 * @throws ToolchainError naming everything that is missing.
 */
export async function checkPrerequisites(
  needs: BuildNeeds,
  buildDirectory: string,
  signal?: AbortSignal,
): Promise<MachineFacts> {
  const [go, python, packages, disk] = await Promise.all([
    needs.go === undefined ? undefined : goFacts(signal),
    needs.python ? pythonFacts(signal) : undefined,
    needs.packages ? packageFacts(needs.directory) : undefined,
    statfs(needs.directory),
  ]);
  let freeMegabytes = (disk.bavail * disk.bsize) / 1e6;
  if (freeMegabytes < needs.megabytes) freeMegabytes += await megabytesIn(buildDirectory, signal);

  const facts = { go, python, packages, freeMegabytes };
  const problems = missingPrerequisites(needs, facts);
  if (problems.length > 0) {
    throw new ToolchainError("Cannot install the local toolchain on this machine:", problems);
  }
  return facts;
}
