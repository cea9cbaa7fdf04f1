import { lstat, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { writeAtomically } from "../files/atomic-file.ts";
import { aptText } from "../formats/apt.ts";
import { packagesFolder, systemLibrariesFile } from "./cache.ts";
import type { BuildPlace } from "./go-build.ts";
import { cniPluginNames, packagedCniFolder } from "./node-packages.ts";
import type { DebianRecipe } from "./recipes.ts";
import { type ChildCommand, ChildFailedError, runChild } from "./run-child.ts";
import { pinDirectory } from "./sources.ts";

/** Runs a command in the words of no language but English. */
type Run = (command: string, args: string[], env?: NodeJS.ProcessEnv) => Promise<string>;

const runIn =
  ({ signal }: BuildPlace): Run =>
  (command, args, env) => {
    const child: ChildCommand = { command, args, signal, limitSeconds: 900 };
    return runChild({ ...child, env: { ...process.env, LC_ALL: "C", ...env } });
  };

// Commands that a machine's own configuration has apt run around an update or an installation.
const hook = /^[\w:-]*(-Invoke|Hooks|Pre-Install-Pkgs)\b/;

/**
 * Writes a configuration with which apt keeps to one folder: the machine's own, with its sources,
 * proxies and preferences, but not what it has apt do to the machine.
 */
async function writeConfiguration(run: Run, folder: string): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, "state", "lists", "partial"), { recursive: true });
  await mkdir(join(folder, "cache", "archives", "partial"), { recursive: true });

  const dump = (await run("apt-config", ["dump"])).split("\n");
  const settings = {
    "Dir::Etc::main": "/dev/null", // It is in the dump, as are its parts.
    "Dir::Etc::parts": "/dev/null",
    "Dir::State": join(folder, "state"),
    "Dir::State::status": "/var/lib/dpkg/status", // What is installed need not be fetched.
    "Dir::Cache": join(folder, "cache"),
    "Debug::NoLocking": "true",
    "APT::Sandbox::User": "", // Another user could not write into this one's folder.
    "APT::Install-Recommends": "false",
    "Acquire::Retries": "3",
  };
  const kept = dump.filter((line) => !hook.test(line));
  const file = join(folder, "apt.conf");
  writeAtomically(file, `${kept.join("\n")}\n${aptText(settings)}`);
  return file;
}

/** Has apt fetch packages, and what they need besides what is installed; yields their files. */
async function download(run: Run, folder: string, packages: readonly string[]): Promise<string[]> {
  const env = { APT_CONFIG: await writeConfiguration(run, folder) };
  // A source that has nothing to do with the packages may well fail.
  const unfinished = await run("apt-get", ["--quiet", "update"], env).then(
    () => undefined,
    (error: unknown) => error,
  );
  // What is installed already must be in the entry too: its programs find their libraries there.
  const options = ["--quiet", "--yes", "--download-only", "--reinstall"];
  try {
    await run("apt-get", [...options, "install", ...packages], env);
  } catch (error) {
    throw unfinished instanceof ChildFailedError ? unfinished : error;
  }
  const archives = join(folder, "cache", "archives");
  const files = (await readdir(archives)).filter((name) => name.endsWith(".deb"));
  return files.map((name) => join(archives, name));
}

// One program with many names. Of the two that Debian has, the one that fills nftables.
const iptables = { names: /^ip6?tables(-save|-restore)?$/, program: "xtables-nft-multi" };

/** The executable of a tool, as a path inside the folder with the packages' files. */
async function programOf(tool: string, packages: string): Promise<string> {
  const name = iptables.names.test(tool) ? iptables.program : tool;
  for (const folder of ["usr/sbin", "usr/bin", "sbin", "bin"]) {
    // A link may lead out of the folder, to what is installed.
    const file = await lstat(join(packages, folder, name)).catch(() => undefined);
    if (file?.isFile()) return join(folder, name);
  }
  throw new Error(`None of the packages has the program ${name}`);
}

async function requireCniPlugins(packages: string): Promise<void> {
  const names = await readdir(join(packages, packagedCniFolder)).catch((): string[] => []);
  const missing = cniPluginNames.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    throw new Error(`None of the packages has the CNI plugins ${missing.join(", ")}`);
  }
}

/** The folders of a packages' entry that have libraries. */
export async function libraryFolders(packages: string): Promise<string[]> {
  const nested = ["usr/lib", "lib"].map(async (parent) => {
    const names = await readdir(join(packages, parent)).catch(() => []);
    return names.filter((name) => name.includes("-linux-")).map((name) => join(parent, name));
  });
  return (await Promise.all(nested)).flat().map((folder) => join(packages, folder));
}

/** The libraries that a program takes from this machine. */
async function systemLibraries(run: Run, packages: string, program: string): Promise<string[]> {
  const env = { LD_LIBRARY_PATH: (await libraryFolders(packages)).join(":") };
  const lines = (await run("ldd", [join(packages, program)], env)).split("\n");
  const missing = lines.filter((line) => line.includes("not found")).map((line) => line.trim());
  if (missing.length > 0) throw new Error(`${program} cannot run here: ${missing.join(", ")}`);
  const paths = lines.map((line) => /=> (\/\S+) \(/.exec(line)?.[1]);
  return paths.filter((path) => path !== undefined && !path.startsWith(packages)) as string[];
}

/**
 * Fetches a distribution's packages and lays out their files in an existing empty folder: nothing
 * is installed, and no root is needed. In `bin/` each tool has a script that runs it from there.
 */
export async function buildDebianRecipe(
  place: BuildPlace,
  recipe: DebianRecipe,
  output: string,
): Promise<void> {
  const run = runIn(place);
  const packages = join(output, packagesFolder);
  for (const file of await download(run, join(place.directory, "apt"), recipe.packages)) {
    await run("dpkg-deb", ["--extract", file, packages]);
  }

  await requireCniPlugins(packages);

  const script = await readFile(join(pinDirectory(recipe), "run.sh"), "utf8");
  const libraries = new Set<string>();
  await mkdir(join(output, "bin"));
  for (const tool of recipe.tools) {
    const program = await programOf(tool, packages);
    for (const path of await systemLibraries(run, packages, program)) libraries.add(path);
    const asTool = basename(program) === tool ? "" : ` ${tool}`;
    const path = join(output, "bin", tool);
    writeAtomically(path, script.replace('PROGRAM"', `${program}"${asTool}`), { mode: 0o755 });
  }
  writeAtomically(join(output, systemLibrariesFile), [...libraries].sort().join("\n"));
}
