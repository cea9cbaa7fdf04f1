import type { KubernetesApis } from "../../cluster/client.ts";
import { selectorText } from "../pods/pods.ts";
import { warningsOf } from "../pods/warnings.ts";
import type { DeploymentFacts } from "./deployment-reasons.ts";

/** Where a Deployment is. */
export interface DeploymentName {
  readonly name: string;
  readonly namespace: string;
}

/** Asks the cluster about a Deployment. */
export async function factsOf(
  { apps, core }: KubernetesApis,
  { name, namespace }: DeploymentName,
): Promise<DeploymentFacts> {
  const deployment = await apps.readNamespacedDeployment({ name, namespace });
  const labelSelector = selectorText(deployment.spec?.selector.matchLabels ?? {});
  const [replicaSets, pods, events] = await Promise.all([
    apps.listNamespacedReplicaSet({ namespace, labelSelector }),
    core.listNamespacedPod({ namespace, labelSelector }),
    warningsOf(core, namespace),
  ]);
  return { deployment, replicaSets: replicaSets.items, pods: pods.items, events };
}
