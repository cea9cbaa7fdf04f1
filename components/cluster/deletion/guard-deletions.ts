import type { Provider } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { type ClusterAccess, settled } from "../access.ts";
import { apiErrorText } from "../api-error.ts";
import { connect, type KubernetesApis } from "../client.ts";
import { hookName } from "../engine-hooks.ts";
import { hookEveryObject } from "../object-hooks.ts";
import { type DeletedObject, deletedObject, liveObject, titleOf } from "./deleted-object.ts";
import { watchDeletion } from "./explain-deletion.ts";

/**
 * Has every object that a provider makes from now on be looked at before it is deleted: where somebody has made it anew
 * meanwhile, it is not this stack's any more, and stays. A deletion that does not come to its end is explained.
 *
 * What this puts into the stack's state makes the engine refuse `pulumi destroy` without `--run-program`, since nobody would
 * look then.
 *
 * @param access - what leads to the provider's cluster
 * @see https://www.pulumi.com/docs/iac/concepts/options/hooks/
 */
export function guardDeletions(
  name: string,
  provider: Provider,
  access: pulumi.Output<ClusterAccess>,
): void {
  let connection: Promise<KubernetesApis | undefined> | undefined;
  const hook = new pulumi.ResourceHook(
    hookName(`${name}-still-ours`),
    async ({ oldOutputs, urn }) => {
      const object = await deletedObject(oldOutputs);
      connection ??= connected(access);
      const apis = await connection;
      // Of a cluster that a preview does not know yet there is nothing to delete.
      if (object === undefined || apis === undefined) return;
      const isThere = await checkIdentity(apis, object, urn);
      if (isThere && !pulumi.runtime.isDryRun()) watchDeletion(apis, object);
    },
    { onDryRun: true },
  );
  hookEveryObject(provider, { beforeDelete: [hook] });
}

async function connected(access: pulumi.Output<ClusterAccess>) {
  const known = await settled(access);
  return known === undefined ? undefined : connect(known);
}

/**
 * Looks whether an object is still the one that the stack has made.
 *
 * @returns whether it is there
 * @throws Error if it is another one, or nobody says which
 */
export async function checkIdentity(
  apis: Pick<KubernetesApis, "objects">,
  object: DeletedObject,
  urn: string,
): Promise<boolean> {
  const title = titleOf(object);
  const live = await liveObject(apis, object).catch((error) => {
    throw new Error(
      `Cannot delete ${title}: the cluster does not say which one it is, ${apiErrorText(error)}; let the kubeconfig's user get it`,
    );
  });
  const uid = live?.metadata?.uid;
  if (uid === undefined || uid === object.uid) return uid !== undefined;
  throw new Error(
    `Cannot delete ${title}: its uid is ${uid}, must be ${object.uid}, that of the one this stack has made; somebody has made it anew: ` +
      `leave it to them with pulumi state delete '${urn}', or make it this stack's with pulumi refresh --target '${urn}'`,
  );
}
