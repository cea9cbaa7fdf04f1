import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import type { Provider } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { engineRunsHooks } from "./engine-hooks.ts";
import { configSecrets } from "./secrets/config-secrets.ts";
import { withoutSecrets } from "./secrets/without-secrets.ts";

/** What {@link pinCluster} needs. */
export interface ClusterPinArgs {
  /** The provider of the cluster. */
  readonly provider: Provider;
  /**
   * The uid that the cluster's namespace `kube-system` has, so that a first deployment elsewhere is refused as well:
   * `kubectl get namespace kube-system --output jsonpath={.metadata.uid}`.
   *
   * @default - the cluster of the first deployment is taken for the right one
   */
  readonly clusterUid?: string;
}

/**
 * Ties a stack to the cluster it was first deployed to, so that a kubeconfig that points elsewhere is refused, in preview too.
 *
 * A cluster is known by the uid of its namespace `kube-system`, which lives as long as the cluster does. The first update writes it
 * into the stack's state; a later preview or update that reads another uid fails, and the first one too where `clusterUid` says which
 * it must be. Let everything else depend on the result.
 *
 * @param name - resource name of the record
 * @param args - the cluster
 * @throws pulumi.RunError, once the cluster is read, where it is not the one that `clusterUid` says
 * @returns the record to depend on
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#uids
 */
export function pinCluster(name: string, args: ClusterPinArgs): pulumi.Resource {
  const { clusterUid, provider } = args;
  const system = Namespace.get(`${name}-kube-system`, "kube-system", { provider });
  const options = engineRunsHooks() ? { hooks: { beforeUpdate: [refusal(name)] } } : {};
  const uid = system.metadata.uid;
  const input =
    clusterUid === undefined || !engineRunsHooks()
      ? uid
      : uid.apply((found) => declared(found, clusterUid));
  return new pulumi.Stash(name, { input }, options);
}

/** Nothing is created before it is known that the cluster is the declared one. */
function declared(found: string, clusterUid: string): string {
  if (found === clusterUid) {
    return found;
  }
  const text =
    `Cannot deploy stack "${pulumi.getStack()}" to this cluster: its namespace kube-system has the uid ${found}, ` +
    `but clusterUid is ${JSON.stringify(clusterUid)}; point KUBECONFIG and the stack's context at that cluster, or correct clusterUid`;
  throw new pulumi.RunError(withoutSecrets(text, configSecrets()));
}

/** The record changes only when the cluster is another one; the record's old value is then the cluster the stack belongs to. */
function refusal(name: string): pulumi.ResourceHook {
  return new pulumi.ResourceHook(
    `${name}-refusal`,
    ({ oldInputs, newInputs }) => {
      const [pinned, found] = [oldInputs?.["input"], newInputs?.["input"]];
      if (pinned === found) return;
      throw new Error(
        `Cannot deploy stack "${pulumi.getStack()}" to this cluster: its namespace kube-system has the uid ${found}, ` +
          `but the stack belongs to the cluster where it is ${pinned}; point KUBECONFIG and the stack's context at that cluster, ` +
          "or use another stack for this one",
      );
    },
    { onDryRun: true },
  );
}
