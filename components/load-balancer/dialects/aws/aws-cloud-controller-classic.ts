import { AddressKind } from "../../../cluster/address-kind.ts";
import type { Finding } from "../../../validation/checks.ts";
import { integer, oneOf } from "../../../validation/rules.ts";
import { commaList, keyValueList, text } from "../../contract/annotation-value.ts";
import type { LoadBalancerDialect } from "../../contract/dialect.ts";
import { RangeEnforcer } from "../../contract/enforcement.ts";
import { BackendProtocol, TargetType } from "../../contract/enums.ts";
import { healthCheckPortOf } from "../../contract/health-check.ts";
import { Exposure, type Intent } from "../../contract/intent.ts";
import { VOIDING_AWS_CLASSIC } from "../../contract/voiding.ts";
import { cloudServiceController } from "../evidence.ts";
import { fixedNodePortFindings } from "../health-check-port.ts";
import {
  always,
  ipv4Alone,
  noSessionAffinity,
  SOURCE_RANGES,
  singleStack,
  tcpOnly,
} from "../limits.ts";
import { stickyEntries } from "../sticky.ts";
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
  HEALTH_CHECK_PORT,
  healthCheckFindings,
  healthCheckQuestion,
  healthCheckTimes,
} from "./health-check.ts";
import { key } from "./keys.ts";
import { certificateArn, tlsAnnotations } from "./tls.ts";

const NAME = "AwsCloudControllerClassic";

/**
 * Only TLS 1.2, the strictest policy of a Classic Load Balancer.
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
  supports: {
    certificates: { keys: [key("ssl-cert")], rule: certificateArn, most: 1 },
    tlsPorts: { keys: [key("ssl-ports")] },
    tlsPolicy: { keys: [key("ssl-negotiation-policy")] },
    backendProtocol: { keys: [key("backend-protocol")] },
    subnets: { keys: [key("subnets")] },
    securityGroups: { keys: [key("security-groups")] },
    tags: { keys: [key("additional-resource-tags")] },
    ...CLASSIC_HEALTH_CHECK,
    targetType: { keys: [], rule: oneOf({ Instance: TargetType.Instance }) },
    proxyProtocol: { keys: [key("proxy-protocol")] },
    idleTimeoutSeconds: { keys: [key("connection-idle-timeout")], rule: integer(1, 4000) },
    crossZone: { keys: [key("cross-zone-load-balancing-enabled")] },
    accessLogsBucket: {
      keys: [key("access-log-enabled"), key("access-log-s3-bucket-name")],
    },
    accessLogsPrefix: { keys: [key("access-log-s3-bucket-prefix")], rule: logPrefix },
  },
  sourceRanges: {
    by: RangeEnforcer.LoadBalancerSecurityGroup,
    families: ipv4Alone,
    voidedBy: VOIDING_AWS_CLASSIC,
  },
  // The controller fails with "unsupported load balancer affinity".
  sessionAffinity: noSessionAffinity(NAME),
  ipFamilyPolicy: singleStack(NAME),
  forceNewKeys: [key("type"), key("internal")],
  // The controller adds and changes tags.
  stickyFindings: (before, after) =>
    stickyEntries(key("additional-resource-tags"), "tags", before, after),
  exposureKeys: [
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
    ...fixedNodePortFindings(NAME, intent),
    ...accessLogFindings(intent),
    ...securityGroupFindings(intent),
    ...tagFindings(intent, CLOUD_CONTROLLER_TAGS),
    ...httpFindings(intent),
  ],
  // The controller silently skips a port without a node port.
  needsNodePorts: always,
  render: (intent) => ({
    annotations: {
      // Written for both exposures: without the annotation the load balancer would be internet-facing.
      [key("internal")]: String(intent.exposure === Exposure.Internal),
      ...healthCheckQuestion(intent),
      ...healthCheckTimes(intent),
      [HEALTH_CHECK_PORT]: text(healthCheckPortOf(intent)?.nodePort),
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
 * With HTTP behind TLS, the controller reads every other port as HTTP too.
 *
 * @see https://github.com/kubernetes/cloud-provider-aws/blob/master/pkg/providers/v1/aws.go (`buildListener`, read at
 * 1.36)
 */
function httpFindings({ backendProtocol: value, ports }: Intent): readonly Finding[] {
  const must = `must be "Tcp", or TLS must end at every port: ${NAME} would read HTTP at the others, too; use a second LoadBalancerService for them`;
  return value === BackendProtocol.Http && ports.some(({ tls }) => !tls)
    ? [{ path: "args.backendProtocol", value, must }]
    : [];
}
