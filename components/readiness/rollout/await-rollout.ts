import { apiErrorText, isRefusal } from "../../cluster/api-error.ts";
import { type DeploymentFacts, deploymentReasons } from "./deployment-reasons.ts";
import { rolloutLeft } from "./rollout-left.ts";

const POLL_MILLISECONDS = 500;

/** How a rollout is waited for. */
export interface RolloutOptions {
  /** The Deployment's uid, by which its cluster is known to be the right one. */
  readonly uid: string;
  /** After which time a rollout that is not complete is an error. */
  readonly seconds: number;
  /** Told what is waited for, whenever that changes. */
  readonly progress: (text: string) => void;
}

/** What cannot be told from this machine. */
export class UnseenRolloutError extends Error {}

/**
 * Waits until a Deployment's rollout is complete: every Pod is a new one and available, and no old one is left.
 *
 * @throws UnseenRolloutError if the cluster does not let us look, or is another one.
 * @throws Error with the reasons the cluster knows, if it is not complete in time.
 */
export async function awaitRollout(
  see: () => Promise<DeploymentFacts>,
  { progress, seconds, uid }: RolloutOptions,
): Promise<void> {
  const end = performance.now() + seconds * 1000;
  let said = "";
  for (;;) {
    const isLate = performance.now() >= end;
    const facts = await seen(see, !isLate);
    if (facts !== undefined) {
      const { deployment } = facts;
      if (deployment.metadata?.uid !== uid) {
        throw new UnseenRolloutError("the kubeconfig leads to another cluster");
      }
      const left = rolloutLeft(deployment);
      if (left === undefined) {
        return;
      }
      if (isLate) {
        const reasons = deploymentReasons(facts);
        throw new Error(reasons === undefined ? left : `${left}; ${reasons}`);
      }
      if (left !== said) {
        said = left;
        progress(`Waiting for the rollout: ${left}`);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
}

/** What the cluster says, or nothing where it could not be asked just now and there is time to ask again. */
async function seen(
  see: () => Promise<DeploymentFacts>,
  again: boolean,
): Promise<DeploymentFacts | undefined> {
  try {
    return await see();
  } catch (error) {
    if (again && !isRefusal(error)) {
      return undefined;
    }
    throw new UnseenRolloutError(apiErrorText(error));
  }
}
