import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Provider, type ProviderArgs } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { providerAccess, settled } from "../access.ts";
import { guardDeletions } from "../deletion/guard-deletions.ts";
import { engineRunsHooks, hookName } from "../engine-hooks.ts";
import { hookEveryObject } from "../object-hooks.ts";
import { checkUid, clusterUidOf, pinned, stated } from "./cluster-uid.ts";
import { addressOf, pinnedKubeconfig } from "./pinned-kubeconfig.ts";

/** The cluster that a stack may belong to. */
interface ClusterUidArgs {
  /**
   * The uid of the cluster's namespace `kube-system`, so that even a first deployment to another cluster fails:
   * `kubectl get namespace kube-system --output jsonpath={.metadata.uid}`.
   *
   * @default - the cluster of the first deployment
   */
  readonly clusterUid?: string;
}

/**
 * The arguments of {@link pinnedProvider}: those of a Kubernetes provider except `clusterIdentifier`, which it sets
 * itself.
 */
export interface PinnedProviderArgs
  extends Omit<ProviderArgs, "clusterIdentifier">,
    ClusterUidArgs {}

/** The arguments of {@link pinCluster}. */
export interface ClusterPinArgs extends ClusterUidArgs {
  /** The provider of the cluster. */
  readonly provider: Provider;
}

/**
 * Creates a provider that reaches only the cluster to which the stack was first deployed.
 *
 * The uid of the namespace `kube-system`, which exists as long as the cluster does, identifies a cluster. The first
 * update writes it into the stack's state. A command that runs the program and finds another uid fails before it
 * changes anything. A command that does not run the program, such as `pulumi refresh`, uses the provider from the
 * state, with the cluster's address and certificate authority, so that another cluster cannot answer. The state also
 * holds the user entry of the kubeconfig, encrypted.
 *
 * An object is deleted only if it is still the one that the provider created. The engine therefore requires `pulumi
 * destroy --run-program`.
 *
 * @param name - the provider's resource name; its record is named `NAME-pin`
 * @param args - how to reach the cluster; without a kubeconfig, the one that kubectl finds
 * @throws pulumi.RunError, as soon as the cluster is read, if it is another cluster or does not answer
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#uids
 */
export function pinnedProvider(name: string, args: PinnedProviderArgs = {}): Provider {
  const { cluster, clusterUid, context, kubeconfig, ...others } = args;
  if (!engineRunsHooks()) {
    // Without an engine there is no cluster to read.
    return new Provider(name, { ...others, kubeconfig: "" });
  }
  const content = pulumi.output({ cluster, context, kubeconfig }).apply(pinnedKubeconfig);
  content.apply(warnOfNoProof);
  const uid = pulumi.unsecret(content.apply(clusterUidOf));
  const { belongs, record } = recordOf(`${name}-pin`, uid, clusterUid);
  const checked = pulumi.all([content, belongs]).apply(([it]) => it);
  const provider = new Provider(
    name,
    { ...others, kubeconfig: pulumi.secret(checked), clusterIdentifier: belongs },
    { dependsOn: record },
  );
  guardDeletions(
    name,
    provider,
    checked.apply((it) => ({ kubeconfig: it })),
  );
  return provider;
}

/**
 * Ties a stack to the cluster to which it was first deployed, for providers that are created elsewhere. {@link
 * pinnedProvider} is stronger.
 *
 * A command that runs the program against another cluster fails. A command that does not run it, such as `pulumi
 * refresh`, uses the provider from the state; if that provider has no kubeconfig of its own, it may reach another
 * cluster.
 *
 * @param name - the record's resource name
 * @param args - the cluster
 * @throws pulumi.RunError, as soon as the cluster is read, if it is another cluster
 * @returns the record that other resources depend on
 */
export function pinCluster(
  name: string,
  { clusterUid, provider }: ClusterPinArgs,
): pulumi.Resource {
  const system = Namespace.get(`${name}-kube-system`, "kube-system", { provider });
  if (!engineRunsHooks()) {
    return new pulumi.Stash(name, { input: system.metadata.uid });
  }
  const { belongs, record } = recordOf(name, system.metadata.uid, clusterUid);
  const hook = new pulumi.ResourceHook(hookName(`${name}-right-cluster`), async () => {
    await settled(belongs);
  });
  hookEveryObject(provider, { beforeCreate: [hook], beforeUpdate: [hook], beforeDelete: [hook] });
  guardDeletions(name, provider, providerAccess(provider));
  return record;
}

/** The record of a stack's cluster, and the cluster's uid once it matches the record. */
interface Pin {
  readonly record: pulumi.Resource;
  readonly belongs: pulumi.Output<string>;
}

function recordOf(name: string, uid: pulumi.Output<string>, clusterUid: string | undefined): Pin {
  const input = uid.apply((found) => checkUid(found, stated(clusterUid)));
  // The uid of a rejected cluster is not recorded.
  const record = new pulumi.Stash(name, { input }, { ignoreChanges: ["input"] });
  // The first input ever; undefined if an update skips a record that does not exist yet.
  const output: pulumi.Output<string | undefined> = record.output;
  const belongs = pulumi
    .all([input, output])
    .apply(([found, first]) => checkUid(found, pinned(first)));
  return { record, belongs };
}

function warnOfNoProof(content: string): void {
  const { verified, server } = addressOf(content);
  if (!verified) {
    void pulumi.log.warn(
      `The cluster at ${server} has no verified certificate: pulumi refresh uses whatever cluster answers there`,
    );
  }
}
