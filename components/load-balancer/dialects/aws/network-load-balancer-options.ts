import type { Rule } from "../../../validation/checks.ts";
import { integer, oneOf } from "../../../validation/rules.ts";
import type { Support } from "../../contract/dialect.ts";
import { BackendProtocol } from "../../contract/enums.ts";
import type { OptionName } from "../../contract/option-names.ts";
import { logPrefix } from "./findings.ts";
import { NLB_HEALTH_CHECK } from "./health-check.ts";
import { key } from "./keys.ts";
import { LISTENER_ATTRIBUTES, TARGET_TYPE } from "./listeners.ts";
import { STATIC_ADDRESSES } from "./static-addresses.ts";
import { certificateArn } from "./tls.ts";

export const ATTRIBUTES = key("attributes");
export const TARGET_GROUP_ATTRIBUTES = key("target-group-attributes");
export const SUBNETS = key("subnets");

/** The name of a load balancer in AWS. */
const loadBalancerName: Rule = (value) =>
  typeof value === "string" &&
  /^(?!internal-)[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/.test(value)
    ? undefined
    : 'must be at most 32 letters, digits and "-", starting and ending with a letter or digit, and not with "internal-"';

/** The options that both controllers support in the same way. */
const SUPPORTED = {
  certificates: { keys: [key("ssl-cert")], rule: certificateArn, most: 25 },
  tlsPorts: { keys: [key("ssl-ports")] },
  tlsPolicy: { keys: [key("ssl-negotiation-policy")] },
  alpnPolicy: { keys: [key("alpn-policy")] },
  backendProtocol: {
    keys: [key("backend-protocol")],
    rule: oneOf({ Tcp: BackendProtocol.Tcp, Tls: BackendProtocol.Tls }),
  },
  loadBalancerName: { keys: [key("name")], rule: loadBalancerName },
  staticAddresses: STATIC_ADDRESSES,
  subnets: { keys: [SUBNETS] },
  securityGroups: {
    keys: [key("security-groups"), key("manage-backend-security-group-rules")],
  },
  tags: { keys: [key("additional-resource-tags")] },
  ...NLB_HEALTH_CHECK,
  targetType: {
    keys: [TARGET_TYPE, "spec.allocateLoadBalancerNodePorts"],
  },
  preserveClientIp: { keys: [TARGET_GROUP_ATTRIBUTES] },
  idleTimeoutSeconds: { keys: [LISTENER_ATTRIBUTES], rule: integer(60, 6000) },
  crossZone: { keys: [ATTRIBUTES], conflictingKeys: [key("cross-zone-load-balancing-enabled")] },
  zonalDns: { keys: [ATTRIBUTES] },
  accessLogsBucket: {
    keys: [ATTRIBUTES],
    conflictingKeys: [key("access-log-enabled"), key("access-log-s3-bucket-name")],
  },
  accessLogsPrefix: {
    keys: [ATTRIBUTES],
    conflictingKeys: [key("access-log-s3-bucket-prefix")],
    rule: logPrefix,
  },
  deletionProtection: { keys: [ATTRIBUTES] },
  loadBalancerAttributes: { keys: [ATTRIBUTES] },
  // With a port at its end, the key applies only to that port's target group, and takes precedence.
  targetGroupAttributes: {
    keys: [TARGET_GROUP_ATTRIBUTES],
    conflictingKeys: [`${TARGET_GROUP_ATTRIBUTES}.`],
  },
} satisfies { readonly [Name in OptionName]?: Support };

/**
 * The options of a Network Load Balancer of one of these controllers.
 *
 * @param controller - whether an annotation turns the PROXY protocol on
 */
export function nlbOptions({
  proxyProtocolAnnotation,
}: {
  readonly proxyProtocolAnnotation?: boolean;
}) {
  const proxyProtocol = proxyProtocolAnnotation ? key("proxy-protocol") : TARGET_GROUP_ATTRIBUTES;
  return {
    ...SUPPORTED,
    proxyProtocol: {
      keys: [proxyProtocol],
      conflictingKeys: [key("proxy-protocol"), key("proxy-protocol-per-target-group")],
    },
  } satisfies { readonly [Name in OptionName]?: Support };
}
