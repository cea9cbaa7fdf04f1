import { join } from "node:path";
import { type Entry, packagesFolder } from "./cache.ts";
import { firstExecutable, lookupContext } from "./path-lookup.ts";
import { type PackagedToolName, packagedToolNames } from "./recipes.ts";

/** Where distributions and their packages put CNI plugins. */
export const cniFolders: readonly string[] = ["/opt/cni/bin", "/usr/lib/cni"];

/** The CNI plugins that a node's network is made with. */
export const cniPluginNames: readonly string[] = ["ptp", "host-local", "loopback"];

/** Where Debian's package has them. */
export const packagedCniFolder = "usr/lib/cni";

/** The folder with the CNI plugins inside the packages' entry. */
export const cniPluginsIn = (entry: Entry): string =>
  join(entry.directory, packagesFolder, packagedCniFolder);

/** What is installed of the programs of real nodes that come from a distribution's packages. */
export interface NodePackages {
  readonly paths: Readonly<Partial<Record<PackagedToolName, string>>>;
  /** The folder with the CNI plugins, if one has all that are needed. */
  readonly cniPlugins: string | undefined;
  /** The names of the programs that are not on PATH, and of the plugins if no folder has all. */
  readonly missing: readonly string[];
}

/**
 * Looks for what the packages would bring. It belongs together (a runtime with its shim, a
 * firewall's programs with one another), so callers use all of it or nothing.
 */
export async function findNodePackages(
  cacheDirectory: string,
  env: NodeJS.ProcessEnv = process.env,
  pluginFolders: readonly string[] = cniFolders,
): Promise<NodePackages> {
  const { folders } = lookupContext(env, cacheDirectory);
  const paths: Partial<Record<PackagedToolName, string>> = {};
  for (const tool of packagedToolNames) {
    const path = await firstExecutable(tool, folders);
    if (path) paths[tool] = path;
  }

  let cniPlugins: string | undefined;
  for (const folder of pluginFolders) {
    const found = await Promise.all(cniPluginNames.map((name) => firstExecutable(name, [folder])));
    if (found.every(Boolean)) cniPlugins ??= folder;
  }
  const missing = [
    ...packagedToolNames.filter((tool) => !paths[tool]),
    ...(cniPlugins === undefined ? cniPluginNames : []),
  ];
  return { paths, cniPlugins, missing };
}
