import { listenersOf } from "./network-load-balancer-listeners.ts";
import { networkLoadBalancerUpdates } from "./network-load-balancer-updates.ts";
import {
  everybody,
  httpAndHttps,
  httpAndUdp,
  https,
  sctp,
  type Table,
  tcpAndUdpOnOnePort,
  udp,
} from "./table.ts";

export const eksAutoMode: Table = {
  controller: "EksAutoMode",
  documentation: "https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-nlb.html",
  maximumPorts: 50,
  silent: false,
  asked: {},
  plain: {
    annotations: {
      "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing",
      "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
      "service.beta.kubernetes.io/aws-load-balancer-ip-address-type": "ipv4",
      "service.beta.kubernetes.io/aws-load-balancer-attributes":
        "load_balancing.cross_zone.enabled=false,dns_record.client_routing_policy=any_availability_zone,deletion_protection.enabled=false,access_logs.s3.enabled=false",
      "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes":
        "preserve_client_ip.enabled=false,proxy_protocol_v2.enabled=false",
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol": "TCP",
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-interval": "10",
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-timeout": "6",
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-healthy-threshold": "2",
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-unhealthy-threshold": "2",
    },
    spec: {
      loadBalancerClass: "eks.amazonaws.com/nlb",
      allocateLoadBalancerNodePorts: false,
      loadBalancerSourceRanges: ["0.0.0.0/0"],
    },
  },
  addressKind: "hostname",
  evidence: {
    begun: [],
    accepted: ["SuccessfullyReconciled"],
    refused: ["FailedAddFinalizer", "FailedBuildModel", "FailedDeployModel", "FailedUpdateStatus"],
    unfinished: [],
    answersEachChange: true,
  },
  forceNewKeys: [
    "service.beta.kubernetes.io/aws-load-balancer-scheme",
    "service.beta.kubernetes.io/aws-load-balancer-name",
    "service.beta.kubernetes.io/aws-load-balancer-eip-allocations",
    "service.beta.kubernetes.io/aws-load-balancer-private-ipv4-addresses",
  ],
  exposureKeys: [
    "service.beta.kubernetes.io/aws-load-balancer-scheme",
    "service.beta.kubernetes.io/aws-load-balancer-internal",
    "service.beta.kubernetes.io/aws-load-balancer-type",
    "service.beta.kubernetes.io/aws-load-balancer-security-groups",
    "service.beta.kubernetes.io/aws-load-balancer-security-group-prefix-lists",
    "service.beta.kubernetes.io/aws-load-balancer-disable-nlb-sg",
    "service.beta.kubernetes.io/aws-load-balancer-inbound-sg-rules-on-private-link-traffic",
    "service.beta.kubernetes.io/load-balancer-source-ranges",
  ],
  sourceRanges: {
    by: "the load balancer's security group",
    voidedBy: {
      "service.beta.kubernetes.io/aws-load-balancer-security-groups": /./,
      "service.beta.kubernetes.io/aws-load-balancer-disable-nlb-sg": /^true$/i,
      "service.beta.kubernetes.io/aws-load-balancer-security-group-prefix-lists": /./,
    },
  },
  keys: {
    certificates: ["service.beta.kubernetes.io/aws-load-balancer-ssl-cert"],
    tlsPorts: ["service.beta.kubernetes.io/aws-load-balancer-ssl-ports"],
    tlsPolicy: ["service.beta.kubernetes.io/aws-load-balancer-ssl-negotiation-policy"],
    alpnPolicy: ["service.beta.kubernetes.io/aws-load-balancer-alpn-policy"],
    backendProtocol: ["service.beta.kubernetes.io/aws-load-balancer-backend-protocol"],
    loadBalancerName: ["service.beta.kubernetes.io/aws-load-balancer-name"],
    staticAddresses: [
      "service.beta.kubernetes.io/aws-load-balancer-eip-allocations",
      "service.beta.kubernetes.io/aws-load-balancer-private-ipv4-addresses",
    ],
    subnets: ["service.beta.kubernetes.io/aws-load-balancer-subnets"],
    securityGroups: [
      "service.beta.kubernetes.io/aws-load-balancer-security-groups",
      "service.beta.kubernetes.io/aws-load-balancer-manage-backend-security-group-rules",
    ],
    tags: ["service.beta.kubernetes.io/aws-load-balancer-additional-resource-tags"],
    healthCheckProtocol: ["service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol"],
    healthCheckPath: ["service.beta.kubernetes.io/aws-load-balancer-healthcheck-path"],
    healthCheckIntervalSeconds: [
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-interval",
    ],
    healthCheckTimeoutSeconds: ["service.beta.kubernetes.io/aws-load-balancer-healthcheck-timeout"],
    healthCheckHealthyThreshold: [
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-healthy-threshold",
    ],
    healthCheckUnhealthyThreshold: [
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-unhealthy-threshold",
    ],
    targetType: [
      "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type",
      "spec.allocateLoadBalancerNodePorts",
    ],
    proxyProtocol: ["service.beta.kubernetes.io/aws-load-balancer-target-group-attributes"],
    preserveClientIp: ["service.beta.kubernetes.io/aws-load-balancer-target-group-attributes"],
    idleTimeoutSeconds: ["service.beta.kubernetes.io/aws-load-balancer-listener-attributes."],
    crossZone: ["service.beta.kubernetes.io/aws-load-balancer-attributes"],
    zonalDns: ["service.beta.kubernetes.io/aws-load-balancer-attributes"],
    accessLogsBucket: ["service.beta.kubernetes.io/aws-load-balancer-attributes"],
    accessLogsPrefix: ["service.beta.kubernetes.io/aws-load-balancer-attributes"],
    deletionProtection: ["service.beta.kubernetes.io/aws-load-balancer-attributes"],
    loadBalancerAttributes: ["service.beta.kubernetes.io/aws-load-balancer-attributes"],
    targetGroupAttributes: ["service.beta.kubernetes.io/aws-load-balancer-target-group-attributes"],
  },
  cells: [
    {
      cell: "subnets",
      when: "one has a comma in it",
      asked: { subnets: ["one,two"] },
      refused: [
        'args.subnets[0] is "one,two", must be a string without ",", which separates such values',
      ],
    },
    {
      cell: "securityGroups",
      when: "one has a comma in it",
      asked: { securityGroups: ["one,two"], sourceRanges: undefined },
      refused: [
        'args.securityGroups[0] is "one,two", must be a string without ",", which separates such values',
      ],
    },
    {
      cell: "externalTrafficPolicy",
      when: "it is Local and a protocol is asked for",
      asked: {
        externalTrafficPolicy: "Local",
        healthCheckProtocol: "Http",
        targetType: "Instance",
      },
      refused: [
        'args.healthCheckProtocol is "Http", must not be set with externalTrafficPolicy "Local": nodes report whether they have a ready Pod',
      ],
    },
    {
      cell: "healthCheckIntervalSeconds",
      when: "it is no number",
      asked: { healthCheckIntervalSeconds: Symbol("10"), healthCheckTimeoutSeconds: 5 },
      refused: ["args.healthCheckIntervalSeconds is Symbol(10), must be an integer from 1 up"],
    },
    {
      cell: "certificates",
      when: "one of two ports is 443",
      asked: {
        ports: httpAndHttps,
        certificates: [
          "arn:aws:acm:eu-central-1:111122223333:certificate/one",
          "arn:aws:acm:eu-central-1:111122223333:certificate/two",
        ],
      },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-ssl-cert":
          "arn:aws:acm:eu-central-1:111122223333:certificate/one,arn:aws:acm:eu-central-1:111122223333:certificate/two",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-ports": "443",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-negotiation-policy":
          "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "service.beta.kubernetes.io/aws-load-balancer-backend-protocol": "tcp",
        "service.beta.kubernetes.io/aws-load-balancer-alpn-policy": "None",
      },
    },
    {
      cell: "certificates",
      when: "there are 26",
      asked: {
        ports: https,
        certificates: Array.from(
          { length: 26 },
          (_, index) => `arn:aws:acm:eu-central-1:111122223333:certificate/${index}`,
        ),
      },
      refused: ["args.certificates.length is 26, must be at most 25"],
    },
    {
      cell: "certificates",
      when: "one is no ARN",
      asked: { ports: https, certificates: ["my-certificate"] },
      refused: [
        'args.certificates[0] is "my-certificate", must be the ARN of a certificate in AWS Certificate Manager or IAM, such as arn:aws:acm:eu-west-1:123456789012:certificate/0aa1',
      ],
    },
    {
      cell: "tlsPorts",
      asked: {
        ports: httpAndHttps,
        certificates: ["arn:aws:acm:eu-central-1:111122223333:certificate/one"],
        tlsPorts: ["http", "https"],
      },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-ssl-cert":
          "arn:aws:acm:eu-central-1:111122223333:certificate/one",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-ports": "80,443",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-negotiation-policy":
          "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "service.beta.kubernetes.io/aws-load-balancer-backend-protocol": "tcp",
        "service.beta.kubernetes.io/aws-load-balancer-alpn-policy": "None",
      },
    },
    {
      cell: "tlsPorts",
      when: "one of them is UDP",
      asked: {
        ports: udp,
        certificates: ["arn:aws:acm:eu-central-1:111122223333:certificate/one"],
        tlsPorts: ["dns"],
      },
      refused: [
        'args.ports[0].targetPort is "dns", must be a TCP port, because it terminates TLS',
        "args.preserveClientIp is false, must be true: args.ports[0] is a UDP port, for which AWS always keeps the client's address",
      ],
    },
    {
      cell: "tlsPolicy",
      asked: {
        ports: https,
        certificates: ["arn:aws:acm:eu-central-1:111122223333:certificate/one"],
        tlsPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06",
      },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-ssl-cert":
          "arn:aws:acm:eu-central-1:111122223333:certificate/one",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-ports": "443",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-negotiation-policy":
          "ELBSecurityPolicy-TLS13-1-3-2021-06",
        "service.beta.kubernetes.io/aws-load-balancer-backend-protocol": "tcp",
        "service.beta.kubernetes.io/aws-load-balancer-alpn-policy": "None",
      },
    },
    {
      cell: "alpnPolicy",
      asked: {
        ports: https,
        certificates: ["arn:aws:acm:eu-central-1:111122223333:certificate/one"],
        alpnPolicy: "HTTP2Preferred",
      },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-ssl-cert":
          "arn:aws:acm:eu-central-1:111122223333:certificate/one",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-ports": "443",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-negotiation-policy":
          "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "service.beta.kubernetes.io/aws-load-balancer-backend-protocol": "tcp",
        "service.beta.kubernetes.io/aws-load-balancer-alpn-policy": "HTTP2Preferred",
      },
    },
    {
      cell: "backendProtocol",
      when: "it is TLS",
      asked: {
        ports: https,
        certificates: ["arn:aws:acm:eu-central-1:111122223333:certificate/one"],
        backendProtocol: "Tls",
      },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-ssl-cert":
          "arn:aws:acm:eu-central-1:111122223333:certificate/one",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-ports": "443",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-negotiation-policy":
          "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "service.beta.kubernetes.io/aws-load-balancer-backend-protocol": "ssl",
        "service.beta.kubernetes.io/aws-load-balancer-alpn-policy": "None",
      },
    },
    {
      cell: "backendProtocol",
      when: "it is TCP",
      asked: {
        ports: https,
        certificates: ["arn:aws:acm:eu-central-1:111122223333:certificate/one"],
        backendProtocol: "Tcp",
      },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-ssl-cert":
          "arn:aws:acm:eu-central-1:111122223333:certificate/one",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-ports": "443",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-negotiation-policy":
          "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "service.beta.kubernetes.io/aws-load-balancer-backend-protocol": "tcp",
        "service.beta.kubernetes.io/aws-load-balancer-alpn-policy": "None",
      },
    },
    {
      cell: "backendProtocol",
      when: "it is HTTP",
      asked: {
        ports: https,
        certificates: ["arn:aws:acm:eu-central-1:111122223333:certificate/one"],
        backendProtocol: "Http",
      },
      refused: [
        'args.backendProtocol is "Http", must be "Tcp" or "Tls" for EksAutoMode; supported by AwsCloudControllerClassic, DigitalOcean, HetznerCloud',
      ],
    },
    {
      cell: "loadBalancerName",
      asked: { loadBalancerName: "shop-prod-front" },
      annotations: { "service.beta.kubernetes.io/aws-load-balancer-name": "shop-prod-front" },
    },
    {
      cell: "loadBalancerName",
      when: "it has 32 characters",
      asked: { loadBalancerName: "a2345678901234567890123456789012" },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-name": "a2345678901234567890123456789012",
      },
    },
    {
      cell: "loadBalancerName",
      when: "it has 33 characters",
      asked: { loadBalancerName: "a23456789012345678901234567890123" },
      refused: [
        'args.loadBalancerName is "a23456789012345678901234567890123", must be at most 32 letters, digits and "-", starting and ending with a letter or digit, and not with "internal-"',
      ],
    },
    {
      cell: "loadBalancerName",
      when: "it starts with internal-",
      asked: { loadBalancerName: "internal-front" },
      refused: [
        'args.loadBalancerName is "internal-front", must be at most 32 letters, digits and "-", starting and ending with a letter or digit, and not with "internal-"',
      ],
    },
    {
      cell: "staticAddresses",
      when: "it is public",
      asked: { staticAddresses: ["eipalloc-a1", "eipalloc-b2"], subnets: ["subnet-a", "subnet-b"] },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-eip-allocations": "eipalloc-a1,eipalloc-b2",
        "service.beta.kubernetes.io/aws-load-balancer-subnets": "subnet-a,subnet-b",
      },
    },
    {
      cell: "staticAddresses",
      when: "it is internal",
      asked: {
        exposure: "Internal",
        sourceRanges: undefined,
        staticAddresses: ["10.0.1.10", "10.0.2.10"],
        subnets: ["subnet-a", "subnet-b"],
      },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
        "service.beta.kubernetes.io/aws-load-balancer-private-ipv4-addresses":
          "10.0.1.10,10.0.2.10",
        "service.beta.kubernetes.io/aws-load-balancer-subnets": "subnet-a,subnet-b",
      },
      spec: { loadBalancerSourceRanges: undefined },
    },
    {
      cell: "staticAddresses",
      when: "there are no subnets",
      asked: { staticAddresses: ["eipalloc-a1"] },
      refused: [
        "args.staticAddresses.length is 1, must be as many as args.subnets, which has 0: each address is for the subnet in the same place",
      ],
    },
    {
      cell: "staticAddresses",
      when: "there are more than subnets",
      asked: { staticAddresses: ["eipalloc-a1", "eipalloc-b2"], subnets: ["subnet-a"] },
      refused: [
        "args.staticAddresses.length is 2, must be as many as args.subnets, which has 1: each address is for the subnet in the same place",
      ],
    },
    {
      cell: "staticAddresses",
      when: "a public one is an IP",
      asked: { staticAddresses: ["203.0.113.7"], subnets: ["subnet-a"] },
      refused: [
        'args.staticAddresses[0] is "203.0.113.7", must be the allocation id of an Elastic IP for a public load balancer, such as eipalloc-0aa1',
      ],
    },
    {
      cell: "staticAddresses",
      when: "an internal one is an Elastic IP",
      asked: {
        exposure: "Internal",
        sourceRanges: undefined,
        staticAddresses: ["eipalloc-a1"],
        subnets: ["subnet-a"],
      },
      refused: [
        'args.staticAddresses[0] is "eipalloc-a1", must be an IPv4 address of the subnet for an internal load balancer',
      ],
    },
    {
      cell: "subnets",
      asked: { subnets: ["subnet-a", "my-subnet"] },
      annotations: { "service.beta.kubernetes.io/aws-load-balancer-subnets": "subnet-a,my-subnet" },
    },
    {
      cell: "location",
      asked: { location: "fsn1" },
      refused: [
        'args.location is "fsn1", must not be set: it is not supported by EksAutoMode; supported by HetznerCloud',
      ],
    },
    {
      cell: "addressPool",
      asked: { addressPool: "public" },
      refused: [
        'args.addressPool is "public", must not be set: it is not supported by EksAutoMode; supported by MetalLb',
      ],
    },
    {
      cell: "sharedAddressKey",
      asked: { sharedAddressKey: "front" },
      refused: [
        'args.sharedAddressKey is "front", must not be set: it is not supported by EksAutoMode; supported by MetalLb',
      ],
    },
    {
      cell: "securityGroups",
      asked: { securityGroups: ["sg-1", "sg-2"], sourceRanges: undefined },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-security-groups": "sg-1,sg-2",
        "service.beta.kubernetes.io/aws-load-balancer-manage-backend-security-group-rules": "true",
      },
      spec: { loadBalancerSourceRanges: undefined },
    },
    {
      cell: "securityGroups",
      when: "there are source ranges",
      asked: { securityGroups: ["sg-1"] },
      refused: [
        "args.sourceRanges is a list, must not be set with args.securityGroups, which then decide who may connect",
      ],
    },
    {
      cell: "tags",
      asked: { tags: { app: "shop", stack: "prod" } },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-additional-resource-tags":
          "app=shop,stack=prod",
      },
    },
    {
      cell: "tags",
      when: "one is the controller's own",
      asked: { tags: { "service.k8s.aws/stack": "shop", "aws:team": "shop" } },
      refused: [
        'args.tags["service.k8s.aws/stack"] is "shop", must not be set: the controller or AWS writes it',
        'args.tags["aws:team"] is "shop", must not be set: the controller or AWS writes it',
      ],
    },
    {
      cell: "tags",
      when: "they are what the controller finds its own by",
      asked: {
        tags: {
          "elbv2.k8s.aws/cluster": "shop",
          "service.eks.amazonaws.com/stack": "shop",
          "kubernetes.io/cluster/shop": "owned",
        },
      },
      refused: [
        'args.tags["elbv2.k8s.aws/cluster"] is "shop", must not be set: the controller or AWS writes it',
        'args.tags["service.eks.amazonaws.com/stack"] is "shop", must not be set: the controller or AWS writes it',
        'args.tags["kubernetes.io/cluster/shop"] is "owned", must not be set: the controller or AWS writes it',
      ],
    },
    {
      cell: "healthCheckProtocol",
      when: "it is TCP",
      asked: { healthCheckProtocol: "Tcp" },
      annotations: {},
    },
    {
      cell: "healthCheckProtocol",
      when: "it is HTTP",
      asked: { healthCheckProtocol: "Http", healthCheckPath: "/readyz" },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol": "HTTP",
        "service.beta.kubernetes.io/aws-load-balancer-healthcheck-path": "/readyz",
      },
    },
    {
      cell: "healthCheckProtocol",
      when: "it is HTTPS",
      asked: { healthCheckProtocol: "Https", healthCheckPath: "/readyz" },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol": "HTTPS",
        "service.beta.kubernetes.io/aws-load-balancer-healthcheck-path": "/readyz",
      },
    },
    {
      cell: "healthCheckPath",
      asked: { healthCheckPath: "/readyz" },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol": "HTTP",
        "service.beta.kubernetes.io/aws-load-balancer-healthcheck-path": "/readyz",
      },
    },
    {
      cell: "healthCheckPath",
      when: "the protocol is TCP",
      asked: { healthCheckProtocol: "Tcp", healthCheckPath: "/readyz" },
      refused: [
        'args.healthCheckPath is "/readyz", must not be set if args.healthCheckProtocol is "Tcp"',
      ],
    },
    {
      cell: "healthCheckIntervalSeconds",
      when: "it is the shortest",
      asked: { healthCheckIntervalSeconds: 5, healthCheckTimeoutSeconds: 4 },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-healthcheck-interval": "5",
        "service.beta.kubernetes.io/aws-load-balancer-healthcheck-timeout": "4",
      },
    },
    {
      cell: "healthCheckIntervalSeconds",
      when: "it is shorter than a check may take",
      asked: { healthCheckIntervalSeconds: 6 },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-healthcheck-interval": "6",
        "service.beta.kubernetes.io/aws-load-balancer-healthcheck-timeout": "5",
      },
    },
    {
      cell: "healthCheckTimeoutSeconds",
      when: "it is the interval",
      asked: { healthCheckTimeoutSeconds: 10 },
      annotations: { "service.beta.kubernetes.io/aws-load-balancer-healthcheck-timeout": "10" },
    },
    {
      cell: "healthCheckTimeoutSeconds",
      when: "it is longer than the interval",
      asked: { healthCheckTimeoutSeconds: 11 },
      refused: [
        "args.healthCheckTimeoutSeconds is 11, must be at most args.healthCheckIntervalSeconds, which is 10",
      ],
    },
    {
      cell: "healthCheckIntervalSeconds",
      when: "it is the longest",
      asked: { healthCheckIntervalSeconds: 300 },
      annotations: { "service.beta.kubernetes.io/aws-load-balancer-healthcheck-interval": "300" },
    },
    {
      cell: "healthCheckIntervalSeconds",
      when: "it is too short",
      asked: { healthCheckIntervalSeconds: 4 },
      refused: ["args.healthCheckIntervalSeconds is 4, must be an integer from 5 to 300"],
    },
    {
      cell: "healthCheckIntervalSeconds",
      when: "it is too long",
      asked: { healthCheckIntervalSeconds: 301 },
      refused: ["args.healthCheckIntervalSeconds is 301, must be an integer from 5 to 300"],
    },
    {
      cell: "healthCheckTimeoutSeconds",
      when: "it is the shortest",
      asked: { healthCheckTimeoutSeconds: 2 },
      annotations: { "service.beta.kubernetes.io/aws-load-balancer-healthcheck-timeout": "2" },
    },
    {
      cell: "healthCheckTimeoutSeconds",
      when: "it is the longest",
      asked: { healthCheckTimeoutSeconds: 120, healthCheckIntervalSeconds: 121 },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-healthcheck-timeout": "120",
        "service.beta.kubernetes.io/aws-load-balancer-healthcheck-interval": "121",
      },
    },
    {
      cell: "healthCheckTimeoutSeconds",
      when: "it is too short",
      asked: { healthCheckTimeoutSeconds: 1 },
      refused: ["args.healthCheckTimeoutSeconds is 1, must be an integer from 2 to 120"],
    },
    {
      cell: "healthCheckTimeoutSeconds",
      when: "it is too long",
      asked: { healthCheckTimeoutSeconds: 121, healthCheckIntervalSeconds: 300 },
      refused: ["args.healthCheckTimeoutSeconds is 121, must be an integer from 2 to 120"],
    },
    {
      cell: "healthCheckHealthyThreshold",
      when: "it is the highest",
      asked: { healthCheckHealthyThreshold: 10 },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-healthcheck-healthy-threshold": "10",
      },
    },
    {
      cell: "healthCheckHealthyThreshold",
      when: "it is too low",
      asked: { healthCheckHealthyThreshold: 1 },
      refused: ["args.healthCheckHealthyThreshold is 1, must be an integer from 2 to 10"],
    },
    {
      cell: "healthCheckHealthyThreshold",
      when: "it is too high",
      asked: { healthCheckHealthyThreshold: 11 },
      refused: ["args.healthCheckHealthyThreshold is 11, must be an integer from 2 to 10"],
    },
    {
      cell: "healthCheckUnhealthyThreshold",
      when: "it is the highest",
      asked: { healthCheckUnhealthyThreshold: 10 },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-healthcheck-unhealthy-threshold": "10",
      },
    },
    {
      cell: "healthCheckUnhealthyThreshold",
      when: "it is too low",
      asked: { healthCheckUnhealthyThreshold: 1 },
      refused: ["args.healthCheckUnhealthyThreshold is 1, must be an integer from 2 to 10"],
    },
    {
      cell: "healthCheckUnhealthyThreshold",
      when: "it is too high",
      asked: { healthCheckUnhealthyThreshold: 11 },
      refused: ["args.healthCheckUnhealthyThreshold is 11, must be an integer from 2 to 10"],
    },
    {
      cell: "targetType",
      when: "it is the Pods",
      asked: { targetType: "Ip" },
      annotations: {},
    },
    {
      cell: "targetType",
      when: "it is the nodes",
      asked: { targetType: "Instance" },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "instance",
        "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes":
          "preserve_client_ip.enabled=true,proxy_protocol_v2.enabled=false",
      },
      spec: { allocateLoadBalancerNodePorts: undefined },
    },
    {
      cell: "proxyProtocol",
      asked: { proxyProtocol: true },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes":
          "preserve_client_ip.enabled=false,proxy_protocol_v2.enabled=true",
      },
    },
    { cell: "proxyProtocol", when: "it is off", asked: { proxyProtocol: false }, annotations: {} },
    {
      cell: "preserveClientIp",
      when: "it is off for the nodes",
      asked: { preserveClientIp: false, targetType: "Instance" },
      annotations: { "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "instance" },
      spec: { allocateLoadBalancerNodePorts: undefined },
    },
    {
      cell: "preserveClientIp",
      when: "it is on for the Pods",
      asked: { preserveClientIp: true, targetType: "Ip" },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes":
          "preserve_client_ip.enabled=true,proxy_protocol_v2.enabled=false",
      },
    },
    {
      cell: "idleTimeoutSeconds",
      when: "there are two ports",
      asked: { idleTimeoutSeconds: 60, ports: httpAndHttps },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-listener-attributes.TCP-80":
          "tcp.idle_timeout.seconds=60",
        "service.beta.kubernetes.io/aws-load-balancer-listener-attributes.TCP-443":
          "tcp.idle_timeout.seconds=60",
      },
    },
    {
      cell: "idleTimeoutSeconds",
      when: "it is the longest",
      asked: { idleTimeoutSeconds: 6000 },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-listener-attributes.TCP-80":
          "tcp.idle_timeout.seconds=6000",
      },
    },
    {
      cell: "idleTimeoutSeconds",
      when: "it is too short",
      asked: { idleTimeoutSeconds: 59 },
      refused: ["args.idleTimeoutSeconds is 59, must be an integer from 60 to 6000"],
    },
    {
      cell: "idleTimeoutSeconds",
      when: "it is too long",
      asked: { idleTimeoutSeconds: 6001 },
      refused: ["args.idleTimeoutSeconds is 6001, must be an integer from 60 to 6000"],
    },
    ...listenersOf(
      "EksAutoMode",
      {
        "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "instance",
        "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes":
          "preserve_client_ip.enabled=true,proxy_protocol_v2.enabled=false",
      },
      {
        "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes":
          "preserve_client_ip.enabled=true,proxy_protocol_v2.enabled=false",
      },
    ),
    {
      cell: "crossZone",
      asked: { crossZone: true },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-attributes":
          "load_balancing.cross_zone.enabled=true,dns_record.client_routing_policy=any_availability_zone,deletion_protection.enabled=false,access_logs.s3.enabled=false",
      },
    },
    { cell: "zonalDns", when: "it is any", asked: { zonalDns: "AnyZone" }, annotations: {} },
    {
      cell: "zonalDns",
      when: "it is the client's own",
      asked: { zonalDns: "ZoneAffinity" },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-attributes":
          "load_balancing.cross_zone.enabled=false,dns_record.client_routing_policy=availability_zone_affinity,deletion_protection.enabled=false,access_logs.s3.enabled=false",
      },
    },
    {
      cell: "zonalDns",
      when: "it is mostly the client's own",
      asked: { zonalDns: "PartialZoneAffinity" },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-attributes":
          "load_balancing.cross_zone.enabled=false,dns_record.client_routing_policy=partial_availability_zone_affinity,deletion_protection.enabled=false,access_logs.s3.enabled=false",
      },
    },
    {
      cell: "accessLogsBucket",
      asked: {
        ports: https,
        certificates: ["arn:aws:acm:eu-central-1:111122223333:certificate/one"],
        accessLogsBucket: "logs",
      },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-ssl-cert":
          "arn:aws:acm:eu-central-1:111122223333:certificate/one",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-ports": "443",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-negotiation-policy":
          "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "service.beta.kubernetes.io/aws-load-balancer-backend-protocol": "tcp",
        "service.beta.kubernetes.io/aws-load-balancer-alpn-policy": "None",
        "service.beta.kubernetes.io/aws-load-balancer-attributes":
          "load_balancing.cross_zone.enabled=false,dns_record.client_routing_policy=any_availability_zone,deletion_protection.enabled=false,access_logs.s3.enabled=true,access_logs.s3.bucket=logs,access_logs.s3.prefix=",
      },
    },
    {
      cell: "accessLogsBucket",
      when: "no port takes TLS",
      asked: { accessLogsBucket: "logs" },
      refused: [
        'args.accessLogsBucket is "logs", must not be set without args.certificates, a Network Load Balancer logs only connections whose TLS it terminates',
      ],
    },
    {
      cell: "accessLogsPrefix",
      asked: {
        ports: https,
        certificates: ["arn:aws:acm:eu-central-1:111122223333:certificate/one"],
        accessLogsBucket: "logs",
        accessLogsPrefix: "front",
      },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-ssl-cert":
          "arn:aws:acm:eu-central-1:111122223333:certificate/one",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-ports": "443",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-negotiation-policy":
          "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "service.beta.kubernetes.io/aws-load-balancer-backend-protocol": "tcp",
        "service.beta.kubernetes.io/aws-load-balancer-alpn-policy": "None",
        "service.beta.kubernetes.io/aws-load-balancer-attributes":
          "load_balancing.cross_zone.enabled=false,dns_record.client_routing_policy=any_availability_zone,deletion_protection.enabled=false,access_logs.s3.enabled=true,access_logs.s3.bucket=logs,access_logs.s3.prefix=front",
      },
    },
    {
      cell: "accessLogsPrefix",
      when: "there is no bucket",
      asked: { accessLogsPrefix: "front" },
      refused: ['args.accessLogsPrefix is "front", must not be set without args.accessLogsBucket'],
    },
    {
      cell: "accessLogsPrefix",
      when: "it has AWSLogs in it",
      asked: {
        ports: https,
        certificates: ["arn:aws:acm:eu-central-1:111122223333:certificate/one"],
        accessLogsBucket: "logs",
        accessLogsPrefix: "AWSLogs",
      },
      refused: [
        'args.accessLogsPrefix is "AWSLogs", must be a folder without "AWSLogs", which AWS adds itself, and without "/" at its ends',
      ],
    },
    {
      cell: "deletionProtection",
      asked: { deletionProtection: true },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-attributes":
          "load_balancing.cross_zone.enabled=false,dns_record.client_routing_policy=any_availability_zone,deletion_protection.enabled=true,access_logs.s3.enabled=false",
      },
    },
    {
      cell: "loadBalancerAttributes",
      asked: { loadBalancerAttributes: { "zonal_shift.config.enabled": "true" } },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-attributes":
          "load_balancing.cross_zone.enabled=false,dns_record.client_routing_policy=any_availability_zone,deletion_protection.enabled=false,access_logs.s3.enabled=false,zonal_shift.config.enabled=true",
      },
    },
    {
      cell: "loadBalancerAttributes",
      when: "it is every one that there is",
      asked: {
        loadBalancerAttributes: {
          "ipv6.deny_all_igw_traffic": "true",
          "secondary_ips.auto_assigned.per_subnet": "1",
          "zonal_shift.config.enabled": "true",
        },
      },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-attributes":
          "load_balancing.cross_zone.enabled=false,dns_record.client_routing_policy=any_availability_zone,deletion_protection.enabled=false,access_logs.s3.enabled=false,ipv6.deny_all_igw_traffic=true,secondary_ips.auto_assigned.per_subnet=1,zonal_shift.config.enabled=true",
      },
    },
    {
      cell: "loadBalancerAttributes",
      when: "an argument says it",
      asked: {
        loadBalancerAttributes: {
          "load_balancing.cross_zone.enabled": "true",
          "dns_record.client_routing_policy": "any_availability_zone",
          "deletion_protection.enabled": "true",
          "access_logs.s3.enabled": "true",
          "access_logs.s3.bucket": "logs",
          "access_logs.s3.prefix": "front",
        },
      },
      refused: [
        'args.loadBalancerAttributes["load_balancing.cross_zone.enabled"] is "true", must not be set; use args.crossZone',
        'args.loadBalancerAttributes["dns_record.client_routing_policy"] is "any_availability_zone", must not be set; use args.zonalDns',
        'args.loadBalancerAttributes["deletion_protection.enabled"] is "true", must not be set; use args.deletionProtection',
        'args.loadBalancerAttributes["access_logs.s3.enabled"] is "true", must not be set; use args.accessLogsBucket',
        'args.loadBalancerAttributes["access_logs.s3.bucket"] is "logs", must not be set; use args.accessLogsBucket',
        'args.loadBalancerAttributes["access_logs.s3.prefix"] is "front", must not be set; use args.accessLogsPrefix',
      ],
    },
    {
      cell: "loadBalancerAttributes",
      when: "it is unknown",
      asked: { loadBalancerAttributes: { deletion_protection: "true" } },
      refused: [
        'args.loadBalancerAttributes["deletion_protection"] is "true", must not be set: AWS has no such attribute; it has ipv6.deny_all_igw_traffic, secondary_ips.auto_assigned.per_subnet, zonal_shift.config.enabled',
      ],
    },
    {
      cell: "targetGroupAttributes",
      asked: { targetGroupAttributes: { "deregistration_delay.timeout_seconds": "120" } },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes":
          "preserve_client_ip.enabled=false,proxy_protocol_v2.enabled=false,deregistration_delay.timeout_seconds=120",
      },
    },
    {
      cell: "targetGroupAttributes",
      when: "it is every one that there is",
      asked: {
        targetGroupAttributes: {
          "deregistration_delay.connection_termination.enabled": "1",
          "deregistration_delay.timeout_seconds": "1",
          "load_balancing.cross_zone.enabled": "1",
          "stickiness.enabled": "1",
          "stickiness.type": "1",
          "target_group_health.dns_failover.minimum_healthy_targets.count": "1",
          "target_group_health.dns_failover.minimum_healthy_targets.percentage": "1",
          "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count": "1",
          "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage": "1",
          "target_health_state.unhealthy.connection_termination.enabled": "1",
          "target_health_state.unhealthy.draining_interval_seconds": "1",
        },
      },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes":
          "preserve_client_ip.enabled=false,proxy_protocol_v2.enabled=false,deregistration_delay.connection_termination.enabled=1,deregistration_delay.timeout_seconds=1,load_balancing.cross_zone.enabled=1,stickiness.enabled=1,stickiness.type=1,target_group_health.dns_failover.minimum_healthy_targets.count=1,target_group_health.dns_failover.minimum_healthy_targets.percentage=1,target_group_health.unhealthy_state_routing.minimum_healthy_targets.count=1,target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage=1,target_health_state.unhealthy.connection_termination.enabled=1,target_health_state.unhealthy.draining_interval_seconds=1",
      },
    },
    {
      cell: "targetGroupAttributes",
      when: "it is unknown",
      asked: { targetGroupAttributes: { "access_logs.s3.enabled": "true" } },
      refused: [
        'args.targetGroupAttributes["access_logs.s3.enabled"] is "true", must not be set: AWS has no such attribute; it has deregistration_delay.connection_termination.enabled, deregistration_delay.timeout_seconds, load_balancing.cross_zone.enabled, stickiness.enabled, stickiness.type, target_group_health.dns_failover.minimum_healthy_targets.count, target_group_health.dns_failover.minimum_healthy_targets.percentage, target_group_health.unhealthy_state_routing.minimum_healthy_targets.count, target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage, target_health_state.unhealthy.connection_termination.enabled, target_health_state.unhealthy.draining_interval_seconds',
      ],
    },
    {
      cell: "targetGroupAttributes",
      when: "an argument says it",
      asked: {
        targetGroupAttributes: {
          "preserve_client_ip.enabled": "true",
          "proxy_protocol_v2.enabled": "true",
        },
      },
      refused: [
        'args.targetGroupAttributes["preserve_client_ip.enabled"] is "true", must not be set; use args.preserveClientIp',
        'args.targetGroupAttributes["proxy_protocol_v2.enabled"] is "true", must not be set; use args.proxyProtocol',
      ],
    },
    {
      cell: "annotations",
      asked: {
        annotations: {
          "service.beta.kubernetes.io/aws-load-balancer-target-node-labels": "pool=front",
        },
      },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-target-node-labels": "pool=front",
      },
    },
    {
      cell: "annotations",
      when: "an argument says it",
      asked: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" } },
      refused: [
        'args.annotations key is "service.beta.kubernetes.io/aws-load-balancer-scheme", must not be set: other arguments decide it for EksAutoMode',
      ],
    },
    {
      cell: "annotations",
      when: "an argument says it of a port",
      asked: {
        annotations: {
          "service.beta.kubernetes.io/aws-load-balancer-listener-attributes.TCP-80":
            "tcp.idle_timeout.seconds=60",
        },
      },
      refused: [
        'args.annotations key is "service.beta.kubernetes.io/aws-load-balancer-listener-attributes.TCP-80", must not be set; use args.idleTimeoutSeconds',
      ],
    },
    {
      cell: "annotations",
      when: "it says the kind",
      asked: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-type": "external" } },
      refused: [
        'args.annotations key is "service.beta.kubernetes.io/aws-load-balancer-type", must not be set: other arguments decide it for EksAutoMode',
      ],
    },
    {
      cell: "annotations",
      when: "it says the source ranges",
      asked: {
        annotations: { "service.beta.kubernetes.io/load-balancer-source-ranges": "0.0.0.0/0" },
      },
      refused: [
        'args.annotations key is "service.beta.kubernetes.io/load-balancer-source-ranges", must not be set: other arguments decide it for EksAutoMode',
      ],
    },
    {
      cell: "annotations",
      when: "an argument says it in an older way",
      asked: {
        annotations: {
          "service.beta.kubernetes.io/aws-load-balancer-access-log-enabled": "true",
          "service.beta.kubernetes.io/aws-load-balancer-access-log-s3-bucket-name": "logs",
          "service.beta.kubernetes.io/aws-load-balancer-access-log-s3-bucket-prefix": "front",
          "service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled": "true",
        },
      },
      refused: [
        'args.annotations key is "service.beta.kubernetes.io/aws-load-balancer-access-log-enabled", must not be set; use args.accessLogsBucket',
        'args.annotations key is "service.beta.kubernetes.io/aws-load-balancer-access-log-s3-bucket-name", must not be set; use args.accessLogsBucket',
        'args.annotations key is "service.beta.kubernetes.io/aws-load-balancer-access-log-s3-bucket-prefix", must not be set; use args.accessLogsPrefix',
        'args.annotations key is "service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled", must not be set; use args.crossZone',
      ],
    },
    {
      cell: "annotations",
      when: "it is of one port",
      asked: {
        annotations: {
          "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes.80":
            "stickiness.enabled=true",
          "service.beta.kubernetes.io/aws-load-balancer-proxy-protocol-per-target-group": "80",
          "service.beta.kubernetes.io/aws-load-balancer-proxy-protocol": "*",
        },
      },
      refused: [
        'args.annotations key is "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes.80", must not be set; use args.targetGroupAttributes',
        'args.annotations key is "service.beta.kubernetes.io/aws-load-balancer-proxy-protocol-per-target-group", must not be set; use args.proxyProtocol',
        'args.annotations key is "service.beta.kubernetes.io/aws-load-balancer-proxy-protocol", must not be set; use args.proxyProtocol',
      ],
    },
    {
      cell: "annotations",
      when: "it is written anyway",
      asked: {
        annotations: {
          "service.beta.kubernetes.io/aws-load-balancer-ip-address-type": "dualstack",
        },
      },
      refused: [
        'args.annotations key is "service.beta.kubernetes.io/aws-load-balancer-ip-address-type", must not be set: other arguments decide it for EksAutoMode',
      ],
    },
    {
      cell: "exposure",
      when: "it is internal",
      asked: { exposure: "Internal", sourceRanges: undefined },
      annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" },
      spec: { loadBalancerSourceRanges: undefined },
    },
    {
      cell: "sourceRanges",
      asked: { sourceRanges: ["198.51.100.0/24", "203.0.113.0/24"] },
      spec: { loadBalancerSourceRanges: ["198.51.100.0/24", "203.0.113.0/24"] },
    },
    {
      cell: "sourceRanges",
      when: "one is of IPv6 and it has no such address",
      asked: { sourceRanges: ["0.0.0.0/0", "::/0"], ipFamilyPolicy: "SingleStack" },
      refused: [
        'args.sourceRanges[1] is "::/0", must be an IPv4 range, unless args.ipFamilyPolicy asks for two families: it has no IPv6 address',
      ],
    },
    {
      cell: "sourceRanges",
      when: "one is of IPv6 and it has such addresses",
      asked: { sourceRanges: ["0.0.0.0/0", "::/0"], ipFamilyPolicy: "RequireDualStack" },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-enable-prefix-for-ipv6-source-nat": "on",
        "service.beta.kubernetes.io/aws-load-balancer-ip-address-type": "dualstack",
      },
      spec: { loadBalancerSourceRanges: ["0.0.0.0/0", "::/0"], ipFamilyPolicy: "RequireDualStack" },
    },
    {
      cell: "ipFamilyPolicy",
      when: "it is one family",
      asked: { ipFamilyPolicy: "SingleStack" },
      spec: { ipFamilyPolicy: "SingleStack" },
    },
    {
      cell: "ipFamilyPolicy",
      when: "it is one family, the second one",
      asked: { sourceRanges: everybody, ipFamilies: ["IPv6"] },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-enable-prefix-for-ipv6-source-nat": "on",
        "service.beta.kubernetes.io/aws-load-balancer-ip-address-type": "dualstack",
      },
      spec: { loadBalancerSourceRanges: everybody, ipFamilies: ["IPv6"] },
    },
    {
      cell: "sourceRanges",
      when: "a family has none",
      asked: { sourceRanges: ["0.0.0.0/0"], ipFamilyPolicy: "PreferDualStack" },
      refused: [
        'args.sourceRanges is a list, must list an IPv6 range too: the load balancer has or may get an IPv6 address; use "::/0" for every IPv6 client, or args.ipFamilyPolicy "SingleStack"',
      ],
    },
    {
      cell: "ipFamilyPolicy",
      when: "it is two families",
      asked: { sourceRanges: everybody, ipFamilyPolicy: "RequireDualStack" },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-enable-prefix-for-ipv6-source-nat": "on",
        "service.beta.kubernetes.io/aws-load-balancer-ip-address-type": "dualstack",
      },
      spec: { loadBalancerSourceRanges: everybody, ipFamilyPolicy: "RequireDualStack" },
    },
    {
      cell: "externalTrafficPolicy",
      when: "it is Cluster",
      asked: { externalTrafficPolicy: "Cluster" },
      spec: { externalTrafficPolicy: "Cluster" },
    },
    {
      cell: "externalTrafficPolicy",
      when: "it is Local",
      asked: { externalTrafficPolicy: "Local", targetType: "Instance" },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "instance",
        "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes":
          "preserve_client_ip.enabled=true,proxy_protocol_v2.enabled=false",
        "service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol": undefined,
      },
      spec: { externalTrafficPolicy: "Local", allocateLoadBalancerNodePorts: undefined },
    },
    {
      cell: "externalTrafficPolicy",
      when: "it is Local and there is a path",
      asked: { externalTrafficPolicy: "Local", healthCheckPath: "/readyz", targetType: "Instance" },
      refused: [
        'args.healthCheckPath is "/readyz", must not be set with externalTrafficPolicy "Local": nodes report whether they have a ready Pod',
      ],
    },
    {
      cell: "externalTrafficPolicy",
      when: "it is Local and the targets are the Pods",
      asked: { externalTrafficPolicy: "Local", targetType: "Ip" },
      refused: [
        'args.externalTrafficPolicy is "Local", must not be set if args.targetType is "Ip", the Pods themselves are sent the traffic',
      ],
    },
    {
      cell: "sessionAffinity",
      asked: { sessionAffinity: "ClientIP" },
      refused: [
        'args.sessionAffinity is "ClientIP", must be "None": load balancers of EksAutoMode do not support session affinity; set stickiness.enabled and stickiness.type in args.targetGroupAttributes',
      ],
    },
    {
      cell: "sessionAffinity",
      when: "it is None",
      asked: { sessionAffinity: "None" },
      spec: { sessionAffinity: "None" },
    },
    {
      cell: "udp",
      asked: { ports: udp },
      refused: [
        "args.preserveClientIp is false, must be true: args.ports[0] is a UDP port, for which AWS always keeps the client's address",
      ],
    },
    {
      cell: "udp",
      when: "the client's address is kept",
      asked: { ports: udp, preserveClientIp: true },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes":
          "preserve_client_ip.enabled=true,proxy_protocol_v2.enabled=false",
      },
    },
    {
      cell: "udp",
      when: "there is TCP on another port",
      asked: { ports: httpAndUdp, targetType: "Instance" },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "instance",
        "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes":
          "preserve_client_ip.enabled=true,proxy_protocol_v2.enabled=false",
      },
      spec: { allocateLoadBalancerNodePorts: undefined },
    },
    {
      cell: "tcpAndUdp",
      asked: { ports: tcpAndUdpOnOnePort, preserveClientIp: true },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-enable-tcp-udp-listener": "true",
        "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes":
          "preserve_client_ip.enabled=true,proxy_protocol_v2.enabled=false",
      },
    },
    {
      cell: "udp",
      when: "the client's address is not kept",
      asked: { ports: httpAndUdp, targetType: "Instance", preserveClientIp: false },
      refused: [
        "args.preserveClientIp is false, must be true: args.ports[1] is a UDP port, for which AWS always keeps the client's address",
      ],
    },
    {
      cell: "sctp",
      asked: { ports: sctp },
      refused: [
        'args.ports[0].targetPort is "sctp", must be a TCP or UDP port: EksAutoMode does not support SCTP',
      ],
    },
    {
      cell: "ports",
      when: "there are 51",
      asked: {
        ports: Array.from({ length: 51 }, (_, index) => ({
          name: `p${index}`,
          port: index + 1,
          targetPort: "http",
        })),
      },
      refused: ["args.ports.length is 51, must be at most 50"],
    },
  ],
  updates: networkLoadBalancerUpdates("EksAutoMode"),
};
