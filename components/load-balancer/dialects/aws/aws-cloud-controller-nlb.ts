import { AddressKind } from "../../../cluster/address-kind.ts";
import type { Finding } from "../../../validation/checks.ts";
import { integer, oneOf } from "../../../validation/rules.ts";
import {
  type AnnotationValue,
  commaList,
  keyValueList,
  text,
} from "../../contract/annotation-value.ts";
import type { LoadBalancerDialect } from "../../contract/dialect.ts";
import { type RangeContext, RangeEnforcer } from "../../contract/enforcement.ts";
import { BackendProtocol, TargetType } from "../../contract/enums.ts";
import { healthCheckOf, healthCheckPortOf } from "../../contract/health-check.ts";
import { Exposure, type Intent } from "../../contract/intent.ts";
import { VOIDING_AWS_NODES } from "../../contract/voiding.ts";
import { cloudServiceController } from "../evidence.ts";
import { fixedNodePortFindings, healthCheckPortFindings } from "../health-check-port.ts";
import {
  always,
  ipv4Alone,
  never,
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
  HEALTH_CHECK_PORT,
  healthCheckFindings,
  healthCheckQuestion,
  healthCheckRhythm,
  NLB_HEALTH_CHECK,
  uncheckedFindings,
} from "./health-check.ts";
import { key } from "./keys.ts";
import {
  STATIC_ADDRESS_KEYS,
  STATIC_ADDRESSES,
  staticAddressAnnotations,
  staticAddressFindings,
} from "./static-addresses.ts";
import { certificateArn, NLB_TLS_POLICY, tlsAnnotations } from "./tls.ts";

const NAME = "AwsCloudControllerNlb";

/** The controller never sends a timeout, so AWS uses 10 seconds, and the interval must be at least as long. */
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
 * The controller reads the kind of load balancer once: newer versions reject a later change, older ones leave the old
 * load balancer behind. It never changes the scheme, the subnets or the tags of an existing load balancer.
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
  supports: {
    certificates: { keys: [key("ssl-cert")], rule: certificateArn, most: 1 },
    tlsPorts: { keys: [key("ssl-ports")] },
    tlsPolicy: { keys: [key("ssl-negotiation-policy")] },
    backendProtocol: {
      keys: [key("backend-protocol")],
      rule: oneOf({ Tcp: BackendProtocol.Tcp, Tls: BackendProtocol.Tls }),
    },
    staticAddresses: STATIC_ADDRESSES,
    subnets: { keys: [key("subnets")] },
    tags: { keys: [key("additional-resource-tags")] },
    ...HEALTH_CHECK,
    targetType: { keys: [], rule: oneOf({ Instance: TargetType.Instance }) },
    proxyProtocol: { keys: [key("target-group-attributes")] },
    preserveClientIp: { keys: [key("target-group-attributes")] },
    crossZone: { keys: [key("cross-zone-load-balancing-enabled")] },
    accessLogsBucket: {
      keys: [key("access-log-enabled"), key("access-log-s3-bucket-name")],
    },
    accessLogsPrefix: { keys: [key("access-log-s3-bucket-prefix")], rule: logPrefix },
  },
  sourceRanges: {
    // The controller makes no security group for the load balancer itself, unless the cluster's operator has enabled
    // that.
    by: RangeEnforcer.NodesSecurityGroup,
    families: ipv4Alone,
    voidFindings: clientIpFindings,
    voidedBy: VOIDING_AWS_NODES,
  },
  // The controller fails with "unsupported load balancer affinity".
  sessionAffinity: noSessionAffinity(NAME),
  ipFamilyPolicy: singleStack(NAME),
  forceNewKeys: [
    key("type"),
    key("internal"),
    key("subnets"),
    key("additional-resource-tags"),
    ...STATIC_ADDRESS_KEYS,
  ],
  exposureKeys: [...["type", "internal", "scheme", "security-groups"].map(key), SOURCE_RANGES],
  portFindings: (ports, intent) => [
    ...oneProtocol(NAME, ports),
    ...tlsNeedsTcp(ports),
    ...datagramFindings(ports, intent.preserveClientIp ?? true),
    ...healthCheckPortFindings(ports, intent),
    // It has one protocol: beside TCP ports a UDP port has already been reported.
    ...(ports.every(({ protocol }) => protocol === "UDP")
      ? uncheckedFindings(ports, intent, { isAnswered: never, toNodes: true })
      : []),
  ],
  intentFindings: (intent) => [
    ...staticAddressFindings(intent),
    ...healthCheckFindings(intent, false),
    ...fixedNodePortFindings(NAME, intent),
    ...thresholdFindings(intent),
    ...accessLogFindings(intent),
    ...tlsLogFindings(intent),
    ...tagFindings(intent, CLOUD_CONTROLLER_TAGS),
  ],
  // The controller silently skips a port without a node port.
  needsNodePorts: always,
  render: (intent) => ({
    annotations: {
      [key("type")]: "nlb",
      // Written for both exposures: without the annotation the load balancer would be internet-facing.
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
 * Otherwise nodes see the load balancer's addresses, which the controller admits on the same ports for the health
 * checks.
 *
 * @see https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.0/pkg/providers/v1/aws_loadbalancer.go
 * (updateInstanceSecurityGroupsForNLB)
 */
function clientIpFindings({ preserveClientIp: value }: RangeContext): readonly Finding[] {
  const must =
    'must be true if args.sourceRanges do not admit everyone: nodes otherwise see the load balancer as the client, and admit everyone that it admits; use ["0.0.0.0/0"] for anywhere';
  return value === false ? [{ path: "args.preserveClientIp", value, must }] : [];
}

/** The check uses the node port itself, behind which every node finds a Pod, unless another one is named. */
function healthCheckAnnotations(intent: Intent): Record<string, AnnotationValue> {
  const isDefault =
    intent.externalTrafficPolicy !== "Local" && !intent.annotationKeys.includes(HEALTH_CHECK_PORT);
  const port = text(healthCheckPortOf(intent)?.nodePort) ?? "traffic-port";
  return {
    ...healthCheckQuestion(intent),
    ...(isDefault ? { [HEALTH_CHECK_PORT]: port } : {}),
    ...healthCheckRhythm(intent),
  };
}

/** The controller compares only one of the two thresholds to detect a change. */
function thresholdFindings(intent: Intent): readonly Finding[] {
  const { healthy, unhealthy } = healthCheckOf(intent);
  // A value that is not a number has already been reported.
  if (!Number.isFinite(healthy) || !Number.isFinite(unhealthy) || healthy === unhealthy) {
    return [];
  }
  const must = `must be args.healthCheckHealthyThreshold, which is ${healthy}: ${NAME} does not support different values`;
  return [{ path: "args.healthCheckUnhealthyThreshold", value: unhealthy, must }];
}

/** Both are always written, because an attribute that is no longer written keeps its last value. */
function targetGroupAttributes({
  preserveClientIp = true,
  proxyProtocol = false,
}: Intent): AnnotationValue {
  return keyValueList({
    "preserve_client_ip.enabled": String(preserveClientIp),
    "proxy_protocol_v2.enabled": String(proxyProtocol),
  });
}
