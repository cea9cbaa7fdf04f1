import type { Rule } from "../../../validation/checks.ts";
import { integer, oneOf } from "../../../validation/rules.ts";
import type { Honoured } from "../../contract/dialect.ts";
import { BackendProtocol } from "../../contract/enums.ts";
import type { OptionName } from "../../contract/option-names.ts";
import { logPrefix } from "./findings.ts";
import { NLB_HEALTH_CHECK } from "./health-check.ts";
import { key } from "./keys.ts";
import { LISTENER_ATTRIBUTES, TARGET_TYPE } from "./listeners.ts";
import { STATIC_ADDRESS_KEYS } from "./static-addresses.ts";
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

/** What both controllers can be told in the same way. */
const HONOURED = {
  certificates: { writes: [key("ssl-cert")], rule: certificateArn, most: 25 },
  tlsPorts: { writes: [key("ssl-ports")] },
  tlsPolicy: { writes: [key("ssl-negotiation-policy")] },
  alpnPolicy: { writes: [key("alpn-policy")] },
  backendProtocol: {
    writes: [key("backend-protocol")],
    rule: oneOf({ Tcp: BackendProtocol.Tcp, Tls: BackendProtocol.Tls }),
  },
  loadBalancerName: { writes: [key("name")], rule: loadBalancerName },
  staticAddresses: { writes: STATIC_ADDRESS_KEYS },
  subnets: { writes: [SUBNETS] },
  securityGroups: {
    writes: [key("security-groups"), key("manage-backend-security-group-rules")],
  },
  tags: { writes: [key("additional-resource-tags")] },
  ...NLB_HEALTH_CHECK,
  targetType: {
    writes: [TARGET_TYPE, "spec.allocateLoadBalancerNodePorts"],
  },
  preserveClientIp: { writes: [TARGET_GROUP_ATTRIBUTES] },
  idleTimeoutSeconds: { writes: [LISTENER_ATTRIBUTES], rule: integer(60, 6000) },
  crossZone: { writes: [ATTRIBUTES], otherKeys: [key("cross-zone-load-balancing-enabled")] },
  zonalDns: { writes: [ATTRIBUTES] },
  accessLogsBucket: {
    writes: [ATTRIBUTES],
    otherKeys: [key("access-log-enabled"), key("access-log-s3-bucket-name")],
  },
  accessLogsPrefix: {
    writes: [ATTRIBUTES],
    otherKeys: [key("access-log-s3-bucket-prefix")],
    rule: logPrefix,
  },
  deletionProtection: { writes: [ATTRIBUTES] },
  loadBalancerAttributes: { writes: [ATTRIBUTES] },
  // With a port at its end it is for that port's target group alone, and wins.
  targetGroupAttributes: {
    writes: [TARGET_GROUP_ATTRIBUTES],
    otherKeys: [`${TARGET_GROUP_ATTRIBUTES}.`],
  },
} satisfies { readonly [Name in OptionName]?: Honoured };

/**
 * What a Network Load Balancer of one of these controllers can be told.
 *
 * @param controller - whether it is told of the PROXY protocol by an annotation
 */
export function nlbOptions({
  proxyProtocolAnnotation,
}: {
  readonly proxyProtocolAnnotation?: boolean;
}) {
  const proxyProtocol = proxyProtocolAnnotation ? key("proxy-protocol") : TARGET_GROUP_ATTRIBUTES;
  return {
    ...HONOURED,
    proxyProtocol: {
      writes: [proxyProtocol],
      otherKeys: [key("proxy-protocol"), key("proxy-protocol-per-target-group")],
    },
  } satisfies { readonly [Name in OptionName]?: Honoured };
}
