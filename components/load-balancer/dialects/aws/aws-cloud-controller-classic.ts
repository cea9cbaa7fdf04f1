import { AddressKind } from "../../../service/address.ts";
import type { Finding } from "../../../validation/checks.ts";
import { integer, oneOf } from "../../../validation/rules.ts";
import { commaList, keyValueList, text } from "../../contract/annotation-value.ts";
import type { LoadBalancerDialect } from "../../contract/dialect.ts";
import { RangeEnforcer } from "../../contract/enforcement.ts";
import { BackendProtocol, TargetType } from "../../contract/enums.ts";
import { Exposure, type Intent } from "../../contract/intent.ts";
import { VOIDING_AWS_CLASSIC } from "../../contract/voiding.ts";
import { cloudServiceController } from "../evidence.ts";
import {
  always,
  ipv4Alone,
  noSessionAffinity,
  SOURCE_RANGES,
  singleStack,
  tcpOnly,
} from "../limits.ts";
import { keptEntries } from "../sticky.ts";
import { accessLogAnnotations } from "./access-logs.ts";
import {
  accessLogFindings,
  CLOUD_CONTROLLER_TAGS,
  logPrefix,
  securityGroupFindings,
  tagFindings,
} from "./findings.ts";
import {
  CLASSIC_HEALTH_CHECK,
  healthCheckFindings,
  healthCheckQuestion,
  healthCheckTimes,
} from "./health-check.ts";
import { key } from "./keys.ts";
import { certificateArn, tlsAnnotations } from "./tls.ts";

const NAME = "AwsCloudControllerClassic";

/**
 * TLS 1.2 alone, the strictest there is for a Classic Load Balancer.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-security-policy-table.html
 */
const TLS_POLICY = "ELBSecurityPolicy-TLS-1-2-2017-01";

/** The AWS cloud controller manager's Classic Load Balancer, written from cloud-provider-aws 1.36. */
export const awsCloudControllerClassic: LoadBalancerDialect = {
  name: NAME,
  documentation:
    "https://github.com/kubernetes/cloud-provider-aws/blob/master/docs/service_controller.md",
  addressKind: AddressKind.Hostname,
  evidence: cloudServiceController,
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-limits.html (read 2026)
  maximumPorts: 100,
  honours: {
    certificates: { writes: [key("ssl-cert")], rule: certificateArn, most: 1 },
    tlsPorts: { writes: [key("ssl-ports")] },
    tlsPolicy: { writes: [key("ssl-negotiation-policy")] },
    backendProtocol: { writes: [key("backend-protocol")] },
    subnets: { writes: [key("subnets")] },
    securityGroups: { writes: [key("security-groups")] },
    tags: { writes: [key("additional-resource-tags")] },
    ...CLASSIC_HEALTH_CHECK,
    targetType: { writes: [], rule: oneOf({ Instance: TargetType.Instance }) },
    proxyProtocol: { writes: [key("proxy-protocol")] },
    idleTimeoutSeconds: { writes: [key("connection-idle-timeout")], rule: integer(1, 4000) },
    crossZone: { writes: [key("cross-zone-load-balancing-enabled")] },
    accessLogsBucket: {
      writes: [key("access-log-enabled"), key("access-log-s3-bucket-name")],
    },
    accessLogsPrefix: { writes: [key("access-log-s3-bucket-prefix")], rule: logPrefix },
  },
  sourceRanges: {
    by: RangeEnforcer.LoadBalancerSecurityGroup,
    families: ipv4Alone,
    voidedBy: VOIDING_AWS_CLASSIC,
  },
  // It fails with "unsupported load balancer affinity".
  sessionAffinity: noSessionAffinity(NAME),
  ipFamilyPolicy: singleStack(NAME),
  replacedBy: [key("type"), key("internal")],
  // It adds tags and changes them.
  keptFindings: (before, after) =>
    keptEntries(key("additional-resource-tags"), "tags", before, after),
  exposedBy: [
    key("type"),
    key("internal"),
    key("scheme"),
    key("security-groups"),
    key("extra-security-groups"),
    SOURCE_RANGES,
  ],
  portFindings: (ports) => tcpOnly(NAME, ports),
  intentFindings: (intent) => [
    ...healthCheckFindings(intent, true),
    ...accessLogFindings(intent),
    ...securityGroupFindings(intent),
    ...tagFindings(intent, CLOUD_CONTROLLER_TAGS),
    ...httpFindings(intent),
  ],
  // A port without one it passes over without a word.
  needsNodePorts: always,
  speak: (intent) => ({
    annotations: {
      // Written out for both: without it the controller would take silence for internet-facing.
      [key("internal")]: String(intent.exposure === Exposure.Internal),
      ...healthCheckQuestion(intent),
      ...healthCheckTimes(intent),
      ...tlsAnnotations(intent, TLS_POLICY, {
        Tls: "ssl",
        Http: "http",
        Https: "https",
      }),
      [key("subnets")]: commaList(intent.subnets),
      [key("security-groups")]: commaList(intent.securityGroups),
      [key("additional-resource-tags")]: keyValueList(intent.tags),
      [key("proxy-protocol")]: intent.proxyProtocol === true ? "*" : undefined,
      [key("connection-idle-timeout")]: text(intent.idleTimeoutSeconds),
      [key("cross-zone-load-balancing-enabled")]: text(intent.crossZone),
      ...accessLogAnnotations(intent),
    },
  }),
};

/**
 * HTTP behind TLS is HTTP at every other port, too.
 *
 * @see https://github.com/kubernetes/cloud-provider-aws/blob/master/pkg/providers/v1/aws.go (`buildListener`, read at 1.36)
 */
function httpFindings({ backendProtocol: value, ports }: Intent): readonly Finding[] {
  const must = `must be "Tcp", or TLS must end at every port: ${NAME} would read HTTP at the others, too; use a second LoadBalancerService for them`;
  return value === BackendProtocol.Http && ports.some(({ tls }) => !tls)
    ? [{ path: "args.backendProtocol", value, must }]
    : [];
}
