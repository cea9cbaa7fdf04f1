import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { privateFolder } from "../../../local/files/private-folder.ts";
import { rememberedLater } from "../../../local/files/remembered.ts";
import { checkout, localPaths } from "../../../local/paths.ts";
import { digestOf } from "../../../local/processes/record.ts";
import { withFileLock } from "../../../local/toolchain/file-lock.ts";

/** The name under which consumers import the package. */
export const NAME = "pulumi-kubernetes-services";

/** Packages that a consumer has, by the folder they are in. */
export type Installed = Readonly<Record<string, string>>;

/** A folder in which a consumer's project is. */
export interface Consumer {
  readonly folder: string;
  readonly write: (name: string, content: string | object) => void;
  /** Runs a script of an installed package, or of the consumer's own; what fails is for the test to judge. */
  readonly run: (
    script: string,
    args?: readonly string[],
  ) => Promise<{ exitCode?: number | undefined; stdout: string; stderr: string }>;
}

/** What npm packs, and what it is built by. */
const PACKED = [
  "*.{md,json,ts}",
  "LICENSE",
  "docs/*.{json,md,svg,ts,yaml,yml}",
  "docs/!(api)/**/*.{json,md,svg,ts,yaml,yml}", // what is generated there is not packed
  "{bench/results,examples}/**/*.{json,md,svg,ts,yaml,yml}",
  "{components,doctor,plugin,policy,preview,testing,where}/**/*.{css,html,json,ts,tsx}",
  "local/{files,package}/*.ts",
];

/** What the package's types are made of, what consumers compile with them, and the test that has them compile it. */
export const COMPILED = [
  ...PACKED,
  "tests/engine/consumer-matrix.test.ts",
  "tests/engine/consumers/**/*.{json,ts}",
];

/**
 * Packs the package as it is released, into a folder, one at a time: packing builds it anew. What was packed of the same files is kept: the
 * compiler takes a quarter of a minute. @returns the path of the tarball
 */
export async function pack(folder: string): Promise<string> {
  const args = ["pack", "--silent", "--pack-destination", folder];
  const { root } = localPaths();
  privateFolder(root);
  return withFileLock(join(root, "pack.lock"), { waitSeconds: 300 }, async () => {
    let name = "";
    const question = { kind: "packed", about: "npm", files: PACKED };
    const { base64, file } = await rememberedLater(question, async () => {
      const { stdout } = await execa("npm", args, { cwd: checkout });
      name = stdout.split("\n").at(-1) ?? "";
      return { base64: readFileSync(join(folder, name), "base64"), file: name };
    });
    if (name === "") writeFileSync(join(folder, file), Buffer.from(base64, "base64"));
    return join(folder, file);
  });
}

/** What is installed in the checkout, by name. */
export const ofCheckout = (...names: readonly string[]): Installed =>
  Object.fromEntries(names.map((name) => [name, join(checkout, "node_modules", name)]));

/** Makes a folder with the package unpacked as npm does it, and with other packages beside it. The caller removes it. */
export async function makeConsumer(tarball: string, installed: Installed): Promise<Consumer> {
  const folder = mkdtempSync(join(tmpdir(), "consumer-"));
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, NAME), { recursive: true });
  for (const [name, target] of Object.entries(installed)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(target, join(modules, name));
  }
  // Everything in a tarball is under one folder.
  await execa("tar", ["-xzf", tarball, "--strip-components=1", "-C", join(modules, NAME)]);
  return consumerIn(folder);
}

/** A consumer whose packages are in place. */
export function consumerIn(folder: string, modules = join(folder, "node_modules")): Consumer {
  return {
    folder,
    write: (name, content) => {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(
        join(folder, name),
        typeof content === "string" ? content : JSON.stringify(content),
      );
    },
    run: (script, args = []) => {
      const own = join(folder, script);
      const path = existsSync(own) ? own : join(modules, script);
      return execa(process.execPath, [path, ...args], { cwd: folder, reject: false });
    },
  };
}

/** Compiles projects in a consumer's folder in one go. @returns what the compiler says */
export async function build(
  { folder }: Consumer,
  compiler: string,
  names: readonly string[],
): Promise<string> {
  const args = [join(compiler, "bin/tsc"), "--build", ...names];
  const options = { cwd: folder, reject: false } as const;
  const { exitCode, signal, stdout } = await execa(process.execPath, args, options);
  if (exitCode === undefined) throw new Error(`The compiler was ended by ${signal}`);
  return stdout;
}

/** Installs what a lock file in this folder names, once for all runs of this checkout. @returns its folder */
export async function installed(name: string): Promise<string> {
  const source = join(import.meta.dirname, name);
  const digest = digestOf(readFileSync(join(source, "package-lock.json"), "utf8"));
  const parent = join(localPaths().root, "consumers");
  const folder = join(parent, `${name}-${digest}`);
  const stamp = join(folder, ".installed");
  if (existsSync(stamp)) return folder;
  privateFolder(parent);
  for (const other of readdirSync(parent).filter((it) => it.startsWith(`${name}-`))) {
    rmSync(join(parent, other), { recursive: true, force: true });
  }
  cpSync(source, folder, { recursive: true });
  await execa("npm", ["ci", ...QUIET], { cwd: folder });
  writeFileSync(stamp, "");
  return folder;
}

/** Has npm install the package into the folder of {@link installed} packages, from a tarball or a repository. */
export async function installInto(name: string, source: string): Promise<Consumer> {
  const folder = await installed(name);
  // The one of an earlier run has the same version, and npm might leave it.
  rmSync(join(folder, "node_modules", NAME), { recursive: true, force: true });
  // A package from a repository is built by its own script.
  const quiet = QUIET.filter((option) => option !== "--ignore-scripts");
  const args = ["install", "--no-save", "--no-package-lock", ...quiet, source];
  await execa("npm", args, { cwd: folder });
  return consumerIn(folder);
}

/** What the package of a consumer consists of: the digest of each file by its path. */
export function contentOf({ folder }: Consumer): Record<string, string> {
  const root = join(folder, "node_modules", NAME);
  const files = globSync("**/*", { cwd: root, exclude: ["node_modules"] })
    .filter((path) => statSync(join(root, path)).isFile())
    .sort();
  return Object.fromEntries(
    files.map((path) => [path, digestOf(readFileSync(join(root, path), "utf8"))]),
  );
}

/** Options of npm by which it installs, asks nothing and runs nobody's scripts. */
export const QUIET = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"] as const;
