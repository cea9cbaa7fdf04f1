import type { V1Deployment } from "@kubernetes/client-node";

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
