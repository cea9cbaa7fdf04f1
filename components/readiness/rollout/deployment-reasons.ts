import type { CoreV1Event, V1Deployment, V1Pod, V1ReplicaSet } from "@kubernetes/client-node";
import { withoutValues } from "../pods/pod-message.ts";
import { reasonLines } from "../pods/pod-reasons.ts";
import { isReady, livePods, readyText } from "../pods/pods.ts";

const REVISION = "deployment.kubernetes.io/revision";
const TEMPLATE_HASH = "pod-template-hash";

/** What the cluster reports about a Deployment. */
export interface DeploymentObservation {
  /** The Deployment. */
  readonly deployment: V1Deployment;
  /** The ReplicaSets with the Deployment's labels. */
  readonly replicaSets: readonly V1ReplicaSet[];
  /** The Pods with the Deployment's labels. */
  readonly pods: readonly V1Pod[];
  /** Warnings in the namespace. */
  readonly events: readonly CoreV1Event[];
}

/** Why a Deployment's newest Pods are not ready; undefined if they are. */
export function deploymentReasons(observation: DeploymentObservation): string | undefined {
  const { deployment, events } = observation;
  const wanted = deployment.spec?.replicas ?? 1;
  const pods = livePods(newestPods(observation));
  const unready = pods.filter((pod) => !isReady(pod));
  const ready = pods.length - unready.length;
  const failures = (deployment.status?.conditions ?? [])
    .filter(({ status, type }) => type === "ReplicaFailure" && status === "True")
    .map(({ message = "", reason }) => `  ${reason}, ${withoutValues(message)}`);
  if (ready >= wanted && failures.length === 0) {
    return undefined;
  }
  return [readyText(ready, wanted), ...failures, ...reasonLines(unready, events)].join("\n");
}

/** The Pods of the latest template; all Pods if its ReplicaSet does not exist yet. */
function newestPods({ deployment, pods, replicaSets }: DeploymentObservation): readonly V1Pod[] {
  const revision = deployment.metadata?.annotations?.[REVISION];
  const newest = replicaSets.find((it) => it.metadata?.annotations?.[REVISION] === revision);
  const hash = newest?.metadata?.labels?.[TEMPLATE_HASH];
  return hash === undefined
    ? pods
    : pods.filter(({ metadata }) => metadata?.labels?.[TEMPLATE_HASH] === hash);
}
