import { createHash } from "node:crypto";
import type { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import type { apps } from "@pulumi/kubernetes/types/input.js";
import * as pulumi from "@pulumi/pulumi";
import { clusterAccessOf } from "../../cluster/access.ts";
import { connect } from "../../cluster/client.ts";
import { engineRunsHooks } from "../../cluster/engine-hooks.ts";
import { createGate, type Report } from "../gate.ts";
import { awaitRollout, UnseenRolloutError } from "./await-rollout.ts";
import { observeDeployment } from "./deployment-observation.ts";

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

/** The content of the record. */
interface RolloutRecord {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** A digest of the stated spec. */
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
    input: {
      namespace: deployment.metadata.namespace,
      name: deployment.metadata.name,
      uid: deployment.metadata.uid,
      digest: pulumi.output(manifest.spec).apply(digestOf),
    },
    after: [deployment],
    failure: `Backend "${name}" is not rolled out within ${seconds} s`,
    verify: (record, report) => verifyRollout(awaited, record, report),
  });
}

function digestOf(spec: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(spec) ?? "")
    .digest("hex");
}

/** Whether a patch turns waiting off: https://github.com/pulumi/pulumi-kubernetes/pull/417 */
function skipsAwait({ metadata }: apps.v1.Deployment): boolean {
  const { annotations } = (metadata ?? {}) as { annotations?: Record<string, unknown> };
  return annotations?.["pulumi.com/skipAwait"] === "true";
}

async function verifyRollout(
  { component, name, readyWithinSeconds: seconds }: AwaitedRollout,
  record: RolloutRecord,
  { progress, warn }: Report,
): Promise<void> {
  try {
    const look = await observing(component, record);
    await awaitRollout(look, { uid: record.uid, seconds, progress });
  } catch (error) {
    if (!(error instanceof UnseenRolloutError)) throw error;
    // The provider has waited too, although not always long enough.
    await warn(
      `Cannot check whether Backend "${name}" is rolled out, relying on the provider: ${error.message}`,
    );
  }
}

async function observing(component: pulumi.ComponentResource, record: RolloutRecord) {
  try {
    const apis = await connect(await clusterAccessOf(component));
    return () => observeDeployment(apis, record);
  } catch (error) {
    throw new UnseenRolloutError((error as Error).message);
  }
}
