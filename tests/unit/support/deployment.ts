import { Backend, type BackendArgs } from "../../../components/index.ts";
import { smallest } from "./args.ts";
import { failureOf, runProgram } from "./run-program.ts";

/** Runs one Backend called `web`. */
export async function backendOf(args: Partial<BackendArgs>) {
  return runProgram(() => new Backend("web", { ...smallest, ...args }));
}

/** Runs one Backend called `web` and returns its Deployment's inputs. */
export async function deploymentOf(args: Partial<BackendArgs>) {
  return (await backendOf(args)).resource("apps/v1:Deployment", "web").inputs;
}

/** Runs one Backend called `web` and returns its Pods' spec. */
export async function podOf(args: Partial<BackendArgs>) {
  return (await deploymentOf(args)).spec.template.spec;
}

/** Runs one Backend called `web` and returns its container. */
export async function containerOf(args: Partial<BackendArgs>) {
  return (await podOf(args)).containers[0];
}

/** The message a Backend called `web` is refused with, after its heading. */
export async function refusalOf(args: Record<string, unknown>): Promise<string> {
  const { message } = await failureOf(
    () => new Backend("web", { ...smallest, ...args } as BackendArgs),
  );
  return message.replace('Cannot create Backend "web": ', "");
}
