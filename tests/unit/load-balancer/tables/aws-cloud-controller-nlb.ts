import {
  http,
  httpAndHttps,
  httpAndUdp,
  https,
  sctp,
  type Table,
  tcpAndUdpOnOnePort,
  udp,
} from "./table.ts";

export const awsCloudControllerNlb: Table = {
  controller: "AwsCloudControllerNlb",
  documentation:
    "https://github.com/kubernetes/cloud-provider-aws/blob/master/docs/service_controller.md",
  maximumPorts: 50,
  silent: false,
  asked: {},
  plain: {
    annotations: {
      "service.beta.kubernetes.io/aws-load-balancer-type": "nlb",
      "service.beta.kubernetes.io/aws-load-balancer-internal": "false",
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol": "TCP",
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-port": "traffic-port",
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-interval": "10",
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-healthy-threshold": "2",
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-unhealthy-threshold": "2",
      "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes":
        "preserve_client_ip.enabled=true,proxy_protocol_v2.enabled=false",
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
    "service.beta.kubernetes.io/aws-load-balancer-type",
    "service.beta.kubernetes.io/aws-load-balancer-internal",
    "service.beta.kubernetes.io/aws-load-balancer-subnets",
    "service.beta.kubernetes.io/aws-load-balancer-additional-resource-tags",
    "service.beta.kubernetes.io/aws-load-balancer-eip-allocations",
    "service.beta.kubernetes.io/aws-load-balancer-private-ipv4-addresses",
  ],
  exposureKeys: [
    "service.beta.kubernetes.io/aws-load-balancer-type",
    "service.beta.kubernetes.io/aws-load-balancer-internal",
    "service.beta.kubernetes.io/aws-load-balancer-scheme",
    "service.beta.kubernetes.io/aws-load-balancer-security-groups",
    "service.beta.kubernetes.io/load-balancer-source-ranges",
  ],
  sourceRanges: {
    by: "the nodes' security group",
    voidedBy: {
      "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes":
        /preserve_client_ip\.enabled=false/,
    },
  },
  keys: {
    certificates: ["service.beta.kubernetes.io/aws-load-balancer-ssl-cert"],
    tlsPorts: ["service.beta.kubernetes.io/aws-load-balancer-ssl-ports"],
    tlsPolicy: ["service.beta.kubernetes.io/aws-load-balancer-ssl-negotiation-policy"],
    backendProtocol: ["service.beta.kubernetes.io/aws-load-balancer-backend-protocol"],
    staticAddresses: [
      "service.beta.kubernetes.io/aws-load-balancer-eip-allocations",
      "service.beta.kubernetes.io/aws-load-balancer-private-ipv4-addresses",
    ],
    subnets: ["service.beta.kubernetes.io/aws-load-balancer-subnets"],
    tags: ["service.beta.kubernetes.io/aws-load-balancer-additional-resource-tags"],
    healthCheckProtocol: ["service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol"],
    healthCheckPath: ["service.beta.kubernetes.io/aws-load-balancer-healthcheck-path"],
    healthCheckIntervalSeconds: [
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-interval",
    ],
    healthCheckHealthyThreshold: [
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-healthy-threshold",
    ],
    healthCheckUnhealthyThreshold: [
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-unhealthy-threshold",
    ],
    targetType: [],
    proxyProtocol: ["service.beta.kubernetes.io/aws-load-balancer-target-group-attributes"],
    preserveClientIp: ["service.beta.kubernetes.io/aws-load-balancer-target-group-attributes"],
    crossZone: ["service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled"],
    accessLogsBucket: [
      "service.beta.kubernetes.io/aws-load-balancer-access-log-enabled",
      "service.beta.kubernetes.io/aws-load-balancer-access-log-s3-bucket-name",
    ],
    accessLogsPrefix: ["service.beta.kubernetes.io/aws-load-balancer-access-log-s3-bucket-prefix"],
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
      cell: "externalTrafficPolicy",
      when: "it is Local and a protocol is asked for",
      asked: { externalTrafficPolicy: "Local", healthCheckProtocol: "Http" },
      refused: [
        'args.healthCheckProtocol is "Http", must not be set with externalTrafficPolicy "Local": nodes report whether they have a ready Pod',
      ],
    },
    {
      cell: "healthCheckIntervalSeconds",
      when: "it is no number",
      asked: { healthCheckIntervalSeconds: Symbol("10") },
      refused: ["args.healthCheckIntervalSeconds is Symbol(10), must be an integer from 1 up"],
    },
    {
      cell: "sctp",
      when: "there is TCP too",
      asked: { ports: [...http, ...sctp] },
      refused: [
        'args.ports[1].targetPort is "sctp", must be a TCP or UDP port: AwsCloudControllerNlb does not support SCTP',
      ],
    },
    {
      cell: "certificates",
      asked: {
        ports: httpAndHttps,
        certificates: ["arn:aws:acm:eu-central-1:111122223333:certificate/one"],
      },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-ssl-cert":
          "arn:aws:acm:eu-central-1:111122223333:certificate/one",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-ports": "443",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-negotiation-policy":
          "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "service.beta.kubernetes.io/aws-load-balancer-backend-protocol": "tcp",
      },
    },
    {
      cell: "certificates",
      when: "there are two",
      asked: {
        ports: https,
        certificates: [
          "arn:aws:acm:eu-central-1:111122223333:certificate/one",
          "arn:aws:acm:eu-central-1:111122223333:certificate/two",
        ],
      },
      refused: ["args.certificates.length is 2, must be at most 1"],
    },
    {
      cell: "certificates",
      when: "it is no ARN",
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
      refused: ['args.ports[0].targetPort is "dns", must be a TCP port, because it terminates TLS'],
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
      },
    },
    {
      cell: "alpnPolicy",
      asked: {
        ports: https,
        certificates: ["arn:aws:acm:eu-central-1:111122223333:certificate/one"],
        alpnPolicy: "HTTP2Preferred",
      },
      refused: [
        'args.alpnPolicy is "HTTP2Preferred", must not be set: it is not supported by AwsCloudControllerNlb; supported by AwsLoadBalancerController, EksAutoMode',
      ],
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
        'args.backendProtocol is "Http", must be "Tcp" or "Tls" for AwsCloudControllerNlb; supported by AwsCloudControllerClassic, DigitalOcean, HetznerCloud',
      ],
    },
    {
      cell: "loadBalancerName",
      asked: { loadBalancerName: "shop-prod-front" },
      refused: [
        'args.loadBalancerName is "shop-prod-front", must not be set: it is not supported by AwsCloudControllerNlb; supported by AwsLoadBalancerController, EksAutoMode, DigitalOcean, HetznerCloud',
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
        "service.beta.kubernetes.io/aws-load-balancer-internal": "true",
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
        'args.location is "fsn1", must not be set: it is not supported by AwsCloudControllerNlb; supported by HetznerCloud',
      ],
    },
    {
      cell: "addressPool",
      asked: { addressPool: "public" },
      refused: [
        'args.addressPool is "public", must not be set: it is not supported by AwsCloudControllerNlb; supported by MetalLb',
      ],
    },
    {
      cell: "sharedAddressKey",
      asked: { sharedAddressKey: "front" },
      refused: [
        'args.sharedAddressKey is "front", must not be set: it is not supported by AwsCloudControllerNlb; supported by MetalLb',
      ],
    },
    {
      cell: "securityGroups",
      asked: { securityGroups: ["sg-1"], sourceRanges: undefined },
      refused: [
        "args.securityGroups is a list, must not be set: it is not supported by AwsCloudControllerNlb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerClassic",
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
      when: "they are what the controller finds its own by",
      asked: {
        tags: {
          "kubernetes.io/service-name": "shop",
          "kubernetes.io/cluster/shop": "owned",
          "aws:team": "shop",
        },
      },
      refused: [
        'args.tags["kubernetes.io/service-name"] is "shop", must not be set: the controller or AWS writes it',
        'args.tags["kubernetes.io/cluster/shop"] is "owned", must not be set: the controller or AWS writes it',
        'args.tags["aws:team"] is "shop", must not be set: the controller or AWS writes it',
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
      when: "it is the shortest, which is as long as a check may take",
      asked: { healthCheckIntervalSeconds: 10 },
      annotations: { "service.beta.kubernetes.io/aws-load-balancer-healthcheck-interval": "10" },
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
      asked: { healthCheckIntervalSeconds: 9 },
      refused: ["args.healthCheckIntervalSeconds is 9, must be an integer from 10 to 300"],
    },
    {
      cell: "healthCheckIntervalSeconds",
      when: "it is too long",
      asked: { healthCheckIntervalSeconds: 301 },
      refused: ["args.healthCheckIntervalSeconds is 301, must be an integer from 10 to 300"],
    },
    {
      cell: "healthCheckTimeoutSeconds",
      asked: { healthCheckTimeoutSeconds: 10 },
      refused: [
        "args.healthCheckTimeoutSeconds is 10, must not be set: it is not supported by AwsCloudControllerNlb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerClassic, DigitalOcean, HetznerCloud",
      ],
    },
    {
      cell: "healthCheckHealthyThreshold",
      when: "both are the highest",
      asked: { healthCheckHealthyThreshold: 10, healthCheckUnhealthyThreshold: 10 },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-healthcheck-healthy-threshold": "10",
        "service.beta.kubernetes.io/aws-load-balancer-healthcheck-unhealthy-threshold": "10",
      },
    },
    {
      cell: "healthCheckHealthyThreshold",
      when: "it is another than that of failures",
      asked: { healthCheckHealthyThreshold: 3 },
      refused: [
        "args.healthCheckUnhealthyThreshold is 2, must be args.healthCheckHealthyThreshold, which is 3: AwsCloudControllerNlb does not support different values",
      ],
    },
    {
      cell: "healthCheckUnhealthyThreshold",
      when: "it is another than that of successes",
      asked: { healthCheckUnhealthyThreshold: 10 },
      refused: [
        "args.healthCheckUnhealthyThreshold is 10, must be args.healthCheckHealthyThreshold, which is 2: AwsCloudControllerNlb does not support different values",
      ],
    },
    {
      cell: "healthCheckHealthyThreshold",
      when: "it is too low",
      asked: { healthCheckHealthyThreshold: 1, healthCheckUnhealthyThreshold: 1 },
      refused: [
        "args.healthCheckHealthyThreshold is 1, must be an integer from 2 to 10",
        "args.healthCheckUnhealthyThreshold is 1, must be an integer from 2 to 10",
      ],
    },
    {
      cell: "healthCheckHealthyThreshold",
      when: "it is too high",
      asked: { healthCheckHealthyThreshold: 11, healthCheckUnhealthyThreshold: 11 },
      refused: [
        "args.healthCheckHealthyThreshold is 11, must be an integer from 2 to 10",
        "args.healthCheckUnhealthyThreshold is 11, must be an integer from 2 to 10",
      ],
    },
    {
      cell: "healthCheckHealthyThreshold",
      when: "it is no number",
      asked: { healthCheckHealthyThreshold: Symbol("3") },
      refused: ["args.healthCheckHealthyThreshold is Symbol(3), must be an integer from 1 up"],
    },
    {
      cell: "healthCheckUnhealthyThreshold",
      when: "it is no number",
      asked: { healthCheckUnhealthyThreshold: Symbol("3") },
      refused: ["args.healthCheckUnhealthyThreshold is Symbol(3), must be an integer from 1 up"],
    },
    {
      cell: "targetType",
      when: "it is the nodes",
      asked: { targetType: "Instance" },
      annotations: {},
    },
    {
      cell: "targetType",
      when: "it is the Pods",
      asked: { targetType: "Ip" },
      refused: [
        'args.targetType is "Ip", must be "Instance" for AwsCloudControllerNlb; supported by AwsLoadBalancerController, EksAutoMode',
      ],
    },
    {
      cell: "proxyProtocol",
      asked: { proxyProtocol: true },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes":
          "preserve_client_ip.enabled=true,proxy_protocol_v2.enabled=true",
      },
    },
    {
      cell: "preserveClientIp",
      when: "it is off",
      asked: { preserveClientIp: false },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes":
          "preserve_client_ip.enabled=false,proxy_protocol_v2.enabled=false",
      },
    },
    {
      cell: "preserveClientIp",
      when: "it is off and not everybody may connect",
      asked: { preserveClientIp: false, sourceRanges: ["198.51.100.0/24"] },
      refused: [
        'args.preserveClientIp is false, must be true if args.sourceRanges do not admit everyone: nodes otherwise see the load balancer as the client, and admit everyone that it admits; use ["0.0.0.0/0"] for anywhere',
      ],
    },
    {
      cell: "preserveClientIp",
      when: "it is on and not everybody may connect",
      asked: { preserveClientIp: true, sourceRanges: ["198.51.100.0/24"] },
      spec: { loadBalancerSourceRanges: ["198.51.100.0/24"] },
    },
    {
      cell: "preserveClientIp",
      when: "it is on with the PROXY protocol",
      asked: { preserveClientIp: true, proxyProtocol: true },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes":
          "preserve_client_ip.enabled=true,proxy_protocol_v2.enabled=true",
      },
    },
    {
      cell: "idleTimeoutSeconds",
      asked: { idleTimeoutSeconds: 60 },
      refused: [
        "args.idleTimeoutSeconds is 60, must not be set: it is not supported by AwsCloudControllerNlb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerClassic, DigitalOcean, HetznerCloud",
      ],
    },
    {
      cell: "crossZone",
      asked: { crossZone: true },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled": "true",
      },
    },
    {
      cell: "crossZone",
      when: "it is off",
      asked: { crossZone: false },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled": "false",
      },
    },
    {
      cell: "zonalDns",
      asked: { zonalDns: "ZoneAffinity" },
      refused: [
        'args.zonalDns is "ZoneAffinity", must not be set: it is not supported by AwsCloudControllerNlb; supported by AwsLoadBalancerController, EksAutoMode',
      ],
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
        "service.beta.kubernetes.io/aws-load-balancer-access-log-enabled": "true",
        "service.beta.kubernetes.io/aws-load-balancer-access-log-s3-bucket-name": "logs",
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
        "service.beta.kubernetes.io/aws-load-balancer-access-log-enabled": "true",
        "service.beta.kubernetes.io/aws-load-balancer-access-log-s3-bucket-name": "logs",
        "service.beta.kubernetes.io/aws-load-balancer-access-log-s3-bucket-prefix": "front",
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
      refused: [
        "args.deletionProtection is true, must not be set: it is not supported by AwsCloudControllerNlb; supported by AwsLoadBalancerController, EksAutoMode",
      ],
    },
    {
      cell: "loadBalancerAttributes",
      asked: { loadBalancerAttributes: { "zonal_shift.config.enabled": "true" } },
      refused: [
        "args.loadBalancerAttributes is an object, must not be set: it is not supported by AwsCloudControllerNlb; supported by AwsLoadBalancerController, EksAutoMode",
      ],
    },
    {
      cell: "targetGroupAttributes",
      asked: { targetGroupAttributes: { "deregistration_delay.timeout_seconds": "120" } },
      refused: [
        "args.targetGroupAttributes is an object, must not be set: it is not supported by AwsCloudControllerNlb; supported by AwsLoadBalancerController, EksAutoMode",
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
      asked: {
        annotations: { "service.beta.kubernetes.io/aws-load-balancer-subnets": "subnet-a" },
      },
      refused: [
        'args.annotations key is "service.beta.kubernetes.io/aws-load-balancer-subnets", must not be set; use args.subnets',
      ],
    },
    {
      cell: "annotations",
      when: "it says the kind",
      asked: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-type": "external" } },
      refused: [
        'args.annotations key is "service.beta.kubernetes.io/aws-load-balancer-type", must not be set: other arguments decide it for AwsCloudControllerNlb',
      ],
    },
    {
      cell: "annotations",
      when: "it says the source ranges",
      asked: {
        annotations: { "service.beta.kubernetes.io/load-balancer-source-ranges": "0.0.0.0/0" },
      },
      refused: [
        'args.annotations key is "service.beta.kubernetes.io/load-balancer-source-ranges", must not be set: other arguments decide it for AwsCloudControllerNlb',
      ],
    },
    {
      cell: "exposure",
      when: "it is internal",
      asked: { exposure: "Internal", sourceRanges: undefined },
      annotations: { "service.beta.kubernetes.io/aws-load-balancer-internal": "true" },
      spec: { loadBalancerSourceRanges: undefined },
    },
    {
      cell: "sourceRanges",
      asked: { sourceRanges: ["198.51.100.0/24", "203.0.113.0/24"] },
      spec: { loadBalancerSourceRanges: ["198.51.100.0/24", "203.0.113.0/24"] },
    },
    {
      cell: "sourceRanges",
      when: "one is of IPv6",
      asked: { sourceRanges: ["::/0"] },
      refused: [
        'args.sourceRanges[0] is "::/0", must be an IPv4 range, load balancers of AwsCloudControllerNlb have no IPv6 address',
      ],
    },
    {
      cell: "ipFamilyPolicy",
      when: "it is one family",
      asked: { ipFamilyPolicy: "SingleStack" },
      spec: { ipFamilyPolicy: "SingleStack" },
    },
    {
      cell: "ipFamilyPolicy",
      when: "it is two families",
      asked: { ipFamilyPolicy: "RequireDualStack" },
      refused: [
        'args.ipFamilyPolicy is "RequireDualStack", must not be set: load balancers of AwsCloudControllerNlb have no IPv6 address',
      ],
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
      asked: { externalTrafficPolicy: "Local" },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol": undefined,
        "service.beta.kubernetes.io/aws-load-balancer-healthcheck-port": undefined,
      },
      spec: { externalTrafficPolicy: "Local" },
    },
    {
      cell: "externalTrafficPolicy",
      when: "it is Local and there is a path",
      asked: { externalTrafficPolicy: "Local", healthCheckPath: "/readyz" },
      refused: [
        'args.healthCheckPath is "/readyz", must not be set with externalTrafficPolicy "Local": nodes report whether they have a ready Pod',
      ],
    },
    {
      cell: "sessionAffinity",
      asked: { sessionAffinity: "ClientIP" },
      refused: [
        'args.sessionAffinity is "ClientIP", must be "None": load balancers of AwsCloudControllerNlb do not support session affinity',
      ],
    },
    {
      cell: "sessionAffinity",
      when: "it is None",
      asked: { sessionAffinity: "None" },
      spec: { sessionAffinity: "None" },
    },
    { cell: "udp", asked: { ports: udp }, annotations: {} },
    {
      cell: "udp",
      when: "the client's address is not kept",
      asked: { ports: udp, preserveClientIp: false },
      refused: [
        "args.preserveClientIp is false, must be true: args.ports[0] is a UDP port, for which AWS always keeps the client's address",
      ],
    },
    {
      cell: "udp",
      when: "there is TCP on another port",
      asked: { ports: httpAndUdp },
      refused: [
        'args.ports[1].targetPort is "dns", must be a TCP port like args.ports[0], AwsCloudControllerNlb has one protocol per load balancer; use a second LoadBalancerService for UDP',
      ],
    },
    {
      cell: "tcpAndUdp",
      asked: { ports: tcpAndUdpOnOnePort },
      refused: [
        'args.ports[1].targetPort is "dns-tcp", must be a UDP port like args.ports[0], AwsCloudControllerNlb has one protocol per load balancer; use a second LoadBalancerService for TCP',
      ],
    },
    {
      cell: "sctp",
      asked: { ports: sctp },
      refused: [
        'args.ports[0].targetPort is "sctp", must be a TCP or UDP port: AwsCloudControllerNlb does not support SCTP',
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
};
