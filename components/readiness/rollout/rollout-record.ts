import { createHash } from "node:crypto";
import type { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import type { apps } from "@pulumi/kubernetes/types/input.js";
import * as pulumi from "@pulumi/pulumi";
import { clusterAccessOf, knownValue } from "../../cluster/access.ts";
import { connect } from "../../cluster/client.ts";
import { engineRunsHooks, hookName } from "../../cluster/engine-hooks.ts";
import { hushing } from "../../validation/secrets/hushing.ts";
import { awaitRollout, UnseenRolloutError } from "./await-rollout.ts";
import { factsOf } from "./deployment-observation.ts";

/** A Deployment whose rollout is to be complete when the update ends. */
export interface UnprovedRollout {
  readonly name: string;
  readonly readyWithinSeconds: number;
  /** The Backend. */
  readonly component: pulumi.ComponentResource;
  readonly deployment: Deployment;
  /** What the program states of it. */
  readonly manifest: apps.v1.Deployment;
}

/**
 * Records that a Deployment's rollout is complete. Pulumi's provider waits for that too, but it may look at what the
 * cluster said before the change, and find that complete: when a template comes back that was there before, and when
 * several Deployments of a namespace change at once. The record's hooks wait for the evidence before it is written: as
 * long as there is none, the next update asks again, and once there is, nothing is asked until the program states another
 * Deployment.
 */
export function recordRollout(unproved: UnprovedRollout): void {
  const { component, deployment, manifest, name } = unproved;
  // Without hooks there is nobody who could prove anything.
  if (!engineRunsHooks() || skipsAwait(manifest)) {
    return;
  }
  const digest = pulumi.output(manifest.spec).apply((spec) =>
    createHash("sha256")
      .update(JSON.stringify(spec) ?? "")
      .digest("hex"),
  );
  const input = {
    namespace: deployment.metadata.namespace,
    name: deployment.metadata.name,
    uid: deployment.metadata.uid,
    digest,
  };
  const options = { parent: component, dependsOn: deployment, hooks: hooksOf(unproved) };
  new pulumi.Stash(`${name}-rolled-out`, { input }, options);
}

/** Whether a patch asks that nobody waits: https://github.com/pulumi/pulumi-kubernetes/pull/417 */
function skipsAwait({ metadata }: apps.v1.Deployment): boolean {
  const { annotations } = (metadata ?? {}) as { annotations?: Record<string, unknown> };
  return annotations?.["pulumi.com/skipAwait"] === "true";
}

interface RolledOut {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

function hooksOf({ component, name, readyWithinSeconds }: UnprovedRollout) {
  const hook = new pulumi.ResourceHook(hookName(`${name}-rolled-out`), async ({ newInputs }) => {
    const hush = await hushing(component);
    const progress = (text: string) => void pulumi.log.info(hush(text), component, undefined, true);
    const record = (await knownValue<unknown>(newInputs?.["input"])) as RolledOut;
    try {
      const see = await seeing(component, record);
      await awaitRollout(see, { uid: record.uid, seconds: readyWithinSeconds, progress });
    } catch (error) {
      const { message } = error as Error;
      if (!(error instanceof UnseenRolloutError)) {
        const late = `Backend "${name}" is not rolled out within ${readyWithinSeconds} s: ${message}`;
        throw new Error(hush(late));
      }
      // The provider has waited too, though not always for long enough.
      const text = `Cannot see whether Backend "${name}" is rolled out, the provider says so: ${message}`;
      await pulumi.log.warn(hush(text), component);
    }
  });
  return { beforeCreate: [hook], beforeUpdate: [hook] };
}

async function seeing(component: pulumi.ComponentResource, where: RolledOut) {
  try {
    const apis = await connect(await clusterAccessOf(component));
    return () => factsOf(apis, where);
  } catch (error) {
    throw new UnseenRolloutError((error as Error).message);
  }
}
