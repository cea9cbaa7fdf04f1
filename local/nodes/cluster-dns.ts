import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  AppsV1Api,
  type KubeConfig,
  type KubernetesObject,
  KubernetesObjectApi,
  PatchStrategy,
} from "@kubernetes/client-node";
import { parseAllDocuments } from "yaml";
import { imageReferences } from "../images/node-images.ts";
import { waitFor } from "../wait.ts";

const READY_TIMEOUT_SECONDS = 60;
const MANAGER = "pulumi-kubernetes-services-local";

/** Deploys the cluster's own DNS and waits until it answers on two nodes. */
export async function ensureClusterDns(config: KubeConfig, signal?: AbortSignal): Promise<void> {
  const text = readFileSync(join(import.meta.dirname, "cluster-dns.yaml"), "utf8");
  const objects = KubernetesObjectApi.makeApiClient(config);
  for (const document of parseAllDocuments(
    text.replace("COREDNS_IMAGE", imageReferences.coredns),
  )) {
    const object = document.toJS() as KubernetesObject;
    await objects.patch(object, undefined, undefined, MANAGER, true, PatchStrategy.ServerSideApply);
  }
  const apps = config.makeApiClient(AppsV1Api);
  await waitFor(
    async () => {
      const { metadata, spec, status } = await apps.readNamespacedDeployment({
        namespace: "kube-system",
        name: "coredns",
      });
      return (
        status?.observedGeneration === metadata?.generation &&
        status?.updatedReplicas === spec?.replicas &&
        status?.availableReplicas === spec?.replicas
      );
    },
    { awaited: "the cluster's DNS", timeoutSeconds: READY_TIMEOUT_SECONDS, signal },
  );
}
