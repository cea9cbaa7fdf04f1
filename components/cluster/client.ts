import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type {
  AppsV1Api,
  CoreV1Api,
  DiscoveryV1Api,
  KubeConfig,
  KubernetesObjectApi,
} from "@kubernetes/client-node";
import type { ClusterAccess } from "./access.ts";

/** The parts of the Kubernetes API that are used. */
export interface KubernetesApis {
  /** Pods, Services and events. */
  readonly core: CoreV1Api;
  /** EndpointSlices. */
  readonly discovery: DiscoveryV1Api;
  /** Deployments. */
  readonly apps: AppsV1Api;
  /** Objects of any kind. */
  readonly objects: KubernetesObjectApi;
}

const clientLibrary = () => import("@kubernetes/client-node");

/** Loads the client library, beside something that takes longer; {@link connect} says what is wrong with it. */
export async function loadClient(): Promise<void> {
  await clientLibrary().catch(() => undefined);
}

/**
 * Connects to the cluster that Pulumi's provider uses. The client library is loaded here and not earlier, because
 * loading takes most of a second.
 *
 * @throws Error if the kubeconfig or the context does not exist. The message contains nothing from the kubeconfig.
 */
export async function connect(access: ClusterAccess): Promise<KubernetesApis> {
  const client = await clientLibrary();
  const config = load(access, new client.KubeConfig());
  return {
    core: config.makeApiClient(client.CoreV1Api),
    discovery: config.makeApiClient(client.DiscoveryV1Api),
    apps: config.makeApiClient(client.AppsV1Api),
    objects: client.KubernetesObjectApi.makeApiClient(config),
  };
}

/** Loads a kubeconfig as Pulumi's provider does. */
function load({ cluster, context, kubeconfig }: ClusterAccess, config: KubeConfig): KubeConfig {
  read(config, kubeconfig ?? "");
  if (context) {
    const names = config.getContexts().map(({ name }) => name);
    if (!names.includes(context)) {
      const there = names.length === 0 ? "none" : names.join(", ");
      throw new Error(`Cannot use context "${context}": the kubeconfig has ${there}`);
    }
    config.setCurrentContext(context);
  }
  const current = config.getCurrentContext();
  if (cluster) {
    config.contexts = config.contexts.map((it) => (it.name === current ? { ...it, cluster } : it));
  }
  if (!config.getCurrentCluster()) {
    throw new Error(`Cannot use context "${current}": the kubeconfig has no cluster for it`);
  }
  return config;
}

function read(config: KubeConfig, pathOrContent: string): void {
  if (pathOrContent === "") {
    config.loadFromDefault();
    return;
  }
  const path = pathOrContent.startsWith("~/")
    ? join(homedir(), pathOrContent.slice(2))
    : pathOrContent;
  try {
    if (existsSync(path)) {
      config.loadFromFile(path);
    } else {
      config.loadFromString(pathOrContent);
    }
    if (config.getContexts().length > 0) {
      return;
    }
  } catch {
    // The cause is omitted: a parser repeats the text that it could not read, which may be a password.
  }
  throw new Error(
    "Cannot read the provider's kubeconfig: it is neither a file with a context nor the content of one",
  );
}
