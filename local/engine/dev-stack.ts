import type { LocalPaths } from "../paths.ts";
import {
  type EngineToolchain,
  engineEnvironment,
  leanProgram,
  loadingFirst,
} from "./environment.ts";
import type { PulumiOptions } from "./run-pulumi.ts";
import { DEV_STACK, ensureStack } from "./stack.ts";

/** Makes the dev stack of a folder ready for an update of the cluster in the kubeconfig; returns how to run the engine on it. */
export async function openDevStack(
  paths: LocalPaths,
  toolchain: EngineToolchain,
  kubeconfig: string,
  signal: AbortSignal,
): Promise<Omit<PulumiOptions, "output">> {
  const environment = {
    ...engineEnvironment(paths, toolchain, kubeconfig),
    ...loadingFirst(leanProgram),
  };
  const engine = { pulumi: toolchain.paths.pulumi, environment, signal };
  await ensureStack(DEV_STACK, paths, engine);
  return engine;
}
