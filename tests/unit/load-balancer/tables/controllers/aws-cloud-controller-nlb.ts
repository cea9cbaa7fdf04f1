import {
  awsCells,
  awsNetworkCells,
  BY_LOCAL,
  cloudControllerCells,
  nodePortCheckCells,
  unchecked,
} from "../aws-cells.ts";
import { cloudControllerChanges } from "../aws-changes.ts";
import { healthCheckPort, healthChecks, inPlace, replaced } from "../changes.ts";
import { everywhere, ipv4Alone, RANGES } from "../source-ranges.ts";
import { sourced } from "../sources.ts";
import { says } from "../strangers.ts";
import {
  arn,
  awsTls,
  type ControllerTable,
  httpAndHttps,
  https,
  internal,
  refuses,
  takes,
  udp,
} from "../table.ts";

const udpWithNodePort = [{ port: 53, targetPort: "dns", nodePort: 30053 }];

export const table: ControllerTable = {
  controller: "AwsCloudControllerNlb",
  documentation:
    "https://github.com/kubernetes/cloud-provider-aws/blob/master/docs/service_controller.md",
  maximumPorts: 50,
  silent: false,
  prefix: "service.beta.kubernetes.io/aws-load-balancer-",
  asked: {},
  plain: {
    annotations: {
      type: "nlb",
      internal: "false",
      "healthcheck-protocol": "TCP",
      "healthcheck-port": "traffic-port",
      "healthcheck-interval": "10",
      "healthcheck-healthy-threshold": "2",
      "healthcheck-unhealthy-threshold": "2",
      "target-group-attributes": "preserve_client_ip.enabled=true,proxy_protocol_v2.enabled=false",
    },
    spec: { loadBalancerSourceRanges: ["0.0.0.0/0"] },
  },
  addressKind: "hostname",
  evidence: {
    begun: ["EnsuringLoadBalancer"],
    accepted: ["EnsuredLoadBalancer"],
    refused: ["SyncLoadBalancerFailed"],
    unfinished: [],
    answersEachChange: true,
  },
  forceNewKeys: [
    "type",
    "internal",
    "subnets",
    "additional-resource-tags",
    "eip-allocations",
    "private-ipv4-addresses",
  ],
  exposureKeys: [
    "type",
    "internal",
    "scheme",
    "security-groups",
    "service.beta.kubernetes.io/load-balancer-source-ranges",
  ],
  sourceRanges: {
    by: "the nodes' security group",
    voidedBy: { "target-group-attributes": /preserve_client_ip\.enabled=false/ },
  },
  keys: {
    certificates: ["ssl-cert"],
    tlsPorts: ["ssl-ports"],
    tlsPolicy: ["ssl-negotiation-policy"],
    backendProtocol: ["backend-protocol"],
    staticAddresses: ["eip-allocations", "private-ipv4-addresses"],
    subnets: ["subnets"],
    tags: ["additional-resource-tags"],
    healthCheckPort: ["healthcheck-port"],
    healthCheckProtocol: ["healthcheck-protocol"],
    healthCheckPath: ["healthcheck-path"],
    healthCheckIntervalSeconds: ["healthcheck-interval"],
    healthCheckHealthyThreshold: ["healthcheck-healthy-threshold"],
    healthCheckUnhealthyThreshold: ["healthcheck-unhealthy-threshold"],
    targetType: [],
    proxyProtocol: ["target-group-attributes"],
    preserveClientIp: ["target-group-attributes"],
    crossZone: ["cross-zone-load-balancing-enabled"],
    accessLogsBucket: ["access-log-enabled", "access-log-s3-bucket-name"],
    accessLogsPrefix: ["access-log-s3-bucket-prefix"],
  },

  openKeys: ["healthcheck-port"],
  limits: {
    certificates: { tooMany: [arn("one"), arn("two")], beside: { ports: https } },
    backendProtocol: { values: ["Tcp", "Tls"], beside: awsTls },
    healthCheckIntervalSeconds: { from: 10, to: 300 },
    targetType: { values: ["Instance"] },
  },
  protocols: "TCP or UDP",
  sessionAffinity: false,
  refusedAnnotations: [{ subnets: "subnet-a" }, { type: "external" }],
  cells: [
    ...awsCells,
    ...awsNetworkCells,
    ...cloudControllerCells("AwsCloudControllerNlb"),
    ...nodePortCheckCells("AwsCloudControllerNlb"),
    refuses("udp", { ports: udp }, unchecked(0, BY_LOCAL)),
    refuses(
      "udp",
      { ports: udpWithNodePort, healthCheckPort: "dns" },
      'args.healthCheckPort is "dns", must not be set: no port is TCP, and health checks use nothing else',
    ),
    takes(
      "udp",
      { ports: udp, externalTrafficPolicy: "Local" },
      { "healthcheck-protocol": undefined, "healthcheck-port": undefined },
      { spec: { externalTrafficPolicy: "Local" } },
    ),
    takes(
      "udp",
      { ports: udp, annotations: { "healthcheck-port": "10256" } },
      { "healthcheck-port": "10256" },
    ),
    refuses(
      "healthCheckIntervalSeconds",
      { healthCheckIntervalSeconds: Symbol("10") },
      "args.healthCheckIntervalSeconds is Symbol(10), must be an integer from 1 up",
    ),
    takes(
      "certificates",
      { ports: httpAndHttps, certificates: [arn("one")] },
      {
        "ssl-cert": arn("one"),
        "ssl-ports": "443",
        "ssl-negotiation-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "backend-protocol": "tcp",
      },
    ),
    takes(
      "tlsPorts",
      { ports: httpAndHttps, certificates: [arn("one")], tlsPorts: ["http", "https"] },
      {
        "ssl-cert": arn("one"),
        "ssl-ports": "80,443",
        "ssl-negotiation-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "backend-protocol": "tcp",
      },
    ),
    refuses(
      "tlsPorts",
      { ports: udp, certificates: [arn("one")], tlsPorts: ["dns"] },
      'args.ports[0].targetPort is "dns", must be a TCP port, because it terminates TLS',
      unchecked(0, BY_LOCAL),
    ),
    takes(
      "tlsPolicy",
      { ...awsTls, tlsPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06" },
      {
        "ssl-cert": arn("one"),
        "ssl-ports": "443",
        "ssl-negotiation-policy": "ELBSecurityPolicy-TLS13-1-3-2021-06",
        "backend-protocol": "tcp",
      },
    ),
    takes(
      "backendProtocol",
      { ...awsTls, backendProtocol: "Tls" },
      {
        "ssl-cert": arn("one"),
        "ssl-ports": "443",
        "ssl-negotiation-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "backend-protocol": "ssl",
      },
    ),
    takes(
      "backendProtocol",
      { ...awsTls, backendProtocol: "Tcp" },
      {
        "ssl-cert": arn("one"),
        "ssl-ports": "443",
        "ssl-negotiation-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "backend-protocol": "tcp",
      },
    ),
    takes(
      "staticAddresses",
      {
        ...internal,
        staticAddresses: ["10.0.1.10", "10.0.2.10"],
        subnets: ["subnet-a", "subnet-b"],
      },
      {
        internal: "true",
        "private-ipv4-addresses": "10.0.1.10,10.0.2.10",
        subnets: "subnet-a,subnet-b",
      },
      { spec: { loadBalancerSourceRanges: undefined } },
    ),
    takes(
      "healthCheckIntervalSeconds",
      { healthCheckIntervalSeconds: 10 },
      { "healthcheck-interval": "10" },
    ),
    takes(
      "healthCheckHealthyThreshold",
      { healthCheckHealthyThreshold: 10, healthCheckUnhealthyThreshold: 10 },
      { "healthcheck-healthy-threshold": "10", "healthcheck-unhealthy-threshold": "10" },
    ),
    refuses(
      "healthCheckHealthyThreshold",
      { healthCheckHealthyThreshold: 3 },
      "args.healthCheckUnhealthyThreshold is 2, must be args.healthCheckHealthyThreshold, which is 3: AwsCloudControllerNlb does not support different values",
    ),
    refuses(
      "healthCheckUnhealthyThreshold",
      { healthCheckUnhealthyThreshold: 10 },
      "args.healthCheckUnhealthyThreshold is 10, must be args.healthCheckHealthyThreshold, which is 2: AwsCloudControllerNlb does not support different values",
    ),
    refuses(
      "healthCheckHealthyThreshold",
      { healthCheckHealthyThreshold: 1, healthCheckUnhealthyThreshold: 1 },
      "args.healthCheckHealthyThreshold is 1, must be an integer from 2 to 10",
      "args.healthCheckUnhealthyThreshold is 1, must be an integer from 2 to 10",
    ),
    refuses(
      "healthCheckHealthyThreshold",
      { healthCheckHealthyThreshold: 11, healthCheckUnhealthyThreshold: 11 },
      "args.healthCheckHealthyThreshold is 11, must be an integer from 2 to 10",
      "args.healthCheckUnhealthyThreshold is 11, must be an integer from 2 to 10",
    ),
    refuses(
      "healthCheckHealthyThreshold",
      { healthCheckHealthyThreshold: Symbol("3") },
      "args.healthCheckHealthyThreshold is Symbol(3), must be an integer from 1 up",
    ),
    refuses(
      "healthCheckUnhealthyThreshold",
      { healthCheckUnhealthyThreshold: Symbol("3") },
      "args.healthCheckUnhealthyThreshold is Symbol(3), must be an integer from 1 up",
    ),
    takes("targetType", { targetType: "Instance" }),
    takes(
      "proxyProtocol",
      { proxyProtocol: true },
      {
        "target-group-attributes": "preserve_client_ip.enabled=true,proxy_protocol_v2.enabled=true",
      },
    ),
    takes(
      "preserveClientIp",
      { preserveClientIp: false },
      {
        "target-group-attributes":
          "preserve_client_ip.enabled=false,proxy_protocol_v2.enabled=false",
      },
    ),
    refuses(
      "preserveClientIp",
      { preserveClientIp: false, sourceRanges: ["198.51.100.0/24"] },
      'args.preserveClientIp is false, must be true if args.sourceRanges do not admit everyone: nodes otherwise see the load balancer as the client, and admit everyone that it admits; use ["0.0.0.0/0"] for anywhere',
    ),
    takes(
      "preserveClientIp",
      { preserveClientIp: true, sourceRanges: ["198.51.100.0/24"] },
      {},
      { spec: { loadBalancerSourceRanges: ["198.51.100.0/24"] } },
    ),
    takes(
      "preserveClientIp",
      { preserveClientIp: true, proxyProtocol: true },
      {
        "target-group-attributes": "preserve_client_ip.enabled=true,proxy_protocol_v2.enabled=true",
      },
    ),
    takes(
      "accessLogsBucket",
      { ...awsTls, accessLogsBucket: "logs" },
      {
        "ssl-cert": arn("one"),
        "ssl-ports": "443",
        "ssl-negotiation-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "backend-protocol": "tcp",
        "access-log-enabled": "true",
        "access-log-s3-bucket-name": "logs",
      },
    ),
    takes(
      "accessLogsPrefix",
      { ...awsTls, accessLogsBucket: "logs", accessLogsPrefix: "front" },
      {
        "ssl-cert": arn("one"),
        "ssl-ports": "443",
        "ssl-negotiation-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "backend-protocol": "tcp",
        "access-log-enabled": "true",
        "access-log-s3-bucket-name": "logs",
        "access-log-s3-bucket-prefix": "front",
      },
    ),
    takes(
      "externalTrafficPolicy",
      { externalTrafficPolicy: "Local" },
      { "healthcheck-protocol": undefined, "healthcheck-port": undefined },
      { spec: { externalTrafficPolicy: "Local" } },
    ),
    refuses(
      "externalTrafficPolicy",
      { externalTrafficPolicy: "Local", healthCheckPath: "/readyz" },
      'args.healthCheckPath is "/readyz", must not be set with externalTrafficPolicy "Local": nodes report whether they have a ready Pod',
    ),
    refuses(
      "udp",
      { ports: udp, preserveClientIp: false },
      "args.preserveClientIp is false, must be true: args.ports[0] is a UDP port, for which AWS always keeps the client's address",
      unchecked(0, BY_LOCAL),
    ),
  ],
  changes: {
    ...cloudControllerChanges,
    healthCheckPort,
    healthCheckProtocol: healthChecks.healthCheckProtocol,
    healthCheckPath: healthChecks.healthCheckPath,
    healthCheckIntervalSeconds: healthChecks.healthCheckIntervalSeconds,
    // It does not support different values.
    healthCheckHealthyThreshold: inPlace([2, 2]),
    healthCheckUnhealthyThreshold: inPlace([2, 2]),
    staticAddresses: replaced([["eipalloc-a"], ["eipalloc-b"]], { subnets: ["subnet-a"] }),
    subnets: replaced([
      ["subnet-a", "subnet-b"],
      ["subnet-b", "subnet-a"],
    ]),
    tags: replaced([{ app: "shop" }, { team: "web" }]),
    preserveClientIp: inPlace([true, false]),
  },
  changesFrom: sourced({
    "https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.1/pkg/providers/v1/aws_loadbalancer.go (ensureLoadBalancerv2: protocol, policy and certificate of a listener are compared)":
      ["certificates", "tlsPorts", "tlsPolicy", "backendProtocol"],
    "https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.1/pkg/providers/v1/aws_loadbalancer.go (ensureLoadBalancerv2: subnets, addresses and tags are sent only when it creates one)":
      ["staticAddresses", "subnets", "tags"],
    "https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.1/pkg/providers/v1/aws_loadbalancer.go (ensureLoadBalancerv2: another protocol or interval makes another target group)":
      ["healthCheckProtocol", "healthCheckIntervalSeconds"],
    "https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.1/pkg/providers/v1/aws_loadbalancer.go (ensureTargetGroup: port, path and thresholds are compared)":
      [
        "healthCheckPort",
        "healthCheckPath",
        "healthCheckHealthyThreshold",
        "healthCheckUnhealthyThreshold",
      ],
    "https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.1/pkg/providers/v1/aws_loadbalancer.go (reconcileTargetGroupsAttributes)":
      ["proxyProtocol", "preserveClientIp"],
    "https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.1/pkg/providers/v1/aws_loadbalancer.go (reconcileLBAttributes: what is not written is off, and without a prefix the prefix is empty)":
      ["crossZone", "accessLogsBucket", "accessLogsPrefix"],
    "https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.1/pkg/providers/v1/aws_loadbalancer.go (createListenerV2: instances alone)":
      ["targetType"],
  }),
  ranges: {
    sources: [
      "https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.0/pkg/providers/v1/aws_loadbalancer.go (updateInstanceSecurityGroupsForNLB: the ranges, and the load balancer's own subnets for health checks)",
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation",
    ],
    taken: everywhere(ipv4Alone),
    weakened: [
      { asked: { preserveClientIp: false }, why: "nodes see the load balancer as the client" },
    ],
    annotations: {
      [RANGES]: "0.0.0.0/0",
      "security-groups": "sg-1",
      "target-group-attributes": "preserve_client_ip.enabled=false",
    },
    nodePorts: "always",
    balancerFamilies: () => ["IPv4"],
    // What reaches the nodes is from a subnet of the load balancer, of which health checks are let in.
    letsIn: ({ annotations, isListed }) =>
      isListed || says(annotations, "target-group-attributes", "preserve_client_ip.enabled=false"),
  },
};
