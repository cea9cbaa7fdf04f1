import { existsSync } from "node:fs";
import { basename, delimiter, dirname, isAbsolute, join, resolve } from "node:path";
import { execa } from "execa";
import { packagesFolder } from "./cache.ts";
import { libraryFolders } from "./debian-packages.ts";

/** What a program needs to run where nothing else is. */
export interface ProgramFiles {
  readonly executable: string;
  /** The program that puts it and its libraries together. */
  readonly loader: string;
  readonly libraries: readonly string[];
}

/**
 * Finds the files that make up a dynamically linked program of this machine.
 *
 * @param program - its path, or its name where it is on PATH; the script that runs a package's program stands for that program
 */
export async function filesOf(program: string): Promise<ProgramFiles> {
  const path = isAbsolute(program) ? program : onPath(program);
  const packages = resolve(dirname(path), "..", packagesFolder);
  const packaged = ["usr/sbin", "usr/bin", "sbin", "bin"]
    .map((folder) => join(packages, folder, basename(path)))
    .find((candidate) => existsSync(candidate));
  const executable = packaged ?? path;
  const folders = packaged === undefined ? [] : await libraryFolders(packages);
  const { stdout } = await execa("ldd", [executable], {
    extendEnv: false,
    env: { PATH: process.env["PATH"] ?? "", LC_ALL: "C", LD_LIBRARY_PATH: folders.join(":") },
  });
  const loader = /^\s+(\/\S+) \(0x/m.exec(stdout)?.[1];
  if (loader === undefined) throw new Error(`ldd told no loader of ${executable}`);
  const libraries = [...stdout.matchAll(/=> (\/\S+) \(0x/g)].map(([, library = ""]) => library);
  return { executable, loader, libraries };
}

function onPath(name: string): string {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${name} is not on PATH`);
  return found;
}
