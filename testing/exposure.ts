import { BlockList, isIPv4, isIPv6 } from "node:net";
import { familiesOfService } from "../components/load-balancer/contract/address-families.ts";
import {
  VOIDING_AWS_CLASSIC,
  VOIDING_AWS_NETWORK,
  VOIDING_AWS_NODES,
  VOIDING_AZURE,
  VOIDING_HETZNER,
  type Voiding,
} from "../components/load-balancer/contract/voiding.ts";
import { familiesWithoutRange } from "../components/service/source-range-rules.ts";
import type { Manifest } from "./manifest.ts";
import { serviceSpec } from "./service.ts";

/**
 * Networks that do not contain internet addresses.
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

/** The annotations that make a load balancer internal, with their values. Anything else counts as public. */
const INTERNAL_BY_ANNOTATION: Readonly<Record<string, RegExp>> = {
  // The AWS cloud controller: any value except an empty one and "false".
  [`${AWS}internal`]: /^(?!false$).+$/,
  "networking.gke.io/load-balancer-type": /^internal$/i,
  "cloud.google.com/load-balancer-type": /^internal$/i,
  "service.beta.kubernetes.io/azure-load-balancer-internal": /^true$/,
  "service.beta.kubernetes.io/do-loadbalancer-network": /^INTERNAL$/,
  "load-balancer.hetzner.cloud/disable-public-network": /^true$/,
  "service.beta.kubernetes.io/openstack-internal-load-balancer": /^true$/,
  "service.beta.kubernetes.io/oci-load-balancer-internal": /^true$/,
};

/**
 * The classes and types that select the AWS Load Balancer Controller and EKS Auto Mode: both are internal unless the
 * scheme is internet-facing.
 */
const INTERNAL_BY_DEFAULT = {
  classes: ["service.k8s.aws/nlb", "eks.amazonaws.com/nlb"],
  types: ["external", "nlb-ip"],
};
/** The annotations of controllers that give out the addresses of their network, with addresses. */
const ADDRESS_ANNOTATIONS = [
  "metallb.io/loadBalancerIPs",
  "metallb.universe.tf/loadBalancerIPs",
  "lbipam.cilium.io/ips",
  "kube-vip.io/loadbalancerIPs",
];
const INTERNAL_CLASSES = ["networking.gke.io/l4-regional-internal"];

const BY_NODE_PORT =
  "its type is NodePort; only if nodes have public addresses can it be reached at their ports";

/** Why the internet cannot reach a Service; undefined if it can. */
export function whyNotPublic(service: Manifest): string | undefined {
  const { loadBalancerClass = "", type = "ClusterIP" } = serviceSpec(service);
  if (type !== "LoadBalancer") {
    return type === "NodePort" ? BY_NODE_PORT : `its type is ${type}`;
  }
  const annotations = annotationsOf(service);
  const internal = isInternalByDefault(annotations, loadBalancerClass)
    ? whyNotInternetFacing(annotations)
    : whyInternal(annotations, loadBalancerClass);
  if (internal !== undefined) {
    return internal;
  }
  const addresses = addressesIn(service, annotations);
  if (addresses.length > 0 && addresses.every(isPrivateAddress)) {
    return `its addresses are private: ${addresses.join(", ")}`;
  }
  const ranges = sourceRanges(service, annotations);
  return ranges.length > 0 && ranges.every(isPrivate) && whyWithoutEffect(service) === undefined
    ? `its source ranges are private: ${ranges.join(", ")}`
    : undefined;
}

/** Why the internet can reach a Service that nothing makes internal. */
export function whyPublic(service: Manifest): string {
  const ranges = sourceRanges(service, annotationsOf(service));
  const effect = ranges.length === 0 ? undefined : whyWithoutEffect(service);
  const cure = "not stated; set private ones if its controller has no other word for internal";
  const stated = `its source ranges are ${ranges.join(", ") || cure}`;
  return `nothing says that it is internal, and ${stated}${effect === undefined ? "" : `, ${effect}`}`;
}

/** Why ranges do not decide who can connect: an address family has none, or an annotation makes them ineffective. */
function whyWithoutEffect(service: Manifest): string | undefined {
  const annotations = annotationsOf(service);
  const spec = serviceSpec(service);
  const voiding = Object.entries(voidingOf(annotations, spec.loadBalancerClass ?? ""));
  const voided = voiding.find(
    ([key, pattern]) => pattern.test(annotations[key] ?? "") && key in annotations,
  );
  const [open] = familiesWithoutRange(sourceRanges(service, annotations), familiesOfService(spec));
  if (voided !== undefined) {
    return `which its annotation ${voided[0]} leaves without effect`;
  }
  return open && `and none is in the family of its ${open} addresses`;
}

/** The annotations that the Service's controller reads, if the Service reveals its controller. */
function voidingOf(annotations: Record<string, string>, loadBalancerClass: string): Voiding {
  if (isInternalByDefault(annotations, loadBalancerClass)) {
    return VOIDING_AWS_NETWORK;
  }
  const ofAws = annotations[`${AWS}type`] === "nlb" ? VOIDING_AWS_NODES : VOIDING_AWS_CLASSIC;
  return { ...ofAws, ...VOIDING_AZURE, ...VOIDING_HETZNER };
}

function annotationsOf(service: Manifest): Record<string, string> {
  return (service.metadata["annotations"] ?? {}) as Record<string, string>;
}

function isInternalByDefault(annotations: Record<string, string>, loadBalancerClass: string) {
  const { classes, types } = INTERNAL_BY_DEFAULT;
  return classes.includes(loadBalancerClass) || types.includes(annotations[`${AWS}type`] ?? "");
}

/** The scheme decides; without one, the annotation of the other AWS controller is read. */
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
  const found = Object.entries(INTERNAL_BY_ANNOTATION).find(([key, internal]) =>
    internal.test(annotations[key] ?? ""),
  );
  return found && `its annotation ${found[0]} is "${annotations[found[0]]}"`;
}

/** The addresses that the Service asks its controller for. */
function addressesIn(service: Manifest, annotations: Record<string, string>): readonly string[] {
  const { loadBalancerIP } = serviceSpec(service);
  const annotated = ADDRESS_ANNOTATIONS.flatMap((key) => (annotations[key] ?? "").split(","));
  return [...annotated, loadBalancerIP ?? ""].map((it) => it.trim()).filter((it) => it !== "");
}

function isPrivateAddress(address: string): boolean {
  return isPrivate(`${address}/${isIPv4(address) ? 32 : 128}`);
}

/** The field, or the annotation if the field is empty. Without ranges everyone may connect. */
function sourceRanges(service: Manifest, annotations: Record<string, string>): readonly string[] {
  const { loadBalancerSourceRanges = [] } = serviceSpec(service);
  const annotated = (annotations[SOURCE_RANGES] ?? "").split(",").map((range) => range.trim());
  return loadBalancerSourceRanges.length > 0
    ? loadBalancerSourceRanges
    : annotated.filter((range) => range !== "");
}

/** Whether a range lies completely in one private network. An invalid range does not. */
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
