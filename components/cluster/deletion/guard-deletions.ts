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
 * Checks every object that a provider creates from now on before its deletion. If somebody has recreated the object in
 * the meantime, it no longer belongs to this stack and is kept. A deletion that does not finish is explained.
 *
 * The hooks in the stack's state make the engine reject `pulumi destroy` without `--run-program`, which could not run
 * them.
 *
 * @param access - how to reach the provider's cluster
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
      // A cluster that a preview does not know yet has nothing to delete.
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
 * Checks that an object is still the one that the stack created.
 *
 * @returns whether the object exists
 * @throws Error if it is another object, or if the cluster cannot be read
 */
export async function checkIdentity(
  apis: Pick<KubernetesApis, "objects">,
  object: DeletedObject,
  urn: string,
): Promise<boolean> {
  const title = titleOf(object);
  const live = await liveObject(apis, object).catch((error) => {
    throw new Error(
      `Cannot delete ${title}: the cluster does not show which object it is, ${apiErrorText(error)}; allow the kubeconfig's user to get it`,
    );
  });
  const uid = live?.metadata?.uid;
  if (uid === undefined || uid === object.uid) return uid !== undefined;
  throw new Error(
    `Cannot delete ${title}: its uid is ${uid}, must be ${object.uid}, the uid of the object that this stack created; somebody has recreated it: ` +
      `leave it to them with pulumi state delete '${urn}', or take it over with pulumi refresh --target '${urn}'`,
  );
}
