import * as pulumi from "@pulumi/pulumi";
import { clusterAccessOf } from "./access.ts";
import { connect, type KubernetesApis } from "./client.ts";

/** The connections of each run of a program, by how the cluster is reached. Pulumi's connection to the engine identifies the run. */
const runs = new WeakMap<object, Map<string, Promise<KubernetesApis>>>();

/**
 * The connection to the cluster of a component's objects. All components of a run share the connection to a cluster: a
 * kubeconfig is read once, and a command in it that fetches credentials runs once until they expire.
 *
 * @throws Error as {@link connect} does; the next call tries again
 */
export async function connectionOf(component: pulumi.ComponentResource): Promise<KubernetesApis> {
  const access = await clusterAccessOf(component);
  const run = pulumi.runtime.getMonitor() ?? runs;
  const connections = runs.get(run) ?? new Map<string, Promise<KubernetesApis>>();
  runs.set(run, connections);
  const key = JSON.stringify([access.kubeconfig, access.context, access.cluster]);
  const shared = connections.get(key) ?? connect(access);
  connections.set(key, shared);
  try {
    return await shared;
  } catch (error) {
    connections.delete(key);
    throw error;
  }
}
