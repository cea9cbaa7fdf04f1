import {
  awsCells,
  awsHealthCheckCells,
  cloudControllerCells,
  nodePortCheckCells,
} from "../aws-cells.ts";
import { cloudControllerChanges } from "../aws-changes.ts";
import { healthCheckPort, healthChecks, inPlace, MUST_STAY, stays } from "../changes.ts";
import { everywhere, ipv4Alone, RANGES } from "../source-ranges.ts";
import { sourced } from "../sources.ts";
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

/** The annotations of TLS that ends at port 443. */
const TLS = { "ssl-cert": arn("one"), "ssl-ports": "443", "backend-protocol": "tcp" };

export const table: ControllerTable = {
  controller: "AwsCloudControllerClassic",
  documentation:
    "https://github.com/kubernetes/cloud-provider-aws/blob/master/docs/service_controller.md",
  maximumPorts: 100,
  silent: false,
  prefix: "service.beta.kubernetes.io/aws-load-balancer-",
  asked: {},
  plain: {
    annotations: {
      internal: "false",
      "healthcheck-protocol": "TCP",
      "healthcheck-interval": "10",
      "healthcheck-timeout": "6",
      "healthcheck-healthy-threshold": "2",
      "healthcheck-unhealthy-threshold": "2",
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
  forceNewKeys: ["type", "internal"],
  exposureKeys: [
    "type",
    "internal",
    "scheme",
    "security-groups",
    "extra-security-groups",
    "service.beta.kubernetes.io/load-balancer-source-ranges",
  ],
  sourceRanges: {
    by: "the load balancer's security group",
    voidedBy: { "security-groups": /./, "extra-security-groups": /./ },
  },
  keys: {
    certificates: ["ssl-cert"],
    tlsPorts: ["ssl-ports"],
    tlsPolicy: ["ssl-negotiation-policy"],
    backendProtocol: ["backend-protocol"],
    subnets: ["subnets"],
    securityGroups: ["security-groups"],
    tags: ["additional-resource-tags"],
    healthCheckPort: ["healthcheck-port"],
    healthCheckProtocol: ["healthcheck-protocol"],
    healthCheckPath: ["healthcheck-path"],
    healthCheckIntervalSeconds: ["healthcheck-interval"],
    healthCheckTimeoutSeconds: ["healthcheck-timeout"],
    healthCheckHealthyThreshold: ["healthcheck-healthy-threshold"],
    healthCheckUnhealthyThreshold: ["healthcheck-unhealthy-threshold"],
    targetType: [],
    proxyProtocol: ["proxy-protocol"],
    idleTimeoutSeconds: ["connection-idle-timeout"],
    crossZone: ["cross-zone-load-balancing-enabled"],
    accessLogsBucket: ["access-log-enabled", "access-log-s3-bucket-name"],
    accessLogsPrefix: ["access-log-s3-bucket-prefix"],
  },

  openKeys: ["healthcheck-port"],
  limits: {
    certificates: { tooMany: [arn("one"), arn("two")], beside: { ports: https } },
    healthCheckIntervalSeconds: { from: 5, to: 300 },
    healthCheckTimeoutSeconds: {
      from: 2,
      to: 60,
      besideTooHigh: { healthCheckIntervalSeconds: 300 },
    },
    healthCheckHealthyThreshold: { from: 2, to: 10 },
    healthCheckUnhealthyThreshold: { from: 2, to: 10 },
    targetType: { values: ["Instance"] },
    idleTimeoutSeconds: { from: 1, to: 4000 },
  },
  protocols: "TCP",
  sessionAffinity: false,
  refusedAnnotations: [{ subnets: "subnet-a" }, { type: "external" }],
  cells: [
    ...awsCells,
    ...awsHealthCheckCells,
    ...cloudControllerCells("AwsCloudControllerClassic"),
    ...nodePortCheckCells("AwsCloudControllerClassic"),
    takes(
      "certificates",
      { ports: httpAndHttps, certificates: [arn("one")] },
      { ...TLS, "ssl-negotiation-policy": "ELBSecurityPolicy-TLS-1-2-2017-01" },
    ),
    takes(
      "tlsPorts",
      { ports: httpAndHttps, certificates: [arn("one")], tlsPorts: ["http", "https"] },
      {
        ...TLS,
        "ssl-ports": "80,443",
        "ssl-negotiation-policy": "ELBSecurityPolicy-TLS-1-2-2017-01",
      },
    ),
    refuses(
      "tlsPorts",
      { ports: udp, certificates: [arn("one")], tlsPorts: ["dns"] },
      'args.ports[0].targetPort is "dns", must be a TCP port: AwsCloudControllerClassic supports no other protocol',
    ),
    takes(
      "tlsPolicy",
      { ...awsTls, tlsPolicy: "ELBSecurityPolicy-TLS-1-1-2017-01" },
      { ...TLS, "ssl-negotiation-policy": "ELBSecurityPolicy-TLS-1-1-2017-01" },
    ),
    takes(
      "backendProtocol",
      { ...awsTls, backendProtocol: "Tcp" },
      { ...TLS, "ssl-negotiation-policy": "ELBSecurityPolicy-TLS-1-2-2017-01" },
    ),
    takes(
      "backendProtocol",
      { ...awsTls, backendProtocol: "Tls" },
      {
        ...TLS,
        "ssl-negotiation-policy": "ELBSecurityPolicy-TLS-1-2-2017-01",
        "backend-protocol": "ssl",
      },
    ),
    takes(
      "backendProtocol",
      { ...awsTls, backendProtocol: "Http" },
      {
        ...TLS,
        "ssl-negotiation-policy": "ELBSecurityPolicy-TLS-1-2-2017-01",
        "backend-protocol": "http",
      },
    ),
    refuses(
      "backendProtocol",
      { ports: httpAndHttps, certificates: [arn("one")], backendProtocol: "Http" },
      'args.backendProtocol is "Http", must be "Tcp", or TLS must end at every port: AwsCloudControllerClassic would read HTTP at the others, too; use a second LoadBalancerService for them',
    ),
    takes(
      "backendProtocol",
      { ports: httpAndHttps, certificates: [arn("one")], backendProtocol: "Https" },
      {
        ...TLS,
        "ssl-negotiation-policy": "ELBSecurityPolicy-TLS-1-2-2017-01",
        "backend-protocol": "https",
      },
    ),
    takes(
      "backendProtocol",
      { ...awsTls, backendProtocol: "Https" },
      {
        ...TLS,
        "ssl-negotiation-policy": "ELBSecurityPolicy-TLS-1-2-2017-01",
        "backend-protocol": "https",
      },
    ),
    takes(
      "securityGroups",
      { securityGroups: ["sg-1", "sg-2"], sourceRanges: undefined },
      { "security-groups": "sg-1,sg-2" },
      { spec: { loadBalancerSourceRanges: undefined } },
    ),
    takes(
      "healthCheckTimeoutSeconds",
      { healthCheckTimeoutSeconds: 9 },
      { "healthcheck-timeout": "9" },
    ),
    refuses(
      "healthCheckTimeoutSeconds",
      { healthCheckTimeoutSeconds: 10 },
      "args.healthCheckTimeoutSeconds is 10, must be less than args.healthCheckIntervalSeconds, which is 10",
    ),
    takes(
      "healthCheckTimeoutSeconds",
      { healthCheckTimeoutSeconds: 60, healthCheckIntervalSeconds: 61 },
      { "healthcheck-timeout": "60", "healthcheck-interval": "61" },
    ),
    takes("targetType", { targetType: "Instance" }),
    takes("proxyProtocol", { proxyProtocol: true }, { "proxy-protocol": "*" }),
    takes("idleTimeoutSeconds", { idleTimeoutSeconds: 1 }, { "connection-idle-timeout": "1" }),
    takes(
      "idleTimeoutSeconds",
      { idleTimeoutSeconds: 4000 },
      { "connection-idle-timeout": "4000" },
    ),
    takes(
      "accessLogsBucket",
      { ...awsTls, accessLogsBucket: "logs" },
      {
        ...TLS,
        "ssl-negotiation-policy": "ELBSecurityPolicy-TLS-1-2-2017-01",
        "access-log-enabled": "true",
        "access-log-s3-bucket-name": "logs",
      },
    ),
    takes(
      "accessLogsBucket",
      { accessLogsBucket: "logs" },
      { "access-log-enabled": "true", "access-log-s3-bucket-name": "logs" },
    ),
    takes(
      "accessLogsPrefix",
      { ...awsTls, accessLogsBucket: "logs", accessLogsPrefix: "front" },
      {
        ...TLS,
        "ssl-negotiation-policy": "ELBSecurityPolicy-TLS-1-2-2017-01",
        "access-log-enabled": "true",
        "access-log-s3-bucket-name": "logs",
        "access-log-s3-bucket-prefix": "front",
      },
    ),
    takes(
      "externalTrafficPolicy",
      { externalTrafficPolicy: "Local" },
      { "healthcheck-protocol": undefined },
      { spec: { externalTrafficPolicy: "Local" } },
    ),
    refuses(
      "externalTrafficPolicy",
      { externalTrafficPolicy: "Local", healthCheckPath: "/readyz" },
      'args.healthCheckPath is "/readyz", must not be set with externalTrafficPolicy "Local": nodes report whether they have a ready Pod',
    ),
  ],
  changes: {
    ...healthChecks,
    ...cloudControllerChanges,
    healthCheckPort,
    subnets: inPlace([["subnet-a"], ["subnet-b"]]),
    securityGroups: inPlace([["sg-1"], ["sg-2"]], internal),
    tags: stays([{ app: "shop" }, { app: "web" }]),
    idleTimeoutSeconds: inPlace([60, 90]),
  },
  changesFrom: sourced({
    "https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.1/pkg/providers/v1/aws_loadbalancer.go (syncElbListeners: a listener that differs is made anew)":
      ["certificates", "tlsPorts", "backendProtocol"],
    "https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.1/pkg/providers/v1/aws_loadbalancer.go (setSSLNegotiationPolicy: set at each sync)":
      ["tlsPolicy"],
    "https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.1/pkg/providers/v1/aws_loadbalancer.go (ensureLoadBalancer: subnets and security groups are compared, tags are only added)":
      ["subnets", "securityGroups", "tags"],
    "https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.1/pkg/providers/v1/aws_loadbalancer.go (ensureLoadBalancerHealthCheck: compared with what is there)":
      [
        "healthCheckPort",
        "healthCheckProtocol",
        "healthCheckPath",
        "healthCheckIntervalSeconds",
        "healthCheckTimeoutSeconds",
        "healthCheckHealthyThreshold",
        "healthCheckUnhealthyThreshold",
      ],
    "https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.1/pkg/providers/v1/aws_loadbalancer.go (setBackendPolicies)":
      ["proxyProtocol"],
    "https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.1/pkg/providers/v1/aws.go (EnsureLoadBalancer: attributes begin with their defaults at each sync)":
      ["idleTimeoutSeconds", "crossZone", "accessLogsBucket", "accessLogsPrefix"],
    "https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.1/pkg/providers/v1/aws_loadbalancer.go (ensureLoadBalancerInstances: instances alone)":
      ["targetType"],
  }),
  ranges: {
    sources: [
      "https://github.com/kubernetes/cloud-provider-aws/blob/v1.36.0/pkg/providers/v1/aws.go (EnsureLoadBalancer: the ranges are rules of the group that it makes, and of no other)",
    ],
    taken: everywhere(ipv4Alone),
    weakened: [{ asked: { securityGroups: ["sg-1"] }, why: "they are its security groups then" }],
    annotations: {
      [RANGES]: "0.0.0.0/0",
      "security-groups": "sg-1",
      "extra-security-groups": "sg-1",
    },
    nodePorts: "always",
    balancerFamilies: () => ["IPv4"],
    letsIn: ({ isListed }) => isListed,
  },
  updates: [
    {
      when: "a tag is no longer written",
      before: { annotations: { "additional-resource-tags": "team=shop,note=a=b" }, ports: [] },
      after: { annotations: { "additional-resource-tags": "note=" }, ports: [] },
      refused: [`args.tags["team"] ${MUST_STAY}`],
    },
    {
      when: "there are no tags any longer",
      before: { annotations: { "additional-resource-tags": "team=shop" }, ports: [] },
      after: { annotations: {}, ports: [] },
      refused: [`args.tags["team"] ${MUST_STAY}`],
    },
    {
      when: "a tag changes and another comes",
      before: { annotations: { "additional-resource-tags": "team=shop" }, ports: [] },
      after: { annotations: { "additional-resource-tags": "team=web,app=shop" }, ports: [] },
      refused: [],
    },
  ],
};
