import {
  httpAndHttps,
  httpAndUdp,
  https,
  sctp,
  type Table,
  tcpAndUdpOnOnePort,
  udp,
} from "./table.ts";

export const awsCloudControllerClassic: Table = {
  controller: "AwsCloudControllerClassic",
  documentation:
    "https://github.com/kubernetes/cloud-provider-aws/blob/master/docs/service_controller.md",
  maximumPorts: 100,
  silent: false,
  asked: {},
  plain: {
    annotations: {
      "service.beta.kubernetes.io/aws-load-balancer-internal": "false",
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol": "TCP",
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-interval": "10",
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-timeout": "6",
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-healthy-threshold": "2",
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-unhealthy-threshold": "2",
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
  ],
  exposureKeys: [
    "service.beta.kubernetes.io/aws-load-balancer-type",
    "service.beta.kubernetes.io/aws-load-balancer-internal",
    "service.beta.kubernetes.io/aws-load-balancer-scheme",
    "service.beta.kubernetes.io/aws-load-balancer-security-groups",
    "service.beta.kubernetes.io/aws-load-balancer-extra-security-groups",
    "service.beta.kubernetes.io/load-balancer-source-ranges",
  ],
  sourceRanges: {
    by: "the load balancer's security group",
    voidedBy: {
      "service.beta.kubernetes.io/aws-load-balancer-security-groups": /./,
      "service.beta.kubernetes.io/aws-load-balancer-extra-security-groups": /./,
    },
  },
  keys: {
    certificates: ["service.beta.kubernetes.io/aws-load-balancer-ssl-cert"],
    tlsPorts: ["service.beta.kubernetes.io/aws-load-balancer-ssl-ports"],
    tlsPolicy: ["service.beta.kubernetes.io/aws-load-balancer-ssl-negotiation-policy"],
    backendProtocol: ["service.beta.kubernetes.io/aws-load-balancer-backend-protocol"],
    subnets: ["service.beta.kubernetes.io/aws-load-balancer-subnets"],
    securityGroups: ["service.beta.kubernetes.io/aws-load-balancer-security-groups"],
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
    targetType: [],
    proxyProtocol: ["service.beta.kubernetes.io/aws-load-balancer-proxy-protocol"],
    idleTimeoutSeconds: ["service.beta.kubernetes.io/aws-load-balancer-connection-idle-timeout"],
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
      asked: { externalTrafficPolicy: "Local", healthCheckProtocol: "Http" },
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
      asked: {
        ports: httpAndHttps,
        certificates: ["arn:aws:acm:eu-central-1:111122223333:certificate/one"],
      },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-ssl-cert":
          "arn:aws:acm:eu-central-1:111122223333:certificate/one",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-ports": "443",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-negotiation-policy":
          "ELBSecurityPolicy-TLS-1-2-2017-01",
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
          "ELBSecurityPolicy-TLS-1-2-2017-01",
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
      refused: [
        'args.ports[0].targetPort is "dns", must be a TCP port: AwsCloudControllerClassic supports no other protocol',
      ],
    },
    {
      cell: "tlsPolicy",
      asked: {
        ports: https,
        certificates: ["arn:aws:acm:eu-central-1:111122223333:certificate/one"],
        tlsPolicy: "ELBSecurityPolicy-TLS-1-1-2017-01",
      },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-ssl-cert":
          "arn:aws:acm:eu-central-1:111122223333:certificate/one",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-ports": "443",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-negotiation-policy":
          "ELBSecurityPolicy-TLS-1-1-2017-01",
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
        'args.alpnPolicy is "HTTP2Preferred", must not be set: it is not supported by AwsCloudControllerClassic; supported by AwsLoadBalancerController, EksAutoMode',
      ],
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
          "ELBSecurityPolicy-TLS-1-2-2017-01",
        "service.beta.kubernetes.io/aws-load-balancer-backend-protocol": "tcp",
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
          "ELBSecurityPolicy-TLS-1-2-2017-01",
        "service.beta.kubernetes.io/aws-load-balancer-backend-protocol": "ssl",
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
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-ssl-cert":
          "arn:aws:acm:eu-central-1:111122223333:certificate/one",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-ports": "443",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-negotiation-policy":
          "ELBSecurityPolicy-TLS-1-2-2017-01",
        "service.beta.kubernetes.io/aws-load-balancer-backend-protocol": "http",
      },
    },
    {
      cell: "backendProtocol",
      when: "it is HTTP and another port takes no TLS",
      asked: {
        ports: httpAndHttps,
        certificates: ["arn:aws:acm:eu-central-1:111122223333:certificate/one"],
        backendProtocol: "Http",
      },
      refused: [
        'args.backendProtocol is "Http", must be "Tcp", or TLS must end at every port: AwsCloudControllerClassic would read HTTP at the others, too; use a second LoadBalancerService for them',
      ],
    },
    {
      cell: "backendProtocol",
      when: "it is HTTPS and another port takes no TLS",
      asked: {
        ports: httpAndHttps,
        certificates: ["arn:aws:acm:eu-central-1:111122223333:certificate/one"],
        backendProtocol: "Https",
      },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-ssl-cert":
          "arn:aws:acm:eu-central-1:111122223333:certificate/one",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-ports": "443",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-negotiation-policy":
          "ELBSecurityPolicy-TLS-1-2-2017-01",
        "service.beta.kubernetes.io/aws-load-balancer-backend-protocol": "https",
      },
    },
    {
      cell: "backendProtocol",
      when: "it is HTTPS",
      asked: {
        ports: https,
        certificates: ["arn:aws:acm:eu-central-1:111122223333:certificate/one"],
        backendProtocol: "Https",
      },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-ssl-cert":
          "arn:aws:acm:eu-central-1:111122223333:certificate/one",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-ports": "443",
        "service.beta.kubernetes.io/aws-load-balancer-ssl-negotiation-policy":
          "ELBSecurityPolicy-TLS-1-2-2017-01",
        "service.beta.kubernetes.io/aws-load-balancer-backend-protocol": "https",
      },
    },
    {
      cell: "loadBalancerName",
      asked: { loadBalancerName: "shop-prod-front" },
      refused: [
        'args.loadBalancerName is "shop-prod-front", must not be set: it is not supported by AwsCloudControllerClassic; supported by AwsLoadBalancerController, EksAutoMode, DigitalOcean, HetznerCloud',
      ],
    },
    {
      cell: "staticAddresses",
      asked: { staticAddresses: ["eipalloc-a1"], subnets: ["subnet-a"] },
      refused: [
        "args.staticAddresses is a list, must not be set: it is not supported by AwsCloudControllerClassic; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, GoogleCloud, Azure, DigitalOcean, MetalLb",
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
        'args.location is "fsn1", must not be set: it is not supported by AwsCloudControllerClassic; supported by HetznerCloud',
      ],
    },
    {
      cell: "addressPool",
      asked: { addressPool: "public" },
      refused: [
        'args.addressPool is "public", must not be set: it is not supported by AwsCloudControllerClassic; supported by MetalLb',
      ],
    },
    {
      cell: "sharedAddressKey",
      asked: { sharedAddressKey: "front" },
      refused: [
        'args.sharedAddressKey is "front", must not be set: it is not supported by AwsCloudControllerClassic; supported by MetalLb',
      ],
    },
    {
      cell: "securityGroups",
      asked: { securityGroups: ["sg-1", "sg-2"], sourceRanges: undefined },
      annotations: { "service.beta.kubernetes.io/aws-load-balancer-security-groups": "sg-1,sg-2" },
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
      when: "it is just shorter than the interval",
      asked: { healthCheckTimeoutSeconds: 9 },
      annotations: { "service.beta.kubernetes.io/aws-load-balancer-healthcheck-timeout": "9" },
    },
    {
      cell: "healthCheckTimeoutSeconds",
      when: "it is the interval",
      asked: { healthCheckTimeoutSeconds: 10 },
      refused: [
        "args.healthCheckTimeoutSeconds is 10, must be less than args.healthCheckIntervalSeconds, which is 10",
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
      asked: { healthCheckTimeoutSeconds: 60, healthCheckIntervalSeconds: 61 },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-healthcheck-timeout": "60",
        "service.beta.kubernetes.io/aws-load-balancer-healthcheck-interval": "61",
      },
    },
    {
      cell: "healthCheckTimeoutSeconds",
      when: "it is too short",
      asked: { healthCheckTimeoutSeconds: 1 },
      refused: ["args.healthCheckTimeoutSeconds is 1, must be an integer from 2 to 60"],
    },
    {
      cell: "healthCheckTimeoutSeconds",
      when: "it is too long",
      asked: { healthCheckTimeoutSeconds: 61, healthCheckIntervalSeconds: 300 },
      refused: ["args.healthCheckTimeoutSeconds is 61, must be an integer from 2 to 60"],
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
      when: "it is the nodes",
      asked: { targetType: "Instance" },
      annotations: {},
    },
    {
      cell: "targetType",
      when: "it is the Pods",
      asked: { targetType: "Ip" },
      refused: [
        'args.targetType is "Ip", must be "Instance" for AwsCloudControllerClassic; supported by AwsLoadBalancerController, EksAutoMode',
      ],
    },
    {
      cell: "proxyProtocol",
      asked: { proxyProtocol: true },
      annotations: { "service.beta.kubernetes.io/aws-load-balancer-proxy-protocol": "*" },
    },
    {
      cell: "preserveClientIp",
      asked: { preserveClientIp: false },
      refused: [
        "args.preserveClientIp is false, must not be set: it is not supported by AwsCloudControllerClassic; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb",
      ],
    },
    {
      cell: "idleTimeoutSeconds",
      when: "it is the shortest",
      asked: { idleTimeoutSeconds: 1 },
      annotations: { "service.beta.kubernetes.io/aws-load-balancer-connection-idle-timeout": "1" },
    },
    {
      cell: "idleTimeoutSeconds",
      when: "it is the longest",
      asked: { idleTimeoutSeconds: 4000 },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-connection-idle-timeout": "4000",
      },
    },
    {
      cell: "idleTimeoutSeconds",
      when: "it is too long",
      asked: { idleTimeoutSeconds: 4001 },
      refused: ["args.idleTimeoutSeconds is 4001, must be an integer from 1 to 4000"],
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
        'args.zonalDns is "ZoneAffinity", must not be set: it is not supported by AwsCloudControllerClassic; supported by AwsLoadBalancerController, EksAutoMode',
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
          "ELBSecurityPolicy-TLS-1-2-2017-01",
        "service.beta.kubernetes.io/aws-load-balancer-backend-protocol": "tcp",
        "service.beta.kubernetes.io/aws-load-balancer-access-log-enabled": "true",
        "service.beta.kubernetes.io/aws-load-balancer-access-log-s3-bucket-name": "logs",
      },
    },
    {
      cell: "accessLogsBucket",
      when: "no port takes TLS",
      asked: { accessLogsBucket: "logs" },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-access-log-enabled": "true",
        "service.beta.kubernetes.io/aws-load-balancer-access-log-s3-bucket-name": "logs",
      },
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
          "ELBSecurityPolicy-TLS-1-2-2017-01",
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
        "args.deletionProtection is true, must not be set: it is not supported by AwsCloudControllerClassic; supported by AwsLoadBalancerController, EksAutoMode",
      ],
    },
    {
      cell: "loadBalancerAttributes",
      asked: { loadBalancerAttributes: { "zonal_shift.config.enabled": "true" } },
      refused: [
        "args.loadBalancerAttributes is an object, must not be set: it is not supported by AwsCloudControllerClassic; supported by AwsLoadBalancerController, EksAutoMode",
      ],
    },
    {
      cell: "targetGroupAttributes",
      asked: { targetGroupAttributes: { "deregistration_delay.timeout_seconds": "120" } },
      refused: [
        "args.targetGroupAttributes is an object, must not be set: it is not supported by AwsCloudControllerClassic; supported by AwsLoadBalancerController, EksAutoMode",
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
        'args.annotations key is "service.beta.kubernetes.io/aws-load-balancer-type", must not be set: other arguments decide it for AwsCloudControllerClassic',
      ],
    },
    {
      cell: "annotations",
      when: "it says the source ranges",
      asked: {
        annotations: { "service.beta.kubernetes.io/load-balancer-source-ranges": "0.0.0.0/0" },
      },
      refused: [
        'args.annotations key is "service.beta.kubernetes.io/load-balancer-source-ranges", must not be set: other arguments decide it for AwsCloudControllerClassic',
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
        'args.sourceRanges[0] is "::/0", must be an IPv4 range, load balancers of AwsCloudControllerClassic have no IPv6 address',
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
        'args.ipFamilyPolicy is "RequireDualStack", must not be set: load balancers of AwsCloudControllerClassic have no IPv6 address',
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
        'args.sessionAffinity is "ClientIP", must be "None": load balancers of AwsCloudControllerClassic do not support session affinity',
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
        'args.ports[0].targetPort is "dns", must be a TCP port: AwsCloudControllerClassic supports no other protocol',
      ],
    },
    {
      cell: "udp",
      when: "there is TCP on another port",
      asked: { ports: httpAndUdp },
      refused: [
        'args.ports[1].targetPort is "dns", must be a TCP port: AwsCloudControllerClassic supports no other protocol',
      ],
    },
    {
      cell: "tcpAndUdp",
      asked: { ports: tcpAndUdpOnOnePort },
      refused: [
        'args.ports[0].targetPort is "dns", must be a TCP port: AwsCloudControllerClassic supports no other protocol',
      ],
    },
    {
      cell: "sctp",
      asked: { ports: sctp },
      refused: [
        'args.ports[0].targetPort is "sctp", must be a TCP port: AwsCloudControllerClassic supports no other protocol',
      ],
    },
    {
      cell: "ports",
      when: "there are 101",
      asked: {
        ports: Array.from({ length: 101 }, (_, index) => ({
          name: `p${index}`,
          port: index + 1,
          targetPort: "http",
        })),
      },
      refused: ["args.ports.length is 101, must be at most 100"],
    },
  ],
  updates: [
    {
      when: "a tag is no longer written",
      before: {
        annotations: {
          "service.beta.kubernetes.io/aws-load-balancer-additional-resource-tags":
            "team=shop,note=a=b",
        },
        ports: [],
      },
      after: {
        annotations: {
          "service.beta.kubernetes.io/aws-load-balancer-additional-resource-tags": "note=",
        },
        ports: [],
      },
      refused: [
        'args.tags["team"] must be set: the cloud would otherwise keep the value of the last update; set the value that it should have',
      ],
    },
    {
      when: "there are no tags any longer",
      before: {
        annotations: {
          "service.beta.kubernetes.io/aws-load-balancer-additional-resource-tags": "team=shop",
        },
        ports: [],
      },
      after: {
        annotations: {},
        ports: [],
      },
      refused: [
        'args.tags["team"] must be set: the cloud would otherwise keep the value of the last update; set the value that it should have',
      ],
    },
    {
      when: "a tag changes and another comes",
      before: {
        annotations: {
          "service.beta.kubernetes.io/aws-load-balancer-additional-resource-tags": "team=shop",
        },
        ports: [],
      },
      after: {
        annotations: {
          "service.beta.kubernetes.io/aws-load-balancer-additional-resource-tags":
            "team=web,app=shop",
        },
        ports: [],
      },
      refused: [],
    },
  ],
};
