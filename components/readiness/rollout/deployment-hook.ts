import * as pulumi from "@pulumi/pulumi";
import { knownValue } from "../../cluster/access.ts";
import { apiErrorText, isRefusal } from "../../cluster/api-error.ts";
import { connectionOf } from "../../cluster/connection.ts";
import { engineRunsHooks, hookName } from "../../cluster/engine-hooks.ts";
import { hushing } from "../../validation/secrets/hushing.ts";
import { type DeploymentName, observeDeployment } from "./deployment-observation.ts";
import { rolloutReasons } from "./rollout-left.ts";

/**
 * Options of a Backend's Deployment: how long to wait for it, and a hook that shows the reasons from its Pods beside
 * the provider's error if it does not become ready.
 */
export function readyInTime(
  component: pulumi.ComponentResource,
  { name, readyWithinSeconds }: { readonly name: string; readonly readyWithinSeconds: number },
): pulumi.CustomResourceOptions {
  const limit = `${readyWithinSeconds}s`;
  const customTimeouts = { create: limit, update: limit };
  if (!engineRunsHooks()) {
    return { customTimeouts };
  }
  const hook = new pulumi.ErrorHook(hookName(`${name}-reasons`), async ({ newInputs }) => {
    const metadata = (await knownValue<unknown>(newInputs?.["metadata"])) as
      | DeploymentName
      | undefined;
    if (metadata !== undefined) {
      await showReasons(component, name, metadata);
    }
    return false;
  });
  return { customTimeouts, hooks: { onError: [hook] } };
}

async function showReasons(
  component: pulumi.ComponentResource,
  name: string,
  metadata: DeploymentName,
): Promise<void> {
  const hush = await hushing(component);
  try {
    const observation = await observeDeployment(await connectionOf(component), metadata);
    const reasons = rolloutReasons(observation);
    if (reasons !== undefined) {
      await pulumi.log.error(hush(`Backend "${name}" is not ready: ${reasons}`), component);
    }
  } catch (error) {
    // The failure has its own error; this hook only explains it.
    if (!isRefusal(error)) {
      const text = `Cannot explain Backend "${name}": ${apiErrorText(error)}`;
      await pulumi.log.warn(hush(text), component);
    }
  }
}
