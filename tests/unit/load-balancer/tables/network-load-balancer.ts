import { awsCells, awsHealthCheckCells, awsNetworkCells } from "./aws-cells.ts";
import { networkLoadBalancerChanges } from "./aws-changes.ts";
import { networkLoadBalancerCells, targetGroupCells } from "./network-load-balancer-cells.ts";
import { listenersOf, uncheckedCells } from "./network-load-balancer-listeners.ts";
import { networkLoadBalancerUpdates } from "./network-load-balancer-updates.ts";
import { everywhere, ipv4OrBoth, RANGES } from "./source-ranges.ts";
import { sourced } from "./sources.ts";
import { says } from "./strangers.ts";
import { arn, awsTls, type ControllerTable, https } from "./table.ts";

const SOURCES =
  "https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/pkg/service";

/** What the AWS Load Balancer Controller and EKS Auto Mode, which grew from it, do differently. */
export interface Differences
  extends Pick<ControllerTable, "cells" | "controller" | "documentation"> {
  /** Where it sends traffic when nobody says. */
  readonly targetType: "instance" | "ip";
  /** The attributes of the target groups that it always has. */
  readonly targetGroupAttributes: string;
  /** The fields of the Service that it always has. */
  readonly spec: Readonly<Record<string, unknown>>;
  /** Where the PROXY protocol is written. */
  readonly proxyProtocol: readonly string[];
  /** What a load balancer has that sends traffic to the nodes and keeps the client's address. */
  readonly toNodes: Readonly<Record<string, string>>;
  /** What a load balancer has that sends traffic to the Pods and keeps the client's address. */
  readonly toPods: Readonly<Record<string, string>>;
}

/** The table of a controller that makes Network Load Balancers, one listener of a number. */
export const networkLoadBalancer = ({
  cells,
  controller: name,
  documentation,
  proxyProtocol,
  spec,
  targetGroupAttributes,
  targetType,
  toNodes,
  toPods,
}: Differences): ControllerTable => ({
  controller: name,
  documentation,
  maximumPorts: 50,
  silent: false,
  prefix: "service.beta.kubernetes.io/aws-load-balancer-",
  asked: {},
  plain: {
    annotations: {
      ...ANNOTATIONS,
      "nlb-target-type": targetType,
      "target-group-attributes": targetGroupAttributes,
    },
    spec: { ...spec, loadBalancerSourceRanges: ["0.0.0.0/0"] },
  },
  addressKind: "hostname",
  evidence: {
    begun: [],
    accepted: ["SuccessfullyReconciled"],
    refused: ["FailedAddFinalizer", "FailedBuildModel", "FailedDeployModel", "FailedUpdateStatus"],
    unfinished: [],
    answersEachChange: true,
  },
  forceNewKeys: ["scheme", "name", "ip-address-type", "eip-allocations", "private-ipv4-addresses"],
  exposureKeys: [
    "scheme",
    "internal",
    "type",
    "security-groups",
    "security-group-prefix-lists",
    "disable-nlb-sg",
    "inbound-sg-rules-on-private-link-traffic",
    "service.beta.kubernetes.io/load-balancer-source-ranges",
  ],
  sourceRanges: {
    by: "the load balancer's security group",
    voidedBy: {
      "security-groups": /./,
      "disable-nlb-sg": /^true$/i,
      "security-group-prefix-lists": /./,
    },
  },
  keys: { ...KEYS, proxyProtocol },
  olderKeys: {
    accessLogsBucket: ["access-log-enabled", "access-log-s3-bucket-name"],
    accessLogsPrefix: ["access-log-s3-bucket-prefix"],
    crossZone: ["cross-zone-load-balancing-enabled"],
    targetGroupAttributes: ["target-group-attributes."],
    proxyProtocol: ["proxy-protocol", "proxy-protocol-per-target-group"],
  },
  openKeys: ["healthcheck-port"],
  limits: {
    certificates: {
      tooMany: Array.from({ length: 26 }, (_, index) => arn(String(index))),
      beside: { ports: https },
    },
    backendProtocol: { values: ["Tcp", "Tls"], beside: awsTls },
    healthCheckIntervalSeconds: { from: 5, to: 300 },
    healthCheckTimeoutSeconds: {
      from: 2,
      to: 120,
      besideTooHigh: { healthCheckIntervalSeconds: 300 },
    },
    healthCheckHealthyThreshold: { from: 2, to: 10 },
    healthCheckUnhealthyThreshold: { from: 2, to: 10 },
    idleTimeoutSeconds: { from: 60, to: 6000 },
  },
  protocols: "TCP and UDP",
  sessionAffinity: "set stickiness.enabled and stickiness.type in args.targetGroupAttributes",
  refusedAnnotations: [
    { scheme: "internal" },
    { "listener-attributes.TCP-80": "tcp.idle_timeout.seconds=60" },
    { type: "external" },
    {
      "access-log-enabled": "true",
      "access-log-s3-bucket-name": "logs",
      "access-log-s3-bucket-prefix": "front",
      "cross-zone-load-balancing-enabled": "true",
    },
    {
      "target-group-attributes.80": "stickiness.enabled=true",
      "proxy-protocol-per-target-group": "80",
      "proxy-protocol": "*",
    },
    { "ip-address-type": "dualstack" },
  ],
  cells: [
    ...awsCells,
    ...awsHealthCheckCells,
    ...awsNetworkCells,
    ...listenersOf(name, toNodes, toPods),
    ...uncheckedCells(toNodes, toPods),
    ...targetGroupCells(targetGroupAttributes),
    ...networkLoadBalancerCells,
    ...cells,
  ],
  changes: networkLoadBalancerChanges,
  changesFrom: CHANGES_FROM,
  ranges: {
    sources: [
      `${SOURCES}/model_build_managed_sg.go (a range of IPv6 needs "dualstack")`,
      `${SOURCES}/model_build_load_balancer.go (security-groups and disable-nlb-sg take the place of the managed group)`,
      `${SOURCES}/model_build_target_group.go ("unsupported IPv6 configuration, lb not dual-stack")`,
    ],
    // Targets of IPv6 make it one of both families.
    taken: everywhere({ ...ipv4OrBoth, IPv6: ["office", "all"] }),
    weakened: [{ asked: { securityGroups: ["sg-1"] }, why: "they are its security groups then" }],
    annotations: {
      [RANGES]: "0.0.0.0/0",
      "security-groups": "sg-1",
      "disable-nlb-sg": "true",
      "security-group-prefix-lists": "pl-1",
      "inbound-sg-rules-on-private-link-traffic": "off",
    },
    nodePorts: { targetType: "Instance" },
    balancerFamilies: (annotations) =>
      says(annotations, "ip-address-type", "dualstack") ? ["IPv4", "IPv6"] : ["IPv4"],
    letsIn: ({ isListed }) => isListed,
  },
  updates: networkLoadBalancerUpdates(name),
});

const DEPLOY =
  "https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/pkg/deploy/elbv2";

/** What becomes of changes; EKS Auto Mode, whose source is not public, grew from it. */
const CHANGES_FROM = sourced({
  [`${DEPLOY}/listener_manager.go (Update: what the listener has is compared with what is asked)`]:
    ["certificates", "tlsPorts", "tlsPolicy", "alpnPolicy"],
  [`${DEPLOY}/target_group_synthesizer.go (isSDKTargetGroupRequiresReplacement: another type or protocol makes another group)`]:
    ["targetType", "backendProtocol"],
  [`${DEPLOY}/target_group_manager.go (updateSDKTargetGroupWithHealthCheck: compared each time)`]: [
    "healthCheckPort",
    "healthCheckProtocol",
    "healthCheckPath",
    "healthCheckIntervalSeconds",
    "healthCheckTimeoutSeconds",
    "healthCheckHealthyThreshold",
    "healthCheckUnhealthyThreshold",
  ],
  [`${DEPLOY}/load_balancer_manager.go (Update: neither a name nor an address is compared)`]: [
    "loadBalancerName",
    "staticAddresses",
  ],
  [`${DEPLOY}/load_balancer_manager.go (updateSDKLoadBalancerWithSubnetMappings: those that are asked; without any those that it has)`]:
    ["subnets"],
  [`${DEPLOY}/load_balancer_manager.go (updateSDKLoadBalancerWithSecurityGroups, updateSDKLoadBalancerWithTags)`]:
    ["securityGroups", "tags"],
  [`${DEPLOY}/load_balancer_attributes_reconciler.go (Reconcile: only attributes that are written are compared)`]:
    [
      "crossZone",
      "zonalDns",
      "accessLogsBucket",
      "accessLogsPrefix",
      "deletionProtection",
      "loadBalancerAttributes",
    ],
  [`${DEPLOY}/target_group_attributes_reconciler.go (Reconcile: only attributes that are written are compared)`]:
    ["proxyProtocol", "preserveClientIp", "targetGroupAttributes"],
  [`${DEPLOY}/listener_attributes_reconciler.go (Reconcile: only attributes that are written are compared)`]:
    ["idleTimeoutSeconds"],
});

/** What every such load balancer has. */
const ANNOTATIONS = {
  scheme: "internet-facing",
  "ip-address-type": "ipv4",
  attributes:
    "load_balancing.cross_zone.enabled=false,dns_record.client_routing_policy=any_availability_zone,deletion_protection.enabled=false,access_logs.s3.enabled=false",
  "healthcheck-protocol": "TCP",
  "healthcheck-interval": "10",
  "healthcheck-timeout": "6",
  "healthcheck-healthy-threshold": "2",
  "healthcheck-unhealthy-threshold": "2",
};

/** Where each option is written. */
const KEYS = {
  certificates: ["ssl-cert"],
  tlsPorts: ["ssl-ports"],
  tlsPolicy: ["ssl-negotiation-policy"],
  alpnPolicy: ["alpn-policy"],
  backendProtocol: ["backend-protocol"],
  loadBalancerName: ["name"],
  staticAddresses: ["eip-allocations", "private-ipv4-addresses"],
  subnets: ["subnets"],
  securityGroups: ["security-groups", "manage-backend-security-group-rules"],
  tags: ["additional-resource-tags"],
  healthCheckPort: ["healthcheck-port"],
  healthCheckProtocol: ["healthcheck-protocol"],
  healthCheckPath: ["healthcheck-path"],
  healthCheckIntervalSeconds: ["healthcheck-interval"],
  healthCheckTimeoutSeconds: ["healthcheck-timeout"],
  healthCheckHealthyThreshold: ["healthcheck-healthy-threshold"],
  healthCheckUnhealthyThreshold: ["healthcheck-unhealthy-threshold"],
  targetType: ["nlb-target-type", "spec.allocateLoadBalancerNodePorts"],
  preserveClientIp: ["target-group-attributes"],
  idleTimeoutSeconds: ["listener-attributes."],
  crossZone: ["attributes"],
  zonalDns: ["attributes"],
  accessLogsBucket: ["attributes"],
  accessLogsPrefix: ["attributes"],
  deletionProtection: ["attributes"],
  loadBalancerAttributes: ["attributes"],
  targetGroupAttributes: ["target-group-attributes"],
};
