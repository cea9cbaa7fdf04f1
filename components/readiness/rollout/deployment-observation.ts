import type { V1Deployment } from "@kubernetes/client-node";
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
  apis: KubernetesApis,
  where: DeploymentName,
): Promise<DeploymentObservation> {
  const deployment = await apis.apps.readNamespacedDeployment({ ...where });
  return await explainedBy(apis, where, deployment);
}

/** Adds what explains a Deployment's status. That is three more requests, so it is read when the status is not enough. */
export async function explainedBy(
  { apps, core }: KubernetesApis,
  { namespace }: DeploymentName,
  deployment: V1Deployment,
): Promise<DeploymentObservation> {
  const labelSelector = selectorText(deployment.spec?.selector.matchLabels ?? {});
  const [replicaSets, pods, events] = await Promise.all([
    apps.listNamespacedReplicaSet({ namespace, labelSelector }),
    core.listNamespacedPod({ namespace, labelSelector }),
    warningsOf(core, namespace),
  ]);
  return { deployment, replicaSets: replicaSets.items, pods: pods.items, events };
}
