import { createHash } from "node:crypto";
import type { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import type { apps } from "@pulumi/kubernetes/types/input.js";
import * as pulumi from "@pulumi/pulumi";
import { knownValue } from "../../cluster/access.ts";
import { connectionOf } from "../../cluster/connection.ts";
import { engineRunsHooks } from "../../cluster/engine-hooks.ts";
import { createGate, type Report } from "../gate.ts";
import { awaitRollout, type RolloutSource, UnseenRolloutError } from "./await-rollout.ts";
import { type DeploymentName, explainedBy } from "./deployment-observation.ts";

const DIGEST_BYTES = 16;

/** A Deployment whose rollout must be complete when the update ends. */
export interface AwaitedRollout {
  /** The Backend. */
  readonly component: pulumi.ComponentResource;
  /** The Backend's name. */
  readonly name: string;
  /** Seconds within which the rollout has to be complete. */
  readonly readyWithinSeconds: number;
  /** The Deployment. */
  readonly deployment: Deployment;
  /** The Deployment as the program states it. */
  readonly manifest: apps.v1.Deployment;
}

/** The content of the record. Nothing else is in it: the engine writes the state once for each step of an update. */
interface RolloutRecord {
  /** A digest of the stated spec and the Deployment's uid. */
  readonly digest: string;
}

/**
 * Records that a Deployment's rollout is complete. Pulumi's provider waits for that too, but it may read the status from before
 * the change and find it complete: if a previous template returns, or if several Deployments of a namespace change at once.
 */
export function recordRollout(awaited: AwaitedRollout): void {
  const { component, deployment, manifest, name, readyWithinSeconds: seconds } = awaited;
  // Without hooks nothing can be verified.
  if (!engineRunsHooks() || skipsAwait(manifest)) {
    return;
  }
  createGate<RolloutRecord>({
    component,
    name: `${name}-rollout`,
    input: { digest: pulumi.output([deployment.metadata.uid, manifest.spec]).apply(digestOf) },
    after: [deployment],
    failure: `Backend "${name}" is not rolled out within ${seconds} s`,
    verify: (_, report) => verifyRollout(awaited, report),
  });
}

function digestOf(stated: unknown): string {
  const hash = createHash("sha256").update(JSON.stringify(stated));
  return hash.digest("hex").slice(0, 2 * DIGEST_BYTES);
}

/** Whether a patch turns waiting off: https://github.com/pulumi/pulumi-kubernetes/pull/417 */
function skipsAwait({ metadata }: apps.v1.Deployment): boolean {
  const { annotations } = (metadata ?? {}) as { annotations?: Record<string, unknown> };
  return annotations?.["pulumi.com/skipAwait"] === "true";
}

async function verifyRollout(
  { component, deployment, name, readyWithinSeconds: seconds }: AwaitedRollout,
  { progress, warn }: Report,
): Promise<void> {
  const metadata = await knownValue(deployment.metadata);
  try {
    const source = await sourceOf(component, metadata);
    await awaitRollout(source, { uid: metadata.uid, seconds, progress });
  } catch (error) {
    if (!(error instanceof UnseenRolloutError)) throw error;
    // The provider has waited too, although not always long enough.
    await warn(
      `Cannot check whether Backend "${name}" is rolled out, relying on the provider: ${error.message}`,
    );
  }
}

async function sourceOf(
  component: pulumi.ComponentResource,
  { name, namespace }: DeploymentName,
): Promise<RolloutSource> {
  try {
    const apis = await connectionOf(component);
    const where = { name, namespace };
    return {
      read: () => apis.apps.readNamespacedDeployment(where),
      explain: (deployment) => explainedBy(apis, where, deployment),
    };
  } catch (error) {
    throw new UnseenRolloutError((error as Error).message);
  }
}
