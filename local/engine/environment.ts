import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { checkout, type LocalPaths } from "../paths.ts";
import type { Toolchain } from "../toolchain/ensure-toolchain.ts";

/** The tools an update needs on any cluster. */
export const engineTools = [
  "pulumi",
  "pulumi-language-nodejs",
  "pulumi-resource-kubernetes",
] as const;

/** The tools of {@link engineTools}, found. */
export type EngineToolchain = Toolchain<(typeof engineTools)[number]>;

/**
 * The environment in which `pulumi` works on the stacks of this folder: state in files, the secrets' passphrase in a file, the
 * kubeconfig, the engine's own programs and this checkout's Node first on the path.
 */
export function engineEnvironment(
  paths: LocalPaths,
  toolchain: EngineToolchain,
  kubeconfig: string,
): Record<string, string> {
  mkdirSync(paths.pulumiState, { recursive: true, mode: 0o700 });
  if (!existsSync(paths.pulumiPassphrase)) {
    writeFileSync(paths.pulumiPassphrase, randomBytes(32).toString("hex"), { mode: 0o600 });
  }
  const programs = [
    dirname(toolchain.paths.pulumi),
    dirname(toolchain.paths["pulumi-language-nodejs"]),
    join(checkout, "node_modules", ".bin"), // after the engine: it holds a launcher of the same name
  ];
  return {
    PATH: [...new Set(programs), process.env["PATH"] ?? ""].join(delimiter),
    KUBECONFIG: kubeconfig,
    PULUMI_HOME: toolchain.pulumiHome,
    PULUMI_BACKEND_URL: `file://${paths.pulumiState}`,
    PULUMI_CONFIG_PASSPHRASE_FILE: paths.pulumiPassphrase,
    // the stack's salt is in its state, not in Pulumi.<stack>.yaml: a started checkout stays clean in git
    PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER: "true",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    NODE_COMPILE_CACHE: join(paths.root, "compile-cache"),
  };
}
