import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { checkout } from "../../local/paths.ts";
import { NAME, pack } from "./consumers/consumer.ts";

/** What the packed package imports. */
const DEPENDENCIES = ["@kubernetes", "@pulumi", "yaml"];

/** Installs what npm packs into a folder, beside the dependencies of this checkout. */
export async function installPackedPackage(folder: string): Promise<void> {
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, NAME), { recursive: true });
  for (const name of DEPENDENCIES) {
    symlinkSync(join(checkout, "node_modules", name), join(modules, name));
  }
  const tarball = await pack(folder);
  await execa("tar", ["-xzf", tarball, "--strip-components=1", "-C", join(modules, NAME)]);
}

/** The plugin of an installed package, from the folder in which it is installed. */
export const PLUGIN = `node_modules/${NAME}/dist/plugin`;
