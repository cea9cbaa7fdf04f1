import { homedir } from "node:os";
import { join } from "node:path";
import { messageOf, UserError } from "../errors.ts";
import { report } from "../terminal.ts";

const REACHABLE_WITHIN_MILLISECONDS = 10_000;

/** A cluster that answers. */
export interface ReachableCluster {
  /** Path of the kubeconfig that has the context. */
  readonly kubeconfig: string;
  /** The uid of the namespace `kube-system`, by which one cluster is known from another. */
  readonly uid: string;
}

/**
 * Finds the context in the kubeconfig, shows which cluster it is and proves that it answers.
 *
 * @throws UserError when there is no such context, or nobody answers
 */
export async function reachableContext(name: string): Promise<ReachableCluster> {
  const { CoreV1Api, KubeConfig, VersionApi } = await import("@kubernetes/client-node");
  const config = new KubeConfig();
  try {
    config.loadFromDefault();
  } catch {
    // The cause is left out: a parser repeats what it could not read, and that may be a password.
    throw new UserError(
      `Cannot read the kubeconfig ${kubeconfigPath()}: it is no kubeconfig; correct it`,
    );
  }
  const names = config.getContexts().map((context) => context.name);
  if (!names.includes(name)) {
    throw new UserError(
      `Cannot use context "${name}": the kubeconfig has ${names.length === 0 ? "no context" : `only ${names.join(", ")}`}; ` +
        "give one of those, or set KUBECONFIG to the file that has it",
    );
  }
  config.setCurrentContext(name);
  const server = config.getCurrentCluster()?.server ?? "an unknown address";
  try {
    const answer = config.makeApiClient(VersionApi).getCode();
    const { gitVersion } = await within(REACHABLE_WITHIN_MILLISECONDS, answer);
    report(`Context "${name}": ${server}, Kubernetes ${gitVersion}`);
    const system = config.makeApiClient(CoreV1Api).readNamespace({ name: "kube-system" });
    const { metadata } = await within(REACHABLE_WITHIN_MILLISECONDS, system);
    return { kubeconfig: kubeconfigPath(), uid: metadata?.uid ?? "" };
  } catch (error) {
    throw new UserError(
      `Cannot reach the cluster of context "${name}" at ${server}: ${reason(error)}; check that it runs and that you may use it`,
    );
  }
}

async function within<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    const error = new Error(`no answer within ${milliseconds / 1000} s`);
    timer = setTimeout(() => reject(error), milliseconds);
  });
  return Promise.race([answer, limit]).finally(() => clearTimeout(timer));
}

function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return messageOf(cause).split("\n", 1)[0] ?? "";
}

/** As kubectl finds it: https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/ */
const kubeconfigPath = () => process.env["KUBECONFIG"] ?? join(homedir(), ".kube", "config");
