import type { Evidence } from "../../../readiness/controller/evidence.ts";
import { AddressKind } from "../../../service/address.ts";
import { IpFamily } from "../../../service/ip-families.ts";
import type { Finding } from "../../../validation/checks.ts";
import {
  BOTH_FAMILIES,
  type FamiliesAsked,
  hasTwoFamilies,
} from "../../contract/address-families.ts";
import { commaList, keyValueList, type Said } from "../../contract/annotation-value.ts";
import type { LoadBalancerDialect, Spoken, WrittenService } from "../../contract/dialect.ts";
import { RangeEnforcer } from "../../contract/enforcement.ts";
import { AlpnPolicy, TargetType } from "../../contract/enums.ts";
import { Exposure, type Intent } from "../../contract/intent.ts";
import { VOIDING_AWS_NETWORK } from "../../contract/voiding.ts";
import { anything, noSctp, noSessionAffinity, SOURCE_RANGES, tlsNeedsTcp } from "../limits.ts";
import { keptAnnotation, keptEntries } from "../sticky.ts";
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
import { healthCheckFindings, healthCheckQuestion, healthCheckTimes } from "./health-check.ts";
import { key } from "./keys.ts";
import {
  idleTimeoutFindings,
  idleTimeouts,
  keptIdleTimeout,
  listenerFindings,
  sharedNumbers,
  splitFindings,
  TARGET_TYPE,
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

/** In what the AWS Load Balancer Controller and EKS Auto Mode, which grew from it, differ. */
export interface NetworkLoadBalancerController {
  readonly name: string;
  readonly documentation: string;
  readonly loadBalancerClass: string;
  readonly defaultTargetType: TargetType;
  /** Whether it is told of the PROXY protocol by an annotation. Absent where an attribute of the target groups does. */
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

const EXPOSED_BY: readonly string[] = [
  ...["type", "internal", "scheme", "security-groups", "disable-nlb-sg"].map(key),
  key("security-group-prefix-lists"),
  key("inbound-sg-rules-on-private-link-traffic"),
  SOURCE_RANGES,
];

/** What a Network Load Balancer of such a controller can be told. */
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
    honours: nlbOptions(controller),
    sourceRanges: {
      by: RangeEnforcer.LoadBalancerSecurityGroup,
      families: (asked) => (isDualStack(asked) ? BOTH_FAMILIES : [IpFamily.IPv4]),
      voidedBy: VOIDING_AWS_NETWORK,
    },
    // It is taken without a word, and ignored.
    sessionAffinity: noSessionAffinity(
      name,
      "; set stickiness.enabled and stickiness.type in args.targetGroupAttributes",
    ),
    ipFamilyPolicy: anything,
    replacedBy: [key("scheme"), key("name"), ...STATIC_ADDRESS_KEYS],
    keptFindings: (before, after) => keptFindings(name, before, after),
    exposedBy: EXPOSED_BY,
    portFindings: (ports, intent) => [
      ...noSctp(name, ports),
      ...tlsNeedsTcp(ports),
      ...listenerFindings(name, ports, targetTypeOf(intent, controller)),
      ...idleTimeoutFindings(ports, intent),
      ...datagramFindings(ports, keepsClientIp(intent, controller)),
    ],
    intentFindings: (intent) => intentFindings(intent, targetTypeOf(intent, controller)),
    needsNodePorts: (intent) => targetTypeOf(intent, controller) === TargetType.Instance,
    speak: (intent) => speak(intent, controller),
  };
}

function keptFindings(
  name: string,
  before: WrittenService,
  after: WrittenService,
): readonly Finding[] {
  return [
    ...keptEntries(ATTRIBUTES, "loadBalancerAttributes", before, after, LOAD_BALANCER_ATTRIBUTES),
    // Other targets are other target groups, which have none yet.
    ...(before.annotations[TARGET_TYPE] === after.annotations[TARGET_TYPE]
      ? keptEntries(TARGET_GROUP_ATTRIBUTES, "targetGroupAttributes", before, after)
      : []),
    ...keptIdleTimeout(before, after),
    ...keptAnnotation(SUBNETS, "args.subnets", before, after),
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

/** Targets of IPv6 need a load balancer of both families. */
function isDualStack(asked: FamiliesAsked): boolean {
  const { ipFamilies = [] } = asked;
  return hasTwoFamilies(asked) || (Array.isArray(ipFamilies) && ipFamilies.includes(IpFamily.IPv6));
}

function targetTypeOf(
  { targetType }: Intent,
  { defaultTargetType }: NetworkLoadBalancerController,
): TargetType {
  return targetType ?? defaultTargetType;
}

/** AWS's own defaults, written out. */
function keepsClientIp(intent: Intent, controller: NetworkLoadBalancerController): boolean {
  return intent.preserveClientIp ?? targetTypeOf(intent, controller) === TargetType.Instance;
}

function speak(intent: Intent, controller: NetworkLoadBalancerController): Spoken {
  const { certificates, exposure, ports, proxyProtocol, securityGroups } = intent;
  const targetType = targetTypeOf(intent, controller);
  const shared = sharedNumbers(ports);
  const annotated = controller.proxyProtocolAnnotation === true && proxyProtocol === true;
  return {
    annotations: {
      [key("scheme")]: exposure === Exposure.Public ? "internet-facing" : "internal",
      [TARGET_TYPE]: targetType.toLowerCase(),
      [key("ip-address-type")]: isDualStack(intent) ? "dualstack" : "ipv4",
      // Otherwise it has no UDP for clients of IPv6.
      [key("enable-prefix-for-ipv6-source-nat")]: isDualStack(intent) ? "on" : undefined,
      [key("name")]: intent.loadBalancerName,
      [SUBNETS]: commaList(intent.subnets),
      ...staticAddressAnnotations(intent),
      ...tlsAnnotations(intent, NLB_TLS_POLICY, { Tls: "ssl" }),
      // Left out, it would stay as it was.
      [key("alpn-policy")]:
        certificates === undefined ? undefined : (intent.alpnPolicy ?? AlpnPolicy.None),
      ...healthCheckQuestion(intent),
      ...healthCheckTimes(intent),
      [key("security-groups")]: commaList(securityGroups),
      // Without it the nodes would let nothing of one's own groups in.
      [key("manage-backend-security-group-rules")]:
        securityGroups === undefined ? undefined : "true",
      [key("additional-resource-tags")]: keyValueList(intent.tags),
      [key("proxy-protocol")]: annotated ? "*" : undefined,
      [ATTRIBUTES]: loadBalancerAttributes(intent),
      [TARGET_GROUP_ATTRIBUTES]: targetGroupAttributes(intent, controller),
      ...idleTimeouts(intent),
      // Otherwise the last one would be the listener, and the other nowhere.
      [key("enable-tcp-udp-listener")]: shared.length > 0 ? "true" : undefined,
    },
    spec: { loadBalancerClass: controller.loadBalancerClass },
    ...(targetType === TargetType.Ip ? {} : { sharedNumbers: shared }),
  };
}

function targetGroupAttributes(intent: Intent, controller: NetworkLoadBalancerController): Said {
  const { proxyProtocol = false, targetGroupAttributes: others } = intent;
  const { proxyProtocolAnnotation } = controller;
  return keyValueList({
    "preserve_client_ip.enabled": String(keepsClientIp(intent, controller)),
    ...(proxyProtocolAnnotation ? {} : { "proxy_protocol_v2.enabled": String(proxyProtocol) }),
    ...others,
  });
}

/** Traffic that goes to the Pods themselves passes no node that could choose among its own. */
function localFindings(
  { externalTrafficPolicy: value }: Intent,
  targetType: TargetType,
): readonly Finding[] {
  const must =
    'must be left out where args.targetType is "Ip", the Pods themselves are sent the traffic';
  return value === "Local" && targetType === TargetType.Ip
    ? [{ path: "args.externalTrafficPolicy", value, must }]
    : [];
}
