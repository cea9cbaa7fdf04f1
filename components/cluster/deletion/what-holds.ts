import type { CoreV1Event, KubernetesObject } from "@kubernetes/client-node";
import { isRecord } from "../../validation/checks.ts";
import { type DeletedObject, titleOf } from "./deleted-object.ts";

/** Who removes a Service's finalizer after the load balancer is gone. */
const REMOVED_BY: Readonly<Record<string, string>> = {
  /** @see https://github.com/kubernetes/cloud-provider/blob/master/service/helpers/helper.go (read at 0.37) */
  "service.kubernetes.io/load-balancer-cleanup": "the cluster's cloud controller manager",
  /** @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/pkg/service/model_builder.go (read at 3.5) */
  "service.k8s.aws/resources": "the AWS Load Balancer Controller",
  /** @see https://github.com/kubernetes/ingress-gce/blob/master/pkg/utils/common/finalizer.go (read at 1.35) */
  "gke.networking.io/l4-ilb-v1": "GKE's controller of load balancers",
  "gke.networking.io/l4-ilb-v2": "GKE's controller of load balancers",
  "gke.networking.io/l4-netlb-v2": "GKE's controller of load balancers",
  "gke.networking.io/l4-netlb-v3": "GKE's controller of load balancers",
  /** @see https://github.com/k3s-io/k3s/blob/master/pkg/cloudprovider/servicelb.go (read at 1.36) */
  "svccontroller.k3s.cattle.io/daemonset": "the load balancer controller of K3s",
};

/** Who removes the finalizers of Kubernetes itself, and when. */
const KUBERNETES_REMOVES: Readonly<Record<string, string>> = {
  /** @see https://kubernetes.io/docs/concepts/architecture/garbage-collection/#foreground-deletion */
  foregroundDeletion: "kube-controller-manager once what it owns is gone",
  /** @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#storage-object-in-use-protection */
  "kubernetes.io/pvc-protection": "kube-controller-manager once no Pod uses it",
  "kubernetes.io/pv-protection": "kube-controller-manager once no claim is bound to it",
};

/** The conditions of a namespace whose messages name what still holds it. */
const NAMESPACE_STAYS = [
  "NamespaceDeletionDiscoveryFailure",
  "NamespaceDeletionGroupVersionParsingFailure",
  "NamespaceDeletionContentFailure",
  "NamespaceContentRemaining",
  "NamespaceFinalizersRemaining",
];

/**
 * Why a deleted object still exists, and what to do; undefined if it is not being deleted, or if nothing visible holds
 * it.
 *
 * @param live - the object as it is now
 * @param events - the object's events
 */
export function whatHolds(
  object: DeletedObject,
  live: KubernetesObject,
  events: readonly CoreV1Event[],
): string | undefined {
  if (live.metadata?.deletionTimestamp === undefined) return undefined;
  if (object.kind === "Namespace") return whatIsIn(live);
  const finalizers = live.metadata.finalizers ?? [];
  if (finalizers.length === 0) return undefined;
  const who = [...new Set(finalizers.flatMap((it) => REMOVED_BY[it] ?? []))];
  if (who.length > 0) {
    return (
      `${namesOf(finalizers)} removed by ${who.join(" and ")} once the load balancer is deleted; ${lastWord(events)}; check that it runs and may delete the load balancer. ` +
      `If it is gone for good: kubectl patch ${command(object)} --type=merge --patch '{"metadata":{"finalizers":null}}' ends the wait, ` +
      "and the load balancer stays in the cloud, open and paid for, until it is deleted there by hand"
    );
  }
  const [first = ""] = finalizers;
  const by =
    (finalizers.length === 1 ? KUBERNETES_REMOVES[first] : undefined) ??
    `the ${finalizers.length === 1 ? "controller that added it" : "controllers that added them"}`;
  return `${namesOf(finalizers)} removed by ${by}, which has not happened; check that its controller runs`;
}

const namesOf = (finalizers: readonly string[]) =>
  finalizers.length === 1
    ? `its finalizer ${finalizers[0]} is`
    : `its finalizers ${finalizers.join(", ")} are`;

/** The text of an error or a warning about the object. */
export function heldText(object: DeletedObject, why: string): string {
  return `${titleOf(object)} is deleted and still there: ${why}`;
}

function whatIsIn(live: KubernetesObject): string | undefined {
  const status = (live as { readonly status?: unknown }).status;
  const conditions = isRecord(status) ? status["conditions"] : undefined;
  const reported = (Array.isArray(conditions) ? conditions : [])
    .filter(isRecord)
    .filter((it) => NAMESPACE_STAYS.includes(String(it["type"])) && it["status"] === "True")
    .map((it) => String(it["message"]));
  return reported.length === 0 ? undefined : reported.join("; ");
}

function lastWord(events: readonly CoreV1Event[]): string {
  const version = ({ metadata }: CoreV1Event) => BigInt(metadata.resourceVersion ?? 0);
  const last = [...events].sort((one, other) => (version(one) < version(other) ? -1 : 1)).at(-1);
  return last === undefined
    ? "there is no event about it"
    : `the last event is ${last.reason}, ${last.message?.trim()}`;
}

const command = ({ kind, name, namespace }: DeletedObject) =>
  [kind.toLowerCase(), name, ...(namespace === undefined ? [] : ["--namespace", namespace])].join(
    " ",
  );
