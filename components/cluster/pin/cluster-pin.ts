import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Provider, type ProviderArgs } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { providerAccess, settled } from "../access.ts";
import { guardDeletions } from "../deletion/guard-deletions.ts";
import { engineRunsHooks, hookName } from "../engine-hooks.ts";
import { hookEveryObject } from "../object-hooks.ts";
import { checkUid, clusterUidOf, pinned, stated } from "./cluster-uid.ts";
import { addressOf, pinnedKubeconfig } from "./pinned-kubeconfig.ts";

/** Which cluster a stack may belong to. */
interface ClusterUidArgs {
  /**
   * The uid that the cluster's namespace `kube-system` has, so that a first deployment elsewhere is refused as well:
   * `kubectl get namespace kube-system --output jsonpath={.metadata.uid}`.
   *
   * @default - the cluster of the first deployment is taken for the right one
   */
  readonly clusterUid?: string;
}

/** What {@link pinnedProvider} needs: what a provider of Kubernetes takes, but for `clusterIdentifier`, which it sets. */
export interface PinnedProviderArgs
  extends Omit<ProviderArgs, "clusterIdentifier">,
    ClusterUidArgs {}

/** What {@link pinCluster} needs. */
export interface ClusterPinArgs extends ClusterUidArgs {
  /** The provider of the cluster. */
  readonly provider: Provider;
}

/**
 * A provider that reaches the cluster the stack was first deployed to, and no other.
 *
 * A cluster is known by the uid of its namespace `kube-system`, which lives as long as the cluster does. The first update writes it
 * into the stack's state. Whatever runs the program and finds another uid is refused before it has touched anything. What does
 * not run it, such as `pulumi refresh`, uses the provider as the state has it: with the cluster's address and certificate
 * authority, so that another cluster cannot answer. The user's entry of the kubeconfig is kept there too, encrypted.
 *
 * Objects that the provider makes are deleted only while they are the ones that it has made, which is why the engine wants
 * `pulumi destroy --run-program`.
 *
 * @param name - resource name of the provider; that of the record is `NAME-pin`
 * @param args - what leads to the cluster; without a kubeconfig, it is the one that kubectl finds
 * @throws pulumi.RunError, once the cluster is asked, where it is another one or does not answer
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#uids
 */
export function pinnedProvider(name: string, args: PinnedProviderArgs = {}): Provider {
  const { cluster, clusterUid, context, kubeconfig, ...others } = args;
  if (!engineRunsHooks()) {
    // No cluster is asked where there is no engine.
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
 * Ties a stack to the cluster it was first deployed to, where the provider is made elsewhere: {@link pinnedProvider} is stronger.
 *
 * Whatever runs the program and finds the cluster to be another one is refused. What does not run it, such as `pulumi refresh`,
 * goes where the provider in the state leads, which is another cluster where that provider has no kubeconfig of its own.
 *
 * @param name - resource name of the record
 * @param args - the cluster
 * @throws pulumi.RunError, once the cluster is read, where it is another one
 * @returns the record to depend on
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

/** What a stack's state says about its cluster, and the uid of the cluster once it is known to be that one. */
interface Pin {
  readonly record: pulumi.Resource;
  readonly belongs: pulumi.Output<string>;
}

function recordOf(name: string, uid: pulumi.Output<string>, clusterUid: string | undefined): Pin {
  const input = uid.apply((found) => checkUid(found, stated(clusterUid)));
  // A refused cluster is not written down.
  const record = new pulumi.Stash(name, { input }, { ignoreChanges: ["input"] });
  // The first input ever; undefined where an update leaves out a record that is not there yet.
  const output: pulumi.Output<string | undefined> = record.output;
  const belongs = pulumi
    .all([input, output])
    .apply(([found, first]) => checkUid(found, pinned(first)));
  return { record, belongs };
}

function warnOfNoProof(content: string): void {
  const { proved, server } = addressOf(content);
  if (!proved) {
    void pulumi.log.warn(
      `The cluster at ${server} has no certificate that is checked: pulumi refresh goes to whoever answers there`,
    );
  }
}
