import { existsSync } from "node:fs";
import { movingLine } from "../moving-line.ts";
import { localPaths } from "../paths.ts";
import { report } from "../terminal.ts";
import { ensureToolchain } from "../toolchain/ensure-toolchain.ts";
import { engineEnvironment, engineTools, leanProgram, loadingFirst } from "./environment.ts";
import { DEV_STACK } from "./stack.ts";

/** Arguments that name a stack: these, or these with the dev stack. */
export const orDevStack = (args: readonly string[]): readonly string[] =>
  args.some((it) => it === "--stack" || it.startsWith("--stack="))
    ? args
    : ["--stack", DEV_STACK, ...args];

/** Whether arguments name the dev stack. */
export const namesDevStack = (args: readonly string[]): boolean =>
  args.some((it) => it === DEV_STACK || it === `--stack=${DEV_STACK}`);

/** Lets the engine that this process runs work on the embedded cluster, if the arguments name its stack and it was started. */
export async function useDevEngine(args: readonly string[]): Promise<void> {
  const paths = localPaths();
  if (!namesDevStack(args) || !existsSync(paths.kubeconfig)) return;
  const toolchain = await ensureToolchain({ tools: engineTools, report, show: movingLine() });
  delete process.env["PULUMI_CONFIG_PASSPHRASE"]; // it would win over the file
  const environment = engineEnvironment(paths, toolchain, paths.kubeconfig);
  Object.assign(process.env, environment, loadingFirst(leanProgram));
}
