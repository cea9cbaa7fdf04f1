import type { ServicePort } from "../../../service/ports.ts";
import type { Finding, Rule } from "../../../validation/checks.ts";
import type { Intent } from "../../contract/intent.ts";

/** A prefix without a bucket has no effect. */
export function accessLogFindings({
  accessLogsBucket,
  accessLogsPrefix,
}: Intent): readonly Finding[] {
  const must = "must not be set without args.accessLogsBucket";
  return accessLogsPrefix !== undefined && accessLogsBucket === undefined
    ? [{ path: "args.accessLogsPrefix", value: accessLogsPrefix, must }]
    : [];
}

/** AWS appends `AWSLogs` itself, and rejects a prefix that contains it. */
export const logPrefix: Rule = (value) =>
  typeof value === "string" && !/AWSLogs|^\/|\/$/.test(value)
    ? undefined
    : 'must be a folder without "AWSLogs", which AWS adds itself, and without "/" at its ends';

/** A Network Load Balancer logs only connections whose TLS it terminates. */
export function tlsLogFindings({ accessLogsBucket, certificates }: Intent): readonly Finding[] {
  const must =
    "must not be set without args.certificates, a Network Load Balancer logs only connections whose TLS it terminates";
  return accessLogsBucket !== undefined && certificates === undefined
    ? [{ path: "args.accessLogsBucket", value: accessLogsBucket, must }]
    : [];
}

/** The tags by which the AWS Load Balancer Controller and EKS Auto Mode find their load balancers. */
export const OWN_TAGS = ["elbv2.k8s.aws/", "service.k8s.aws/", "service.eks.amazonaws.com/"];

/** The tags by which the AWS cloud controller finds its load balancers. */
export const CLOUD_CONTROLLER_TAGS = ["kubernetes.io/service-name", "kubernetes.io/cluster/"];

/** Tags that identify the owner of a load balancer are reserved. */
export function tagFindings({ tags = {} }: Intent, own: readonly string[]): readonly Finding[] {
  const must = "must not be set: the controller or AWS writes it";
  return Object.entries(tags).flatMap(([key, value]) =>
    [...own, "aws:"].some((start) => key.startsWith(start))
      ? [{ path: `args.tags["${key}"]`, value, must }]
      : [],
  );
}

/**
 * The client address of UDP packets is always preserved.
 *
 * @see
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
 */
export function datagramFindings(
  ports: readonly ServicePort[],
  keepsClientIp: boolean,
): readonly Finding[] {
  const index = ports.findIndex(({ protocol }) => protocol === "UDP");
  const must = `must be true: args.ports[${index}] is a UDP port, for which AWS always keeps the client's address`;
  return index >= 0 && !keepsClientIp
    ? [{ path: "args.preserveClientIp", value: keepsClientIp, must }]
    : [];
}

/** Custom security groups replace the one that contains the source ranges. */
export function securityGroupFindings({
  securityGroups,
  sourceRanges,
}: Intent): readonly Finding[] {
  const must = "must not be set with args.securityGroups, which then decide who may connect";
  return securityGroups !== undefined && sourceRanges !== undefined
    ? [{ path: "args.sourceRanges", value: sourceRanges, must }]
    : [];
}
