import type { V1Deployment } from "@kubernetes/client-node";
import { apiErrorText } from "../../cluster/api-error.ts";
import { pollUntil } from "../poll.ts";
import { otherClusterText } from "../same-cluster.ts";
import { type DeploymentObservation, deploymentReasons } from "./deployment-reasons.ts";
import { rolloutLeft } from "./rollout-left.ts";

/** Where a rollout is seen. */
export interface RolloutSource {
  /** Reads the Deployment. */
  readonly read: () => Promise<V1Deployment>;
  /** Adds what explains its status. */
  readonly explain: (deployment: V1Deployment) => Promise<DeploymentObservation>;
}

/** How to wait for a rollout. */
export interface RolloutOptions {
  /** The Deployment's uid, which identifies the right cluster. */
  readonly uid: string;
  /** Seconds after which an incomplete rollout is an error. */
  readonly seconds: number;
  /** Receives a description of what is awaited, whenever it changes. */
  readonly progress: (text: string) => void;
}

/** The rollout cannot be observed from this machine. */
export class UnseenRolloutError extends Error {}

/**
 * Waits until a Deployment's rollout is complete: every Pod is new and available, and no old Pod is left.
 *
 * @throws UnseenRolloutError if the cluster cannot be read or is another one.
 * @throws Error with the reasons that the cluster reports, if the rollout is not complete in time.
 */
export async function awaitRollout(
  { explain, read }: RolloutSource,
  { progress, seconds, uid }: RolloutOptions,
): Promise<void> {
  await pollUntil({
    seconds,
    progress,
    look: read,
    toReadError: (error) => new UnseenRolloutError(apiErrorText(error)),
    judge: async (deployment, timedOut) => {
      const other = otherClusterText("Deployment", uid, deployment.metadata?.uid);
      if (other !== undefined) throw new UnseenRolloutError(other);
      const left = rolloutLeft(deployment);
      if (left !== undefined && timedOut) {
        const reasons = await reasonsOf(() => explain(deployment));
        throw new Error(reasons === undefined ? left : `${left}; ${reasons}`);
      }
      return left && `Waiting for the rollout: ${left}`;
    },
  });
}

/** The reasons that the cluster reports; undefined if it reports none, or if they cannot be read, because they only explain. */
async function reasonsOf(
  explain: () => Promise<DeploymentObservation>,
): Promise<string | undefined> {
  try {
    return deploymentReasons(await explain());
  } catch {
    return undefined;
  }
}
