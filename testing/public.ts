import { BlockList, isIPv4, isIPv6 } from "node:net";
import type { Manifest } from "./manifest.ts";
import { serviceSpec } from "./service.ts";

/**
 * Networks that nobody on the internet is in.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry/
 */
const PRIVATE_NETWORKS = [
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["::1", 128],
  ["fc00::", 7],
  ["fe80::", 10],
] as const;

const AWS = "service.beta.kubernetes.io/aws-load-balancer-";
const SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";

/** What says "not the internet", with the value or values that say it. Everything else is read as the internet. */
const INTERNAL_BY_ANNOTATION: Readonly<Record<string, RegExp>> = {
  // The AWS cloud controller: anything but nothing and "false".
  [`${AWS}internal`]: /^(?!false$).+$/,
  "networking.gke.io/load-balancer-type": /^internal$/i,
  "cloud.google.com/load-balancer-type": /^internal$/i,
  "service.beta.kubernetes.io/azure-load-balancer-internal": /^true$/,
  "service.beta.kubernetes.io/do-loadbalancer-network": /^INTERNAL$/,
  "load-balancer.hetzner.cloud/disable-public-network": /^true$/,
  "service.beta.kubernetes.io/openstack-internal-load-balancer": /^true$/,
  "service.beta.kubernetes.io/oci-load-balancer-internal": /^true$/,
};

/** How the AWS Load Balancer Controller and EKS Auto Mode are chosen: both are internal until the scheme says otherwise. */
const INTERNAL_BY_DEFAULT = {
  classes: ["service.k8s.aws/nlb", "eks.amazonaws.com/nlb"],
  types: ["external", "nlb-ip"],
};
const INTERNAL_CLASSES = ["networking.gke.io/l4-regional-internal"];

/** Why the internet cannot reach a Service; nothing where it can. */
export function whyNotPublic(service: Manifest): string | undefined {
  const { loadBalancerClass = "", type = "ClusterIP" } = serviceSpec(service);
  if (type !== "LoadBalancer") {
    return `its type is ${type}`;
  }
  const annotations = (service.metadata["annotations"] ?? {}) as Record<string, string>;
  const internal = isInternalByDefault(annotations, loadBalancerClass)
    ? whyNotInternetFacing(annotations)
    : whyInternal(annotations, loadBalancerClass);
  if (internal !== undefined) {
    return internal;
  }
  const ranges = sourceRanges(service, annotations);
  return ranges.length > 0 && ranges.every(isPrivate)
    ? `its source ranges are private: ${ranges.join(", ")}`
    : undefined;
}

function isInternalByDefault(annotations: Record<string, string>, loadBalancerClass: string) {
  const { classes, types } = INTERNAL_BY_DEFAULT;
  return classes.includes(loadBalancerClass) || types.includes(annotations[`${AWS}type`] ?? "");
}

/** The scheme is what counts; the annotation of the other AWS controller is read where there is none. */
function whyNotInternetFacing(annotations: Record<string, string>): string | undefined {
  const { [`${AWS}scheme`]: scheme, [`${AWS}internal`]: internal } = annotations;
  return scheme === "internet-facing" || (scheme === undefined && internal === "false")
    ? undefined
    : `its controller makes internal load balancers unless ${AWS}scheme is "internet-facing"`;
}

function whyInternal(
  annotations: Record<string, string>,
  loadBalancerClass: string,
): string | undefined {
  if (INTERNAL_CLASSES.includes(loadBalancerClass)) {
    return `its load balancer class is ${loadBalancerClass}`;
  }
  const said = Object.entries(INTERNAL_BY_ANNOTATION).find(([key, internal]) =>
    internal.test(annotations[key] ?? ""),
  );
  return said && `its annotation ${said[0]} is "${annotations[said[0]]}"`;
}

/** The field, or the annotation that is read where the field is empty. None is anywhere. */
function sourceRanges(service: Manifest, annotations: Record<string, string>): readonly string[] {
  const { loadBalancerSourceRanges = [] } = serviceSpec(service);
  const annotated = (annotations[SOURCE_RANGES] ?? "").split(",").map((range) => range.trim());
  return loadBalancerSourceRanges.length > 0
    ? loadBalancerSourceRanges
    : annotated.filter((range) => range !== "");
}

/** Whether a range lies in one private network as a whole. What is no range is not. */
function isPrivate(range: string): boolean {
  const [ip = "", length = ""] = range.split("/");
  const family = isIPv4(ip) ? "ipv4" : "ipv6";
  if (!(isIPv4(ip) || isIPv6(ip)) || !/^\d+$/.test(length)) {
    return false;
  }
  return PRIVATE_NETWORKS.some(([network, prefix]) => {
    const list = new BlockList();
    list.addSubnet(network, prefix, isIPv4(network) ? "ipv4" : "ipv6");
    return isIPv4(network) === isIPv4(ip) && Number(length) >= prefix && list.check(ip, family);
  });
}
