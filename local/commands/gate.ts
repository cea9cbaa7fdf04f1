import { existsSync } from "node:fs";
import { join } from "node:path";
import { runCommandLine } from "../../preview/commands/command-line.ts";
import {
  engineEnvironment,
  engineTools,
  leanProgram,
  loadingFirst,
} from "../engine/environment.ts";
import { DEV_STACK, PROJECT } from "../engine/stack.ts";
import { movingLine } from "../moving-line.ts";
import { checkout, localPaths } from "../paths.ts";
import { report } from "../terminal.ts";
import { ensureToolchain } from "../toolchain/ensure-toolchain.ts";
import { versions } from "../toolchain/versions.ts";

/** The policy pack of this checkout's program, which must run on every object. */
const POLICIES = ["--policy-pack", join(checkout, "policies"), "--require-policy", PROJECT];

/** `npm run preview`: previews stacks of this checkout and judges them. The exit code is the gate's. */
export const preview = (args: readonly string[]): Promise<void> => gate("check", args);

/** `npm run up`: updates a stack of this checkout as it was approved. The exit code is the gate's. */
export const up = (args: readonly string[]): Promise<void> => gate("up", args);

async function gate(command: "check" | "up", args: readonly string[]): Promise<void> {
  const paths = localPaths();
  // npm's launcher "pulumi" starts this version, the tested one, and downloads it where it is missing.
  process.env["PULUMI_VERSION"] ??= versions.pulumi;
  if (args.includes(DEV_STACK) && existsSync(paths.kubeconfig)) {
    const toolchain = await ensureToolchain({ tools: engineTools, report, show: movingLine() });
    delete process.env["PULUMI_CONFIG_PASSPHRASE"]; // it would win over the file
    const environment = engineEnvironment(paths, toolchain, paths.kubeconfig);
    Object.assign(process.env, environment, loadingFirst(leanProgram));
  }
  process.exitCode = await runCommandLine([command, "--cwd", checkout, ...POLICIES, ...args]);
}
