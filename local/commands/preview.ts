import { existsSync } from "node:fs";
import { runCommandLine } from "../../preview/commands/command-line.ts";
import {
  engineEnvironment,
  engineTools,
  leanProgram,
  loadingFirst,
} from "../engine/environment.ts";
import { DEV_STACK } from "../engine/stack.ts";
import { movingLine } from "../moving-line.ts";
import { checkout, localPaths } from "../paths.ts";
import { report } from "../terminal.ts";
import { ensureToolchain } from "../toolchain/ensure-toolchain.ts";

/** `npm run preview`: previews stacks of this checkout and judges them. The exit code is the gate's. */
export async function preview(args: readonly string[]): Promise<void> {
  const paths = localPaths();
  if (args.includes(DEV_STACK) && existsSync(paths.kubeconfig)) {
    const toolchain = await ensureToolchain({ tools: engineTools, report, show: movingLine() });
    delete process.env["PULUMI_CONFIG_PASSPHRASE"]; // it would win over the file
    const environment = engineEnvironment(paths, toolchain, paths.kubeconfig);
    Object.assign(process.env, environment, loadingFirst(leanProgram));
  }
  process.exitCode = await runCommandLine(["check", "--cwd", checkout, ...args]);
}
