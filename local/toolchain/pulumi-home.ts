import { createHash } from "node:crypto";
import { link, mkdir, rename, rm, stat, symlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { ToolName } from "./recipes.ts";
import { versions } from "./versions.ts";

/** Names the folder to give the engine as `PULUMI_HOME`, by the entries its programs come from. */
export function pulumiHomeFor(cacheDirectory: string, entryDirectories: readonly string[]): string {
  const names = entryDirectories.map((directory) => basename(directory)).join(" ");
  const digest = createHash("sha256").update(names).digest("hex").slice(0, 12);
  return join(cacheDirectory, "pulumi-home", `${versions.pulumi}-${digest}`);
}

// The folder in which npm's launcher `pulumi` and the Automation API look for this version.
const bin = join("versions", versions.pulumi, "bin");

const programs = {
  pulumi: join(bin, "pulumi"),
  "pulumi-language-nodejs": join(bin, "pulumi-language-nodejs"),
  "pulumi-resource-kubernetes": join(
    "plugins",
    `resource-kubernetes-v${versions.kubernetesProvider}`,
    "pulumi-resource-kubernetes",
  ),
} as const satisfies Partial<Record<ToolName, string>>;

/** A program the engine looks for in its home. */
export type HomeProgram = keyof typeof programs;

async function isPlaced(path: string, target: string): Promise<boolean> {
  try {
    const [here, there] = await Promise.all([stat(path), stat(target)]);
    return here.ino === there.ino && here.dev === there.dev;
  } catch {
    return false;
  }
}

/** Puts a name for a file in place at once, so that nobody ever finds it missing. */
async function place(make: typeof link | typeof symlink, target: string, path: string) {
  const temporary = `${path}.${process.pid}`;
  await mkdir(dirname(path), { recursive: true });
  await make(target, temporary);
  await rename(temporary, path);
  await rm(temporary, { force: true }); // rename leaves it if both name the same file
}

/**
 * Makes a program part of a `PULUMI_HOME` without copying it, and yields its path there.
 *
 * The engine takes its language host from the folder its own executable is in and a provider from
 * `plugins/`, as `pulumi plugin install` would leave it there. Found anywhere on PATH instead,
 * either makes it print a warning on every run. It looks through symbolic links to find its own
 * folder, which is why `pulumi` itself is a hard link.
 */
export async function placeInPulumiHome(
  home: string,
  program: HomeProgram,
  target: string,
): Promise<string> {
  const path = join(home, programs[program]);
  if (!(await isPlaced(path, target))) {
    await place(program === "pulumi" ? link : symlink, target, path);
  }
  return path;
}

/** Tells which program of a home a tool is, if it is one. */
export function isHomeProgram(tool: ToolName): tool is HomeProgram {
  return tool in programs;
}
