import type { Finding, Rule } from "../../../validation/checks.ts";
import type { Intent, LoadBalancerPort } from "../../contract/intent.ts";

/** A prefix without a bucket says nothing. */
export function accessLogFindings({
  accessLogsBucket,
  accessLogsPrefix,
}: Intent): readonly Finding[] {
  const must = "must be left out without args.accessLogsBucket";
  return accessLogsPrefix !== undefined && accessLogsBucket === undefined
    ? [{ path: "args.accessLogsPrefix", value: accessLogsPrefix, must }]
    : [];
}

/** AWS adds `AWSLogs` itself, and refuses it. */
export const logPrefix: Rule = (value) =>
  typeof value === "string" && !/AWSLogs|^\/|\/$/.test(value)
    ? undefined
    : 'must be a folder without "AWSLogs", which AWS adds itself, and without "/" at its ends';

/** A Network Load Balancer logs what it ends TLS of, and nothing else. */
export function tlsLogFindings({ accessLogsBucket, certificates }: Intent): readonly Finding[] {
  const must =
    "must be left out without args.certificates, a Network Load Balancer logs connections of TLS that ends there alone";
  return accessLogsBucket !== undefined && certificates === undefined
    ? [{ path: "args.accessLogsBucket", value: accessLogsBucket, must }]
    : [];
}

/** What the AWS Load Balancer Controller and EKS Auto Mode find their load balancers by. */
export const OWN_TAGS = ["elbv2.k8s.aws/", "service.k8s.aws/", "service.eks.amazonaws.com/"];

/** What the AWS cloud controller finds its load balancers by. */
export const CLOUD_CONTROLLER_TAGS = ["kubernetes.io/service-name", "kubernetes.io/cluster/"];

/** Tags that decide which load balancer is whose are no one else's to write. */
export function tagFindings({ tags = {} }: Intent, own: readonly string[]): readonly Finding[] {
  const must = "must be left out, the controller or AWS writes it";
  return Object.entries(tags).flatMap(([key, value]) =>
    [...own, "aws:"].some((start) => key.startsWith(start))
      ? [{ path: `args.tags["${key}"]`, value, must }]
      : [],
  );
}

/**
 * The client's address of a datagram is always kept.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
 */
export function datagramFindings(
  ports: readonly LoadBalancerPort[],
  keepsClientIp: boolean,
): readonly Finding[] {
  const index = ports.findIndex(({ protocol }) => protocol === "UDP");
  const must = `must be true, args.ports[${index}] is a UDP port, of which AWS always keeps the client's address`;
  return index >= 0 && !keepsClientIp
    ? [{ path: "args.preserveClientIp", value: keepsClientIp, must }]
    : [];
}

/** Security groups of one's own take the place of the one that has the source ranges. */
export function securityGroupFindings({
  securityGroups,
  sourceRanges,
}: Intent): readonly Finding[] {
  const must = "must be left out with args.securityGroups, which then decide who may connect";
  return securityGroups !== undefined && sourceRanges !== undefined
    ? [{ path: "args.sourceRanges", value: sourceRanges, must }]
    : [];
}
