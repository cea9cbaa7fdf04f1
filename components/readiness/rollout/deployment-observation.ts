import type { KubernetesApis } from "../../cluster/client.ts";
import { selectorText } from "../pods/pods.ts";
import { warningsOf } from "../pods/warnings.ts";
import type { DeploymentObservation } from "./deployment-reasons.ts";

/** The name and the namespace of a Deployment. */
export interface DeploymentName {
  readonly name: string;
  readonly namespace: string;
}

/** Reads a Deployment and its Pods from the cluster. */
export async function observeDeployment(
  { apps, core }: KubernetesApis,
  { name, namespace }: DeploymentName,
): Promise<DeploymentObservation> {
  const deployment = await apps.readNamespacedDeployment({ name, namespace });
  const labelSelector = selectorText(deployment.spec?.selector.matchLabels ?? {});
  const [replicaSets, pods, events] = await Promise.all([
    apps.listNamespacedReplicaSet({ namespace, labelSelector }),
    core.listNamespacedPod({ namespace, labelSelector }),
    warningsOf(core, namespace),
  ]);
  return { deployment, replicaSets: replicaSets.items, pods: pods.items, events };
}
