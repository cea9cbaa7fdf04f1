import {
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
  asked: {},
  plain: {
    annotations: {
      "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing",
      "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
      "service.beta.kubernetes.io/aws-load-balancer-ip-address-type": "ipv4",
      "service.beta.kubernetes.io/aws-load-balancer-attributes":
        "load_balancing.cross_zone.enabled=false,dns_record.client_routing_policy=any_availability_zone,deletion_protection.enabled=false,access_logs.s3.enabled=false",
      "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes":
        "preserve_client_ip.enabled=false",
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol": "TCP",
      "service.beta.kubernetes.io/aws-load-balancer-healthcheck-port": "traffic-port",
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
  replacedBy: [
    "service.beta.kubernetes.io/aws-load-balancer-scheme",
    "service.beta.kubernetes.io/aws-load-balancer-type",
    "service.beta.kubernetes.io/aws-load-balancer-name",
    "service.beta.kubernetes.io/aws-load-balancer-eip-allocations",
    "service.beta.kubernetes.io/aws-load-balancer-private-ipv4-addresses",
    "service.beta.kubernetes.io/aws-load-balancer-internal",
  ],
  exposedBy: [
    "service.beta.kubernetes.io/aws-load-balancer-scheme",
    "service.beta.kubernetes.io/aws-load-balancer-internal",
    "service.beta.kubernetes.io/aws-load-balancer-type",
    "service.beta.kubernetes.io/aws-load-balancer-security-groups",
    "service.beta.kubernetes.io/aws-load-balancer-security-group-prefix-lists",
    "service.beta.kubernetes.io/load-balancer-source-ranges",
  ],
  writes: {
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
    targetType: ["service.beta.kubernetes.io/aws-load-balancer-nlb-target-type"],
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
      refused: ["args.certificates[0]"],
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
      refused: ["args.ports[0].targetPort"],
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
      refused: ["args.backendProtocol"],
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
      refused: ["args.loadBalancerName"],
    },
    {
      cell: "loadBalancerName",
      when: "it starts with internal-",
      asked: { loadBalancerName: "internal-front" },
      refused: ["args.loadBalancerName"],
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
      refused: ["args.subnets"],
    },
    {
      cell: "staticAddresses",
      when: "there are more than subnets",
      asked: { staticAddresses: ["eipalloc-a1", "eipalloc-b2"], subnets: ["subnet-a"] },
      refused: ["args.staticAddresses.length"],
    },
    {
      cell: "staticAddresses",
      when: "a public one is an IP",
      asked: { staticAddresses: ["203.0.113.7"], subnets: ["subnet-a"] },
      refused: ["args.staticAddresses[0]"],
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
      refused: ["args.staticAddresses[0]"],
    },
    {
      cell: "subnets",
      asked: { subnets: ["subnet-a", "my-subnet"] },
      annotations: { "service.beta.kubernetes.io/aws-load-balancer-subnets": "subnet-a,my-subnet" },
    },
    { cell: "location", asked: { location: "fsn1" }, refused: ['args.location is "fsn1"'] },
    {
      cell: "addressPool",
      asked: { addressPool: "public" },
      refused: ['args.addressPool is "public"'],
    },
    {
      cell: "sharedAddressKey",
      asked: { sharedAddressKey: "front" },
      refused: ['args.sharedAddressKey is "front"'],
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
      refused: ["args.sourceRanges"],
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
      asked: { tags: { "service.k8s.aws/stack": "shop" } },
      refused: ["args.tags"],
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
      refused: ["args.healthCheckPath"],
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
          "preserve_client_ip.enabled=true",
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
          "preserve_client_ip.enabled=true",
      },
    },
    {
      cell: "idleTimeoutSeconds",
      when: "one of two ports takes TLS",
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
      asked: { zonalDns: "OwnZone" },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-attributes":
          "load_balancing.cross_zone.enabled=false,dns_record.client_routing_policy=availability_zone_affinity,deletion_protection.enabled=false,access_logs.s3.enabled=false",
      },
    },
    {
      cell: "zonalDns",
      when: "it is mostly the client's own",
      asked: { zonalDns: "MostlyOwnZone" },
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
        "service.beta.kubernetes.io/aws-load-balancer-attributes":
          "load_balancing.cross_zone.enabled=false,dns_record.client_routing_policy=any_availability_zone,deletion_protection.enabled=false,access_logs.s3.enabled=true,access_logs.s3.bucket=logs",
      },
    },
    {
      cell: "accessLogsBucket",
      when: "no port takes TLS",
      asked: { accessLogsBucket: "logs" },
      refused: ["args.accessLogsBucket"],
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
        "service.beta.kubernetes.io/aws-load-balancer-attributes":
          "load_balancing.cross_zone.enabled=false,dns_record.client_routing_policy=any_availability_zone,deletion_protection.enabled=false,access_logs.s3.enabled=true,access_logs.s3.bucket=logs,access_logs.s3.prefix=front",
      },
    },
    {
      cell: "accessLogsPrefix",
      when: "there is no bucket",
      asked: { accessLogsPrefix: "front" },
      refused: ["args.accessLogsPrefix"],
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
      refused: ["args.accessLogsPrefix"],
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
      when: "an argument says it",
      asked: { loadBalancerAttributes: { "deletion_protection.enabled": "true" } },
      refused: ['args.loadBalancerAttributes["deletion_protection.enabled"]'],
    },
    {
      cell: "loadBalancerAttributes",
      when: "it is unknown",
      asked: { loadBalancerAttributes: { deletion_protection: "true" } },
      refused: ['args.loadBalancerAttributes["deletion_protection"]'],
    },
    {
      cell: "targetGroupAttributes",
      asked: { targetGroupAttributes: { "deregistration_delay.timeout_seconds": "120" } },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes":
          "preserve_client_ip.enabled=false,deregistration_delay.timeout_seconds=120",
      },
    },
    {
      cell: "targetGroupAttributes",
      when: "an argument says it",
      asked: { targetGroupAttributes: { "preserve_client_ip.enabled": "true" } },
      refused: ['args.targetGroupAttributes["preserve_client_ip.enabled"]'],
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
      refused: ["args.annotations key"],
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
      refused: ["args.annotations key"],
    },
    {
      cell: "annotations",
      when: "it says the kind",
      asked: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-type": "external" } },
      refused: ["args.annotations key"],
    },
    {
      cell: "annotations",
      when: "it says the source ranges",
      asked: {
        annotations: { "service.beta.kubernetes.io/load-balancer-source-ranges": "0.0.0.0/0" },
      },
      refused: ["args.annotations key"],
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
      asked: { sourceRanges: ["::/0"] },
      refused: ["args.sourceRanges"],
    },
    {
      cell: "sourceRanges",
      when: "one is of IPv6 and it has such addresses",
      asked: { sourceRanges: ["0.0.0.0/0", "::/0"], ipFamilyPolicy: "RequireDualStack" },
      annotations: { "service.beta.kubernetes.io/aws-load-balancer-ip-address-type": "dualstack" },
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
      when: "it is two families",
      asked: { ipFamilyPolicy: "RequireDualStack" },
      annotations: { "service.beta.kubernetes.io/aws-load-balancer-ip-address-type": "dualstack" },
      spec: { ipFamilyPolicy: "RequireDualStack" },
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
          "preserve_client_ip.enabled=true",
        "service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol": undefined,
        "service.beta.kubernetes.io/aws-load-balancer-healthcheck-port": undefined,
      },
      spec: { externalTrafficPolicy: "Local", allocateLoadBalancerNodePorts: undefined },
    },
    {
      cell: "externalTrafficPolicy",
      when: "it is Local and there is a path",
      asked: { externalTrafficPolicy: "Local", healthCheckPath: "/readyz", targetType: "Instance" },
      refused: ["args.healthCheckPath"],
    },
    {
      cell: "externalTrafficPolicy",
      when: "it is Local and the targets are the Pods",
      asked: { externalTrafficPolicy: "Local", targetType: "Ip" },
      refused: ["args.externalTrafficPolicy"],
    },
    {
      cell: "sessionAffinity",
      asked: { sessionAffinity: "ClientIP" },
      refused: ["args.sessionAffinity"],
    },
    {
      cell: "sessionAffinity",
      when: "it is None",
      asked: { sessionAffinity: "None" },
      spec: { sessionAffinity: "None" },
    },
    { cell: "udp", asked: { ports: udp }, refused: ["args.ports[0].targetPort"] },
    {
      cell: "udp",
      when: "the client's address is kept",
      asked: { ports: udp, preserveClientIp: true },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes":
          "preserve_client_ip.enabled=true",
      },
    },
    {
      cell: "udp",
      when: "there is TCP on another port",
      asked: { ports: httpAndUdp, targetType: "Instance" },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "instance",
        "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes":
          "preserve_client_ip.enabled=true",
      },
      spec: { allocateLoadBalancerNodePorts: undefined },
    },
    {
      cell: "tcpAndUdp",
      asked: { ports: tcpAndUdpOnOnePort, preserveClientIp: true },
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-enable-tcp-udp-listener": "true",
        "service.beta.kubernetes.io/aws-load-balancer-target-group-attributes":
          "preserve_client_ip.enabled=true",
      },
    },
    { cell: "sctp", asked: { ports: sctp }, refused: ["args.ports[0].targetPort"] },
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
