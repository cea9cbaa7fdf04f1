import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { checkout } from "../../local/paths.ts";

const NAME = "pulumi-kubernetes-services";

/** What the packed package imports. */
const DEPENDENCIES = ["@kubernetes", "@pulumi", "yaml"];

/** Installs what npm packs into a folder, beside the dependencies of this checkout. */
export async function installPackedPackage(folder: string): Promise<void> {
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, NAME), { recursive: true });
  for (const name of DEPENDENCIES) {
    symlinkSync(join(checkout, "node_modules", name), join(modules, name));
  }
  const pack = ["pack", "--silent", "--pack-destination", folder];
  const { stdout } = await execa("npm", pack, { cwd: checkout });
  const tarball = join(folder, stdout.split("\n").at(-1) ?? "");
  await execa("tar", ["-xzf", tarball, "--strip-components=1", "-C", join(modules, NAME)]);
}

/** The plugin of an installed package, from the folder in which it is installed. */
export const PLUGIN = `node_modules/${NAME}/dist/plugin`;
