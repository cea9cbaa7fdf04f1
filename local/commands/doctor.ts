import { existsSync } from "node:fs";
import { runDoctor } from "../../doctor/command-line.ts";
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

/** `npm run doctor`: finds what is wrong with a stack of this checkout. The exit code is the doctor's. */
export async function doctor(args: readonly string[]): Promise<void> {
  const stack = args.includes("--stack") ? [] : ["--stack", DEV_STACK];
  const paths = localPaths();
  if ([...args, ...stack].includes(DEV_STACK) && existsSync(paths.kubeconfig)) {
    const toolchain = await ensureToolchain({ tools: engineTools, report, show: movingLine() });
    delete process.env["PULUMI_CONFIG_PASSPHRASE"]; // it would win over the file
    const environment = engineEnvironment(paths, toolchain, paths.kubeconfig);
    Object.assign(process.env, environment, loadingFirst(leanProgram));
  }
  process.exitCode = await runDoctor([...stack, "--cwd", checkout, ...args]);
}
