import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  DiscoveryV1Api,
  type KubeConfig,
  type KubernetesObject,
  KubernetesObjectApi,
  PatchStrategy,
} from "@kubernetes/client-node";
import { parseAllDocuments } from "yaml";
import { imageReferences } from "../images/node-images.ts";
import type { LocalPaths } from "../paths.ts";
import { waitFor } from "../wait.ts";
import { answersInVpc } from "./connect.ts";

const READY_TIMEOUT_SECONDS = 60;
/** As many as cluster-dns.yaml states. */
const REPLICAS = 2;
const namespace = "kube-system";
const MANAGER = "pulumi-kubernetes-services-local";

/** Deploys the cluster's own DNS and waits until it answers on two nodes. */
export async function ensureClusterDns(
  paths: LocalPaths,
  config: KubeConfig,
  signal?: AbortSignal,
): Promise<void> {
  const text = readFileSync(join(import.meta.dirname, "cluster-dns.yaml"), "utf8");
  const objects = KubernetesObjectApi.makeApiClient(config);
  for (const document of parseAllDocuments(
    text.replace("COREDNS_IMAGE", imageReferences.coredns),
  )) {
    const object = document.toJS() as KubernetesObject;
    await objects.patch(object, undefined, undefined, MANAGER, true, PatchStrategy.ServerSideApply);
  }
  const discovery = config.makeApiClient(DiscoveryV1Api);
  await waitFor(
    async () => {
      const addresses = await readyAddresses(discovery);
      const answers = addresses.map((address) =>
        answersInVpc(paths, `http://${address}:8181/ready`),
      );
      return addresses.length === REPLICAS && (await Promise.all(answers)).every(Boolean);
    },
    { awaited: "the cluster's DNS", timeoutSeconds: READY_TIMEOUT_SECONDS, signal },
  );
}

/**
 * The addresses that the Service leads to. They are of an earlier start until the controllers have found the API server again,
 * so they are asked themselves.
 */
async function readyAddresses(discovery: DiscoveryV1Api): Promise<string[]> {
  const labelSelector = "kubernetes.io/service-name=kube-dns";
  const { items } = await discovery.listNamespacedEndpointSlice({ namespace, labelSelector });
  return items
    .flatMap(({ endpoints }) => endpoints ?? [])
    .filter(({ conditions }) => conditions?.ready === true)
    .flatMap(({ addresses }) => addresses);
}
