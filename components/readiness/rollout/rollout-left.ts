import type { V1Deployment } from "@kubernetes/client-node";
import { type DeploymentObservation, deploymentReasons } from "./deployment-reasons.ts";

/** Why a Deployment's rollout is not complete; undefined if it is. A paused one takes no new template. */
export function rolloutReasons(observation: DeploymentObservation): string | undefined {
  const { deployment } = observation;
  const reasons = deploymentReasons(observation) ?? rolloutLeft(deployment);
  return reasons !== undefined && deployment.spec?.paused === true
    ? `it is paused (spec.paused), so its Pods stay as they are\n${reasons}`
    : reasons;
}

/** What remains of a Deployment's rollout; undefined if it is complete. */
export function rolloutLeft({ metadata, spec, status }: V1Deployment): string | undefined {
  const { availableReplicas = 0, observedGeneration = 0, replicas = 0 } = status ?? {};
  const updated = status?.updatedReplicas ?? 0;
  const wanted = spec?.replicas ?? 1;
  if (observedGeneration < (metadata?.generation ?? 0)) {
    return "its controller has not seen the last change";
  }
  if (updated < wanted) {
    return `${updated} of ${wanted} Pods are new`;
  }
  if (replicas > updated) {
    return `${replicas - updated} old Pods are left`;
  }
  return availableReplicas < wanted
    ? `${availableReplicas} of ${wanted} Pods are available`
    : undefined;
}
