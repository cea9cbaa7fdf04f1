import { AddressKind } from "../../../service/address.ts";
import type { Finding } from "../../../validation/checks.ts";
import { integer, oneOf } from "../../../validation/rules.ts";
import { commaList, keyValueList, type Said, text } from "../../contract/annotation-value.ts";
import type { LoadBalancerDialect } from "../../contract/dialect.ts";
import { HEALTH_CHECK_THRESHOLD } from "../../contract/drain.ts";
import { type AskedBesideRanges, RangeEnforcer } from "../../contract/enforcement.ts";
import { BackendProtocol, TargetType } from "../../contract/enums.ts";
import { Exposure, type Intent } from "../../contract/intent.ts";
import { VOIDING_AWS_NODES } from "../../contract/voiding.ts";
import { cloudServiceController } from "../evidence.ts";
import {
  always,
  ipv4Alone,
  noSessionAffinity,
  oneProtocol,
  SOURCE_RANGES,
  singleStack,
  tlsNeedsTcp,
} from "../limits.ts";
import { accessLogAnnotations } from "./access-logs.ts";
import {
  accessLogFindings,
  CLOUD_CONTROLLER_TAGS,
  datagramFindings,
  logPrefix,
  tagFindings,
  tlsLogFindings,
} from "./findings.ts";
import {
  healthCheckFindings,
  healthCheckQuestion,
  healthCheckRhythm,
  NLB_HEALTH_CHECK,
} from "./health-check.ts";
import { key } from "./keys.ts";
import {
  STATIC_ADDRESS_KEYS,
  staticAddressAnnotations,
  staticAddressFindings,
} from "./static-addresses.ts";
import { certificateArn, NLB_TLS_POLICY, tlsAnnotations } from "./tls.ts";

const NAME = "AwsCloudControllerNlb";

/** It never sends a timeout, so that AWS takes 10 seconds, and an interval has to be as long. */
const { healthCheckTimeoutSeconds: _, ...HEALTH_CHECK } = {
  ...NLB_HEALTH_CHECK,
  healthCheckIntervalSeconds: {
    ...NLB_HEALTH_CHECK.healthCheckIntervalSeconds,
    rule: integer(10, 300),
  },
};

/**
 * The AWS cloud controller manager's Network Load Balancer, written from cloud-provider-aws 1.36.
 *
 * The controller reads the kind of load balancer once: a later change is refused by newer versions and leaves the old
 * load balancer behind with older ones. It never moves one between internal and internet-facing, or to other subnets, and
 * never changes its tags.
 */
export const awsCloudControllerNlb: LoadBalancerDialect = {
  name: NAME,
  documentation:
    "https://github.com/kubernetes/cloud-provider-aws/blob/master/docs/service_controller.md",
  addressKind: AddressKind.Hostname,
  evidence: cloudServiceController,
  // Listeners of a Network Load Balancer.
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html (read 2026)
  maximumPorts: 50,
  honours: {
    certificates: { writes: [key("ssl-cert")], rule: certificateArn, most: 1 },
    tlsPorts: { writes: [key("ssl-ports")] },
    tlsPolicy: { writes: [key("ssl-negotiation-policy")] },
    backendProtocol: {
      writes: [key("backend-protocol")],
      rule: oneOf({ Tcp: BackendProtocol.Tcp, Tls: BackendProtocol.Tls }),
    },
    staticAddresses: { writes: STATIC_ADDRESS_KEYS },
    subnets: { writes: [key("subnets")] },
    tags: { writes: [key("additional-resource-tags")] },
    ...HEALTH_CHECK,
    targetType: { writes: [], rule: oneOf({ Instance: TargetType.Instance }) },
    proxyProtocol: { writes: [key("target-group-attributes")] },
    preserveClientIp: { writes: [key("target-group-attributes")] },
    crossZone: { writes: [key("cross-zone-load-balancing-enabled")] },
    accessLogsBucket: {
      writes: [key("access-log-enabled"), key("access-log-s3-bucket-name")],
    },
    accessLogsPrefix: { writes: [key("access-log-s3-bucket-prefix")], rule: logPrefix },
  },
  sourceRanges: {
    // It makes none for the load balancer itself, unless the cluster's operator has told it to.
    by: RangeEnforcer.NodesSecurityGroup,
    families: ipv4Alone,
    voidFindings: clientIpFindings,
    voidedBy: VOIDING_AWS_NODES,
  },
  // It fails with "unsupported load balancer affinity".
  sessionAffinity: noSessionAffinity(NAME),
  ipFamilyPolicy: singleStack(NAME),
  replacedBy: [
    key("type"),
    key("internal"),
    key("subnets"),
    key("additional-resource-tags"),
    ...STATIC_ADDRESS_KEYS,
  ],
  exposedBy: [...["type", "internal", "scheme", "security-groups"].map(key), SOURCE_RANGES],
  portFindings: (ports, { preserveClientIp = true }) => [
    ...oneProtocol(NAME, ports),
    ...tlsNeedsTcp(ports),
    ...datagramFindings(ports, preserveClientIp),
  ],
  intentFindings: (intent) => [
    ...staticAddressFindings(intent),
    ...healthCheckFindings(intent, false),
    ...thresholdFindings(intent),
    ...accessLogFindings(intent),
    ...tlsLogFindings(intent),
    ...tagFindings(intent, CLOUD_CONTROLLER_TAGS),
  ],
  // A port without one it passes over without a word.
  needsNodePorts: always,
  speak: (intent) => ({
    annotations: {
      [key("type")]: "nlb",
      // Written out for both: without it the controller would take silence for internet-facing.
      [key("internal")]: String(intent.exposure === Exposure.Internal),
      ...healthCheckAnnotations(intent),
      ...tlsAnnotations(intent, NLB_TLS_POLICY, { Tls: "ssl" }),
      ...staticAddressAnnotations(intent),
      [key("subnets")]: commaList(intent.subnets),
      [key("additional-resource-tags")]: keyValueList(intent.tags),
      [key("target-group-attributes")]: targetGroupAttributes(intent),
      [key("cross-zone-load-balancing-enabled")]: text(intent.crossZone),
      ...accessLogAnnotations(intent),
    },
  }),
};

/**
 * Nodes see the addresses of the load balancer otherwise. The controller lets those in for the health checks, on the same
 * ports.
 *
 * @see https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.0/pkg/providers/v1/aws_loadbalancer.go (updateInstanceSecurityGroupsForNLB)
 */
function clientIpFindings({ preserveClientIp: value }: AskedBesideRanges): readonly Finding[] {
  const must =
    'must be true where args.sourceRanges are not everybody: nodes see the load balancer as the client otherwise, and let in whoever it lets in; use ["0.0.0.0/0"] for anywhere';
  return value === false ? [{ path: "args.preserveClientIp", value, must }] : [];
}

/** It asks the node port itself, behind which every node finds a Pod. */
function healthCheckAnnotations(intent: Intent): Record<string, Said> {
  const question = healthCheckQuestion(intent);
  const port =
    Object.keys(question).length === 0 ? {} : { [key("healthcheck-port")]: "traffic-port" };
  return { ...question, ...port, ...healthCheckRhythm(intent) };
}

/** It looks at one of them to find out whether both have changed. */
function thresholdFindings({
  healthCheckHealthyThreshold: healthy = HEALTH_CHECK_THRESHOLD,
  healthCheckUnhealthyThreshold: unhealthy = HEALTH_CHECK_THRESHOLD,
}: Intent): readonly Finding[] {
  // What is no number has been reported.
  if (!Number.isFinite(healthy) || !Number.isFinite(unhealthy) || healthy === unhealthy) {
    return [];
  }
  const must = `must be args.healthCheckHealthyThreshold, which is ${healthy}: ${NAME} takes no change of one alone`;
  return [{ path: "args.healthCheckUnhealthyThreshold", value: unhealthy, must }];
}

/** Both, whether asked or not: an attribute that is no longer written keeps its last value. */
function targetGroupAttributes({ preserveClientIp = true, proxyProtocol = false }: Intent): Said {
  return keyValueList({
    "preserve_client_ip.enabled": String(preserveClientIp),
    "proxy_protocol_v2.enabled": String(proxyProtocol),
  });
}
