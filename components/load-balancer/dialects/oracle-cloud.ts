import { AddressKind } from "../../cluster/address-kind.ts";
import { TrafficPolicy } from "../../service/traffic-policy.ts";
import type { Finding } from "../../validation/checks.ts";
import { integer } from "../../validation/rules.ts";
import { type AnnotationValue, commaList, text } from "../contract/annotation-value.ts";
import type { LoadBalancerDialect } from "../contract/dialect.ts";
import { RangeEnforcer } from "../contract/enforcement.ts";
import { healthCheckOf } from "../contract/health-check.ts";
import { Exposure, type Intent } from "../contract/intent.ts";
import { VOIDING_ORACLE } from "../contract/voiding.ts";
import { cloudServiceController } from "./evidence.ts";
import { always, anything, noSessionAffinity, SOURCE_RANGES, tcpOnly } from "./limits.ts";

const NAME = "OracleCloud";
const TYPE = "oci.oraclecloud.com/load-balancer-type";
const RULES = "oci.oraclecloud.com/security-rule-management-mode";
const key = (name: string): string => `oci-network-load-balancer.oraclecloud.com/${name}`;

/**
 * Oracle Cloud's network load balancer, written from its cloud controller manager 1.35.0, with which it has not been run
 * here. Source ranges are rules of a security group that the controller makes. It asks kube-proxy whether a node is healthy.
 *
 * @see https://github.com/oracle/oci-cloud-controller-manager/blob/v1.35.0/pkg/cloudprovider/providers/oci/load_balancer_spec.go
 */
export const oracleCloud: LoadBalancerDialect = {
  name: NAME,
  documentation:
    "https://github.com/oracle/oci-cloud-controller-manager/blob/master/docs/load-balancer-annotations.md",
  addressKind: AddressKind.Ip,
  evidence: cloudServiceController,
  maximumPorts: 65535,
  supports: {
    subnets: { keys: [key("subnet")], most: 1 },
    healthCheckIntervalSeconds: {
      keys: [key("health-check-interval")],
      rule: integer(10, 1800),
    },
    healthCheckTimeoutSeconds: { keys: [key("health-check-timeout")] },
    healthCheckUnhealthyThreshold: { keys: [key("health-check-retries")] },
    proxyProtocol: { keys: [key("is-ppv2-enabled")] },
    preserveClientIp: { keys: [key("is-preserve-source")] },
  },
  sourceRanges: { by: RangeEnforcer.LoadBalancerSecurityGroup, voidedBy: VOIDING_ORACLE },
  sessionAffinity: noSessionAffinity(NAME),
  ipFamilyPolicy: anything,
  forceNewKeys: [
    TYPE,
    key("internal"),
    key("subnet"),
    key("assigned-private-ipv4"),
    key("assigned-ipv6"),
  ],
  exposureKeys: [TYPE, RULES, key("internal"), SOURCE_RANGES],
  // The rules of its security group are of TCP, whatever the port is of.
  portFindings: (ports) => tcpOnly(NAME, ports),
  intentFindings: preserveFindings,
  needsNodePorts: always,
  render: (intent) => ({
    annotations: {
      [TYPE]: "nlb",
      [RULES]: "NSG",
      [key("internal")]: String(intent.exposure === Exposure.Internal),
      // The status would otherwise have the private address of a public load balancer, too.
      [key("external-ip-only")]: intent.exposure === Exposure.Public ? "true" : undefined,
      [key("subnet")]: commaList(intent.subnets),
      ...healthCheckAnnotations(intent),
      [key("is-ppv2-enabled")]: text(intent.proxyProtocol ?? false),
      [key("is-preserve-source")]: text(intent.preserveClientIp),
    },
  }),
};

/** The controller wants milliseconds. */
function healthCheckAnnotations(intent: Intent): Record<string, AnnotationValue> {
  const { interval, unhealthy } = healthCheckOf(intent);
  const { healthCheckTimeoutSeconds: timeout } = intent;
  return {
    [key("health-check-interval")]: text(interval * 1000),
    [key("health-check-timeout")]: text(timeout === undefined ? undefined : timeout * 1000),
    [key("health-check-retries")]: text(unhealthy),
  };
}

/** The controller fails with "annotation cannot be set when externalTrafficPolicy is set to Cluster". */
function preserveFindings({
  externalTrafficPolicy,
  preserveClientIp: value,
}: Intent): readonly Finding[] {
  const must = `must not be set unless args.externalTrafficPolicy is "Local", ${NAME} then keeps it by default`;
  return value !== undefined && externalTrafficPolicy !== TrafficPolicy.Local
    ? [{ path: "args.preserveClientIp", value, must }]
    : [];
}
