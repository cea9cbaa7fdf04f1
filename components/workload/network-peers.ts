import type { networking } from "@pulumi/kubernetes/types/input.js";
import type * as pulumi from "@pulumi/pulumi";
import { addressRange } from "../service/source-range-rules.ts";
import type { Checks } from "../validation/checks.ts";

/** The label that Kubernetes sets on every namespace. */
const NAMESPACE_NAME = "kubernetes.io/metadata.name";

/** A peer's selector of Pods with these labels; without labels none, which is every Pod. */
export function podSelector(podLabels: pulumi.Input<Record<string, pulumi.Input<string>>>) {
  return Object.keys(podLabels).length === 0 ? {} : { podSelector: { matchLabels: podLabels } };
}

/** The Pods of a namespace with these labels; without labels, all of its Pods. */
export function podsOf(
  namespace: pulumi.Input<string>,
  podLabels: pulumi.Input<Record<string, pulumi.Input<string>>>,
): networking.v1.NetworkPolicyPeer {
  return {
    namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: namespace } },
    ...podSelector(podLabels),
  };
}

/** Reads address ranges as peers: at least one, because Kubernetes takes a rule without peers for everyone. */
export function readIpBlocks(
  checks: Checks,
  path: string,
  ranges: readonly pulumi.Input<string>[],
): networking.v1.NetworkPolicyPeer[] {
  return checks.list(path, ranges, 1, "address range").map((range, index) => ({
    ipBlock: { cidr: checks.input(`${path}[${index}]`, range, addressRange) },
  }));
}
