import { AddressKind } from "../../../cluster/address-kind.ts";
import type { Evidence } from "../../../readiness/controller/evidence.ts";
import { IpFamily } from "../../../service/ip-families.ts";
import type { ServicePort } from "../../../service/ports.ts";
import type { Finding } from "../../../validation/checks.ts";
import {
  BOTH_FAMILIES,
  hasTwoFamilies,
  type RequestedFamilies,
} from "../../contract/address-families.ts";
import { type AnnotationValue, commaList, keyValueList } from "../../contract/annotation-value.ts";
import type { LoadBalancerDialect, Rendered, WrittenService } from "../../contract/dialect.ts";
import { RangeEnforcer } from "../../contract/enforcement.ts";
import { AlpnPolicy, TargetType } from "../../contract/enums.ts";
import { Exposure, type Intent } from "../../contract/intent.ts";
import { VOIDING_AWS_NETWORK } from "../../contract/voiding.ts";
import { healthCheckPortFindings } from "../health-check-port.ts";
import { anything, noSctp, noSessionAffinity, SOURCE_RANGES, tlsNeedsTcp } from "../limits.ts";
import { stickyAnnotation, stickyEntries } from "../sticky.ts";
import {
  attributeFindings,
  LOAD_BALANCER_ATTRIBUTES,
  loadBalancerAttributes,
} from "./attributes.ts";
import {
  accessLogFindings,
  datagramFindings,
  OWN_TAGS,
  securityGroupFindings,
  tagFindings,
  tlsLogFindings,
} from "./findings.ts";
import {
  HEALTH_CHECK_PORT,
  healthCheckFindings,
  healthCheckQuestion,
  healthCheckTimes,
  uncheckedFindings,
} from "./health-check.ts";
import { key } from "./keys.ts";
import {
  idleTimeoutFindings,
  idleTimeouts,
  isBesideTcp,
  listenerFindings,
  sharedNumbers,
  splitFindings,
  stickyIdleTimeout,
  TARGET_TYPE,
  unfixed,
} from "./listeners.ts";
import {
  ATTRIBUTES,
  nlbOptions,
  SUBNETS,
  TARGET_GROUP_ATTRIBUTES,
} from "./network-load-balancer-options.ts";
import {
  STATIC_ADDRESS_KEYS,
  staticAddressAnnotations,
  staticAddressFindings,
} from "./static-addresses.ts";
import { NLB_TLS_POLICY, tlsAnnotations } from "./tls.ts";

/** The differences between the AWS Load Balancer Controller and EKS Auto Mode, which is derived from it. */
export interface NetworkLoadBalancerController {
  readonly name: string;
  readonly documentation: string;
  readonly loadBalancerClass: string;
  readonly defaultTargetType: TargetType;
  /** Whether an annotation turns the PROXY protocol on. Absent if an attribute of the target groups does. */
  readonly proxyProtocolAnnotation?: boolean;
}

/** https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/pkg/k8s/events.go (read 2026) */
const EVIDENCE: Evidence = {
  begun: [],
  accepted: ["SuccessfullyReconciled"],
  refused: ["FailedAddFinalizer", "FailedBuildModel", "FailedDeployModel", "FailedUpdateStatus"],
  unfinished: [],
  answersEachChange: true,
};

const EXPOSURE_KEYS: readonly string[] = [
  ...["type", "internal", "scheme", "security-groups", "disable-nlb-sg"].map(key),
  key("security-group-prefix-lists"),
  key("inbound-sg-rules-on-private-link-traffic"),
  SOURCE_RANGES,
];

/** The options of a Network Load Balancer of such a controller. */
export function networkLoadBalancer(
  controller: NetworkLoadBalancerController,
): LoadBalancerDialect {
  const { documentation, name } = controller;
  return {
    name,
    documentation,
    addressKind: AddressKind.Hostname,
    evidence: EVIDENCE,
    // Listeners of a Network Load Balancer.
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html (read 2026)
    maximumPorts: 50,
    supports: nlbOptions(controller),
    sourceRanges: {
      by: RangeEnforcer.LoadBalancerSecurityGroup,
      families: (requested) => (isDualStack(requested) ? BOTH_FAMILIES : [IpFamily.IPv4]),
      voidedBy: VOIDING_AWS_NETWORK,
    },
    // The API accepts the affinity silently and ignores it.
    sessionAffinity: noSessionAffinity(
      name,
      "; set stickiness.enabled and stickiness.type in args.targetGroupAttributes",
    ),
    ipFamilyPolicy: anything,
    // A change of the address families changes the address type of the target groups, which the controller's webhook
    // rejects for an existing TargetGroupBinding.
    // https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/webhooks/elbv2/targetgroupbinding_validator.go
    forceNewKeys: [key("scheme"), key("name"), key("ip-address-type"), ...STATIC_ADDRESS_KEYS],
    stickyFindings: (before, after) => stickyFindings(name, before, after),
    exposureKeys: EXPOSURE_KEYS,
    portFindings: (ports, intent) => portFindings(ports, intent, controller),
    intentFindings: (intent) => intentFindings(intent, targetTypeOf(intent, controller)),
    needsNodePorts: (intent) => targetTypeOf(intent, controller) === TargetType.Instance,
    render: (intent) => render(intent, controller),
  };
}

function portFindings(
  ports: readonly ServicePort[],
  intent: Intent,
  controller: NetworkLoadBalancerController,
): readonly Finding[] {
  const targetType = targetTypeOf(intent, controller);
  return [
    ...noSctp(controller.name, ports),
    ...tlsNeedsTcp(ports),
    ...listenerFindings(controller.name, ports, targetType),
    ...idleTimeoutFindings(ports, intent),
    ...datagramFindings(ports, keepsClientIp(intent, controller)),
    ...healthCheckPortFindings(ports, intent),
    ...uncheckedFindings(ports, intent, {
      toNodes: targetType === TargetType.Instance,
      isAnswered: (port) => isBesideTcp(port, ports, targetType),
    }),
  ];
}

function stickyFindings(
  name: string,
  before: WrittenService,
  after: WrittenService,
): readonly Finding[] {
  return [
    ...stickyEntries(ATTRIBUTES, "loadBalancerAttributes", before, after, LOAD_BALANCER_ATTRIBUTES),
    // A new target type makes new target groups, which have no settings yet.
    ...(before.annotations[TARGET_TYPE] === after.annotations[TARGET_TYPE]
      ? stickyEntries(TARGET_GROUP_ATTRIBUTES, "targetGroupAttributes", before, after)
      : []),
    ...stickyIdleTimeout(before, after),
    ...stickyAnnotation(SUBNETS, "args.subnets", before, after),
    ...splitFindings(name, before, after),
  ];
}

function intentFindings(intent: Intent, targetType: TargetType): readonly Finding[] {
  return [
    ...staticAddressFindings(intent),
    ...healthCheckFindings(intent, false),
    ...accessLogFindings(intent),
    ...tlsLogFindings(intent),
    ...tagFindings(intent, [...OWN_TAGS, "kubernetes.io/cluster/"]),
    ...securityGroupFindings(intent),
    ...attributeFindings(intent),
    ...localFindings(intent, targetType),
  ];
}

/** IPv6 targets need a dual-stack load balancer. */
function isDualStack(requested: RequestedFamilies): boolean {
  const { ipFamilies = [] } = requested;
  return (
    hasTwoFamilies(requested) || (Array.isArray(ipFamilies) && ipFamilies.includes(IpFamily.IPv6))
  );
}

function targetTypeOf(
  { targetType }: Intent,
  { defaultTargetType }: NetworkLoadBalancerController,
): TargetType {
  return targetType ?? defaultTargetType;
}

/** AWS's own defaults, written explicitly. */
function keepsClientIp(intent: Intent, controller: NetworkLoadBalancerController): boolean {
  return intent.preserveClientIp ?? targetTypeOf(intent, controller) === TargetType.Instance;
}

function render(intent: Intent, controller: NetworkLoadBalancerController): Rendered {
  const { certificates, exposure, ports, proxyProtocol, securityGroups } = intent;
  const targetType = targetTypeOf(intent, controller);
  const shared = sharedNumbers(ports);
  const annotated = controller.proxyProtocolAnnotation === true && proxyProtocol === true;
  return {
    annotations: {
      [key("scheme")]: exposure === Exposure.Public ? "internet-facing" : "internal",
      [TARGET_TYPE]: targetType.toLowerCase(),
      [key("ip-address-type")]: isDualStack(intent) ? "dualstack" : "ipv4",
      // Without it the load balancer does not support UDP for IPv6 clients.
      [key("enable-prefix-for-ipv6-source-nat")]: isDualStack(intent) ? "on" : undefined,
      [key("name")]: intent.loadBalancerName,
      [SUBNETS]: commaList(intent.subnets),
      ...staticAddressAnnotations(intent),
      ...tlsAnnotations(intent, NLB_TLS_POLICY, { Tls: "ssl" }),
      // If it were omitted, the old value would stay.
      [key("alpn-policy")]:
        certificates === undefined ? undefined : (intent.alpnPolicy ?? AlpnPolicy.None),
      ...healthCheckQuestion(intent),
      ...healthCheckTimes(intent),
      // The controller finds the node port or the Pods' port itself.
      [HEALTH_CHECK_PORT]: intent.healthCheckPort,
      [key("security-groups")]: commaList(securityGroups),
      // Without it the nodes would reject traffic from custom security groups.
      [key("manage-backend-security-group-rules")]:
        securityGroups === undefined ? undefined : "true",
      [key("additional-resource-tags")]: keyValueList(intent.tags),
      [key("proxy-protocol")]: annotated ? "*" : undefined,
      [ATTRIBUTES]: loadBalancerAttributes(intent),
      [TARGET_GROUP_ATTRIBUTES]: targetGroupAttributes(intent, controller),
      ...idleTimeouts(intent),
      // Without it only the last of the two ports would get a listener.
      [key("enable-tcp-udp-listener")]: shared.length > 0 ? "true" : undefined,
    },
    spec: { loadBalancerClass: controller.loadBalancerClass },
    ...(targetType === TargetType.Ip ? {} : { sharedNumbers: unfixed(shared, ports) }),
  };
}

function targetGroupAttributes(
  intent: Intent,
  controller: NetworkLoadBalancerController,
): AnnotationValue {
  const { proxyProtocol = false, targetGroupAttributes: others } = intent;
  const { proxyProtocolAnnotation } = controller;
  return keyValueList({
    "preserve_client_ip.enabled": String(keepsClientIp(intent, controller)),
    ...(proxyProtocolAnnotation ? {} : { "proxy_protocol_v2.enabled": String(proxyProtocol) }),
    ...others,
  });
}

/** Traffic that goes directly to Pods passes no node that could prefer its own Pods. */
function localFindings(
  { externalTrafficPolicy: value }: Intent,
  targetType: TargetType,
): readonly Finding[] {
  const must =
    'must not be set if args.targetType is "Ip", the Pods themselves are sent the traffic';
  return value === "Local" && targetType === TargetType.Ip
    ? [{ path: "args.externalTrafficPolicy", value, must }]
    : [];
}
