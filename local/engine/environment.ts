import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { writeAtomically } from "../files/atomic-file.ts";
import { privateFolder } from "../files/private-folder.ts";
import { checkout, type LocalPaths } from "../paths.ts";
import type { Toolchain } from "../toolchain/ensure-toolchain.ts";
import { versions } from "../toolchain/versions.ts";

/** The tools an update needs on any cluster. */
export const engineTools = [
  "pulumi",
  "pulumi-language-nodejs",
  "pulumi-resource-kubernetes",
] as const;

/** The tools of {@link engineTools}, found. */
export type EngineToolchain = Toolchain<(typeof engineTools)[number]>;

/**
 * Passphrase of the dev stack. It goes with the salt in Pulumi.dev.yaml: Pulumi writes a salt of its own into that
 * file otherwise, at every first start (https://github.com/pulumi/pulumi/issues/8408), and a started checkout is to stay clean.
 */
const PASSPHRASE = "pulumi-kubernetes-services-local";

/** Another passphrase stays: somebody has encrypted with it. What was cut off while it was written is made whole. */
function ensurePassphrase(path: string): void {
  const before = existsSync(path) ? readFileSync(path, "utf8") : "";
  if (PASSPHRASE.startsWith(before.trim())) writeAtomically(path, PASSPHRASE);
}

/**
 * The environment in which `pulumi` works on the stacks of this folder: state in files, the secrets' passphrase in a file, the
 * kubeconfig, the engine's own programs and this checkout's Node first on the path.
 */
export function engineEnvironment(
  paths: LocalPaths,
  toolchain: EngineToolchain,
  kubeconfig: string,
): Record<string, string> {
  privateFolder(paths.pulumiState);
  ensurePassphrase(paths.pulumiPassphrase);
  const programs = [
    dirname(toolchain.paths.pulumi),
    join(checkout, "node_modules", ".bin"), // after the engine: it holds a launcher of the same name
  ];
  return {
    PATH: [...new Set(programs), process.env["PATH"] ?? ""].join(delimiter),
    KUBECONFIG: kubeconfig,
    PULUMI_HOME: toolchain.pulumiHome,
    PULUMI_VERSION: versions.pulumi, // for `npx pulumi`: its package is published later than the engine, and starts the engine of its own version otherwise
    PULUMI_BACKEND_URL: `file://${paths.pulumiState}`,
    PULUMI_CONFIG_PASSPHRASE_FILE: paths.pulumiPassphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    NODE_COMPILE_CACHE: join(paths.root, "compile-cache"),
  };
}

/** Keeps back what Pulumi's runtime for Node loads in vain. */
export const leanProgram = join(checkout, "local", "engine", "lean-program.cjs");

/**
 * The environment in which Node loads files before any program. It is apart from {@link engineEnvironment}, which people take into
 * their shells: there it would be for everything that Node runs.
 */
export const loadingFirst = (...paths: readonly string[]) => ({
  NODE_OPTIONS: [
    process.env["NODE_OPTIONS"] ?? "",
    ...paths.map((path) => `--require ${JSON.stringify(path)}`),
  ].join(" "),
});
