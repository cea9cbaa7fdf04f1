import type { AppsV1Api, CoreV1Api, DiscoveryV1Api, KubeConfig } from "@kubernetes/client-node";
import type { LocalPaths } from "../paths.ts";
import type { Example } from "./example.ts";

/** What the steps work on. */
export interface World {
  /** The folder of the cluster. */
  readonly paths: LocalPaths;
  readonly config: KubeConfig;
  readonly core: CoreV1Api;
  readonly discovery: DiscoveryV1Api;
  readonly apps: AppsV1Api;
  /** What is deployed there. */
  readonly example: Example;
  /** Told what goes on. */
  readonly tell: (line: string) => void;
  /** Ends a step early. */
  readonly signal: AbortSignal | undefined;
}

/** What a caller decides about a {@link World}. */
export type WorldOptions = Pick<World, "example" | "tell" | "signal">;

/** Connects to the cluster of a folder. */
export async function openWorld(paths: LocalPaths, options: WorldOptions): Promise<World> {
  const { AppsV1Api, CoreV1Api, DiscoveryV1Api, KubeConfig } = await import(
    "@kubernetes/client-node"
  );
  const config = new KubeConfig();
  config.loadFromFile(paths.kubeconfig);
  return {
    ...options,
    paths,
    config,
    core: config.makeApiClient(CoreV1Api),
    discovery: config.makeApiClient(DiscoveryV1Api),
    apps: config.makeApiClient(AppsV1Api),
  };
}
