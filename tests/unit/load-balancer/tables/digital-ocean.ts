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

export const digitalOcean: Table = {
  controller: "DigitalOcean",
  documentation:
    "https://docs.digitalocean.com/products/kubernetes/how-to/configure-load-balancers/",
  maximumPorts: 40,
  silent: false,
  asked: {},
  plain: {
    annotations: {
      "service.beta.kubernetes.io/do-loadbalancer-network": "EXTERNAL",
      "service.beta.kubernetes.io/do-loadbalancer-type": "REGIONAL_NETWORK",
      "service.beta.kubernetes.io/do-loadbalancer-network-stack": "IPV4",
      "service.beta.kubernetes.io/do-loadbalancer-healthcheck-check-interval-seconds": "10",
      "service.beta.kubernetes.io/do-loadbalancer-healthcheck-healthy-threshold": "2",
      "service.beta.kubernetes.io/do-loadbalancer-healthcheck-unhealthy-threshold": "2",
    },
    spec: { loadBalancerSourceRanges: ["0.0.0.0/0"] },
  },
  addressKind: "ip",
  evidence: {
    begun: ["EnsuringLoadBalancer"],
    accepted: ["EnsuredLoadBalancer"],
    refused: ["SyncLoadBalancerFailed"],
    unfinished: ["not yet active"],
    answersEachChange: true,
  },
  forceNewKeys: [
    "service.beta.kubernetes.io/do-loadbalancer-type",
    "service.beta.kubernetes.io/do-loadbalancer-network",
    "service.beta.kubernetes.io/do-loadbalancer-network-stack",
    "service.beta.kubernetes.io/do-loadbalancer-ip",
    "service.beta.kubernetes.io/do-loadbalancer-subnet-uuid",
  ],
  exposureKeys: [
    "service.beta.kubernetes.io/do-loadbalancer-type",
    "service.beta.kubernetes.io/do-loadbalancer-network",
    "service.beta.kubernetes.io/do-loadbalancer-allow-rules",
    "service.beta.kubernetes.io/do-loadbalancer-deny-rules",
    "service.beta.kubernetes.io/load-balancer-source-ranges",
  ],
  sourceRanges: { by: "the load balancer's firewall", voidedBy: {} },
  keys: {
    certificates: ["service.beta.kubernetes.io/do-loadbalancer-certificate-id"],
    tlsPorts: ["service.beta.kubernetes.io/do-loadbalancer-tls-ports"],
    backendProtocol: ["service.beta.kubernetes.io/do-loadbalancer-protocol"],
    loadBalancerName: ["service.beta.kubernetes.io/do-loadbalancer-name"],
    staticAddresses: ["service.beta.kubernetes.io/do-loadbalancer-ip"],
    subnets: ["service.beta.kubernetes.io/do-loadbalancer-subnet-uuid"],
    healthCheckProtocol: [
      "service.beta.kubernetes.io/do-loadbalancer-healthcheck-protocol",
      "service.beta.kubernetes.io/do-loadbalancer-override-health-check",
      "service.beta.kubernetes.io/do-loadbalancer-healthcheck-port",
    ],
    healthCheckPath: [
      "service.beta.kubernetes.io/do-loadbalancer-healthcheck-path",
      "service.beta.kubernetes.io/do-loadbalancer-override-health-check",
      "service.beta.kubernetes.io/do-loadbalancer-healthcheck-port",
    ],
    healthCheckIntervalSeconds: [
      "service.beta.kubernetes.io/do-loadbalancer-healthcheck-check-interval-seconds",
    ],
    healthCheckTimeoutSeconds: [
      "service.beta.kubernetes.io/do-loadbalancer-healthcheck-response-timeout-seconds",
    ],
    healthCheckHealthyThreshold: [
      "service.beta.kubernetes.io/do-loadbalancer-healthcheck-healthy-threshold",
    ],
    healthCheckUnhealthyThreshold: [
      "service.beta.kubernetes.io/do-loadbalancer-healthcheck-unhealthy-threshold",
    ],
    proxyProtocol: ["service.beta.kubernetes.io/do-loadbalancer-enable-proxy-protocol"],
    idleTimeoutSeconds: ["service.beta.kubernetes.io/do-loadbalancer-http-idle-timeout-seconds"],
  },
  cells: [
    {
      cell: "certificates",
      asked: { ports: httpAndHttps, certificates: ["my-certificate"] },
      annotations: {
        "service.beta.kubernetes.io/do-loadbalancer-type": "REGIONAL",
        "service.beta.kubernetes.io/do-loadbalancer-protocol": "tcp",
        "service.beta.kubernetes.io/do-loadbalancer-tls-ports": "443",
        "service.beta.kubernetes.io/do-loadbalancer-certificate-id": "my-certificate",
      },
    },
    {
      cell: "certificates",
      when: "there are two",
      asked: { ports: httpAndHttps, certificates: ["one", "two"] },
      refused: ["args.certificates.length is 2, must be at most 1"],
    },
    {
      cell: "tlsPorts",
      asked: { ports: httpAndHttps, certificates: ["my-certificate"], tlsPorts: ["http", "https"] },
      annotations: {
        "service.beta.kubernetes.io/do-loadbalancer-type": "REGIONAL",
        "service.beta.kubernetes.io/do-loadbalancer-protocol": "tcp",
        "service.beta.kubernetes.io/do-loadbalancer-tls-ports": "80,443",
        "service.beta.kubernetes.io/do-loadbalancer-certificate-id": "my-certificate",
      },
    },
    {
      cell: "tlsPolicy",
      asked: { ports: https, tlsPolicy: "Modern" },
      refused: [
        'args.tlsPolicy is "Modern", must not be set: it is not supported by DigitalOcean; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
        'args.tlsPolicy is "Modern", must not be set without args.certificates',
      ],
    },
    {
      cell: "alpnPolicy",
      asked: { ports: https, alpnPolicy: "HTTP2Preferred" },
      refused: [
        'args.alpnPolicy is "HTTP2Preferred", must not be set: it is not supported by DigitalOcean; supported by AwsLoadBalancerController, EksAutoMode',
        'args.alpnPolicy is "HTTP2Preferred", must not be set without args.certificates',
      ],
    },
    {
      cell: "backendProtocol",
      asked: { ports: https, certificates: ["my-certificate"], backendProtocol: "Http" },
      annotations: {
        "service.beta.kubernetes.io/do-loadbalancer-type": "REGIONAL",
        "service.beta.kubernetes.io/do-loadbalancer-protocol": "tcp",
        "service.beta.kubernetes.io/do-loadbalancer-tls-ports": "443",
        "service.beta.kubernetes.io/do-loadbalancer-certificate-id": "my-certificate",
      },
    },
    {
      cell: "backendProtocol",
      when: "it is TLS",
      asked: { ports: https, certificates: ["my-certificate"], backendProtocol: "Tls" },
      refused: [
        'args.backendProtocol is "Tls", must be "Http" for DigitalOcean; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
      ],
    },
    {
      cell: "loadBalancerName",
      asked: { loadBalancerName: "shop-prod-front" },
      annotations: { "service.beta.kubernetes.io/do-loadbalancer-name": "shop-prod-front" },
    },
    {
      cell: "loadBalancerName",
      when: "it has 255 characters",
      asked: { loadBalancerName: "a".repeat(255) },
      annotations: { "service.beta.kubernetes.io/do-loadbalancer-name": "a".repeat(255) },
    },
    {
      cell: "loadBalancerName",
      when: "it has 256 characters",
      asked: { loadBalancerName: "a".repeat(256) },
      refused: [
        'args.loadBalancerName is "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…, must be at most 255 letters, digits, "-" and ".", starting with a letter or digit',
      ],
    },
    {
      cell: "staticAddresses",
      asked: { staticAddresses: ["203.0.113.7"] },
      annotations: { "service.beta.kubernetes.io/do-loadbalancer-ip": "203.0.113.7" },
    },
    {
      cell: "staticAddresses",
      when: "it is no IP",
      asked: { staticAddresses: ["front"] },
      refused: ['args.staticAddresses[0] is "front", must be an IPv4 address'],
    },
    {
      cell: "staticAddresses",
      when: "there are two",
      asked: { staticAddresses: ["203.0.113.7", "203.0.113.8"] },
      refused: ["args.staticAddresses.length is 2, must be at most 1"],
    },
    {
      cell: "subnets",
      asked: { subnets: ["0b7aa8a5-2f09-4e0e-b8b3-1f3f2c0d6b5e"] },
      annotations: {
        "service.beta.kubernetes.io/do-loadbalancer-subnet-uuid":
          "0b7aa8a5-2f09-4e0e-b8b3-1f3f2c0d6b5e",
      },
    },
    {
      cell: "subnets",
      when: "there are two",
      asked: { subnets: ["one", "two"] },
      refused: ["args.subnets.length is 2, must be at most 1"],
    },
    {
      cell: "location",
      asked: { location: "fsn1" },
      refused: [
        'args.location is "fsn1", must not be set: it is not supported by DigitalOcean; supported by HetznerCloud',
      ],
    },
    {
      cell: "addressPool",
      asked: { addressPool: "public" },
      refused: [
        'args.addressPool is "public", must not be set: it is not supported by DigitalOcean; supported by MetalLb',
      ],
    },
    {
      cell: "sharedAddressKey",
      asked: { sharedAddressKey: "front" },
      refused: [
        'args.sharedAddressKey is "front", must not be set: it is not supported by DigitalOcean; supported by MetalLb',
      ],
    },
    {
      cell: "securityGroups",
      asked: { securityGroups: ["sg-1"], sourceRanges: undefined },
      refused: [
        "args.securityGroups is a list, must not be set: it is not supported by DigitalOcean; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerClassic",
      ],
    },
    {
      cell: "tags",
      asked: { tags: { app: "shop" } },
      refused: [
        "args.tags is an object, must not be set: it is not supported by DigitalOcean; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, Azure",
      ],
    },
    {
      cell: "healthCheckProtocol",
      when: "it is TCP",
      asked: { healthCheckProtocol: "Tcp", ports: https },
      annotations: {
        "service.beta.kubernetes.io/do-loadbalancer-override-health-check": "true",
        "service.beta.kubernetes.io/do-loadbalancer-healthcheck-port": "443",
        "service.beta.kubernetes.io/do-loadbalancer-healthcheck-protocol": "tcp",
      },
    },
    {
      cell: "healthCheckProtocol",
      when: "it is HTTP",
      asked: { healthCheckProtocol: "Http", healthCheckPath: "/readyz" },
      annotations: {
        "service.beta.kubernetes.io/do-loadbalancer-override-health-check": "true",
        "service.beta.kubernetes.io/do-loadbalancer-healthcheck-port": "80",
        "service.beta.kubernetes.io/do-loadbalancer-healthcheck-protocol": "http",
        "service.beta.kubernetes.io/do-loadbalancer-healthcheck-path": "/readyz",
      },
    },
    {
      cell: "healthCheckProtocol",
      when: "it is HTTPS",
      asked: { healthCheckProtocol: "Https", healthCheckPath: "/readyz" },
      annotations: {
        "service.beta.kubernetes.io/do-loadbalancer-override-health-check": "true",
        "service.beta.kubernetes.io/do-loadbalancer-healthcheck-port": "80",
        "service.beta.kubernetes.io/do-loadbalancer-healthcheck-protocol": "https",
        "service.beta.kubernetes.io/do-loadbalancer-healthcheck-path": "/readyz",
      },
    },
    {
      cell: "healthCheckPath",
      asked: { healthCheckPath: "/readyz" },
      annotations: {
        "service.beta.kubernetes.io/do-loadbalancer-override-health-check": "true",
        "service.beta.kubernetes.io/do-loadbalancer-healthcheck-port": "80",
        "service.beta.kubernetes.io/do-loadbalancer-healthcheck-protocol": "http",
        "service.beta.kubernetes.io/do-loadbalancer-healthcheck-path": "/readyz",
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
      asked: { healthCheckIntervalSeconds: 3 },
      annotations: {
        "service.beta.kubernetes.io/do-loadbalancer-healthcheck-check-interval-seconds": "3",
      },
    },
    {
      cell: "healthCheckIntervalSeconds",
      when: "it is the longest",
      asked: { healthCheckIntervalSeconds: 300 },
      annotations: {
        "service.beta.kubernetes.io/do-loadbalancer-healthcheck-check-interval-seconds": "300",
      },
    },
    {
      cell: "healthCheckIntervalSeconds",
      when: "it is too short",
      asked: { healthCheckIntervalSeconds: 2 },
      refused: ["args.healthCheckIntervalSeconds is 2, must be an integer from 3 to 300"],
    },
    {
      cell: "healthCheckIntervalSeconds",
      when: "it is too long",
      asked: { healthCheckIntervalSeconds: 301 },
      refused: ["args.healthCheckIntervalSeconds is 301, must be an integer from 3 to 300"],
    },
    {
      cell: "healthCheckTimeoutSeconds",
      when: "it is the shortest",
      asked: { healthCheckTimeoutSeconds: 3 },
      annotations: {
        "service.beta.kubernetes.io/do-loadbalancer-healthcheck-response-timeout-seconds": "3",
      },
    },
    {
      cell: "healthCheckTimeoutSeconds",
      when: "it is the longest",
      asked: { healthCheckTimeoutSeconds: 300 },
      annotations: {
        "service.beta.kubernetes.io/do-loadbalancer-healthcheck-response-timeout-seconds": "300",
      },
    },
    {
      cell: "healthCheckTimeoutSeconds",
      when: "it is too short",
      asked: { healthCheckTimeoutSeconds: 2 },
      refused: ["args.healthCheckTimeoutSeconds is 2, must be an integer from 3 to 300"],
    },
    {
      cell: "healthCheckTimeoutSeconds",
      when: "it is too long",
      asked: { healthCheckTimeoutSeconds: 301 },
      refused: ["args.healthCheckTimeoutSeconds is 301, must be an integer from 3 to 300"],
    },
    {
      cell: "healthCheckHealthyThreshold",
      when: "it is the highest",
      asked: { healthCheckHealthyThreshold: 10 },
      annotations: {
        "service.beta.kubernetes.io/do-loadbalancer-healthcheck-healthy-threshold": "10",
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
        "service.beta.kubernetes.io/do-loadbalancer-healthcheck-unhealthy-threshold": "10",
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
      asked: { targetType: "Instance" },
      refused: [
        'args.targetType is "Instance", must not be set: it is not supported by DigitalOcean; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
      ],
    },
    {
      cell: "proxyProtocol",
      when: "TLS ends there",
      asked: { proxyProtocol: true, ports: https, certificates: ["my-certificate"] },
      annotations: {
        "service.beta.kubernetes.io/do-loadbalancer-type": "REGIONAL",
        "service.beta.kubernetes.io/do-loadbalancer-protocol": "tcp",
        "service.beta.kubernetes.io/do-loadbalancer-tls-ports": "443",
        "service.beta.kubernetes.io/do-loadbalancer-certificate-id": "my-certificate",
        "service.beta.kubernetes.io/do-loadbalancer-enable-proxy-protocol": "true",
      },
    },
    {
      cell: "proxyProtocol",
      when: "it only passes on",
      asked: { proxyProtocol: true },
      annotations: {
        "service.beta.kubernetes.io/do-loadbalancer-type": "REGIONAL",
        "service.beta.kubernetes.io/do-loadbalancer-enable-proxy-protocol": "true",
      },
    },
    {
      cell: "preserveClientIp",
      asked: { preserveClientIp: true },
      refused: [
        "args.preserveClientIp is true, must not be set: it is not supported by DigitalOcean; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb",
      ],
    },
    {
      cell: "idleTimeoutSeconds",
      when: "TLS ends there",
      asked: { idleTimeoutSeconds: 120, ports: https, certificates: ["my-certificate"] },
      annotations: {
        "service.beta.kubernetes.io/do-loadbalancer-type": "REGIONAL",
        "service.beta.kubernetes.io/do-loadbalancer-protocol": "tcp",
        "service.beta.kubernetes.io/do-loadbalancer-tls-ports": "443",
        "service.beta.kubernetes.io/do-loadbalancer-certificate-id": "my-certificate",
        "service.beta.kubernetes.io/do-loadbalancer-http-idle-timeout-seconds": "120",
      },
    },
    {
      cell: "proxyProtocol",
      when: "it is off",
      asked: { proxyProtocol: false },
      annotations: { "service.beta.kubernetes.io/do-loadbalancer-enable-proxy-protocol": "false" },
    },
    {
      cell: "idleTimeoutSeconds",
      when: "it is the shortest",
      asked: { idleTimeoutSeconds: 30, ports: https, certificates: ["my-certificate"] },
      annotations: {
        "service.beta.kubernetes.io/do-loadbalancer-type": "REGIONAL",
        "service.beta.kubernetes.io/do-loadbalancer-protocol": "tcp",
        "service.beta.kubernetes.io/do-loadbalancer-tls-ports": "443",
        "service.beta.kubernetes.io/do-loadbalancer-certificate-id": "my-certificate",
        "service.beta.kubernetes.io/do-loadbalancer-http-idle-timeout-seconds": "30",
      },
    },
    {
      cell: "idleTimeoutSeconds",
      when: "it is the longest",
      asked: { idleTimeoutSeconds: 600, ports: https, certificates: ["my-certificate"] },
      annotations: {
        "service.beta.kubernetes.io/do-loadbalancer-type": "REGIONAL",
        "service.beta.kubernetes.io/do-loadbalancer-protocol": "tcp",
        "service.beta.kubernetes.io/do-loadbalancer-tls-ports": "443",
        "service.beta.kubernetes.io/do-loadbalancer-certificate-id": "my-certificate",
        "service.beta.kubernetes.io/do-loadbalancer-http-idle-timeout-seconds": "600",
      },
    },
    {
      cell: "idleTimeoutSeconds",
      when: "it is too short",
      asked: { idleTimeoutSeconds: 29, ports: https, certificates: ["my-certificate"] },
      refused: ["args.idleTimeoutSeconds is 29, must be an integer from 30 to 600"],
    },
    {
      cell: "idleTimeoutSeconds",
      when: "it is too long",
      asked: { idleTimeoutSeconds: 601, ports: https, certificates: ["my-certificate"] },
      refused: ["args.idleTimeoutSeconds is 601, must be an integer from 30 to 600"],
    },
    {
      cell: "loadBalancerName",
      when: "it starts with a dot",
      asked: { loadBalancerName: ".front" },
      refused: [
        'args.loadBalancerName is ".front", must be at most 255 letters, digits, "-" and ".", starting with a letter or digit',
      ],
    },
    {
      cell: "certificates",
      when: "the port is UDP",
      asked: { ports: udp, certificates: ["my-certificate"] },
      refused: ['args.ports[0].targetPort is "dns", must be a TCP port, because it terminates TLS'],
    },
    {
      cell: "idleTimeoutSeconds",
      when: "it only passes on",
      asked: { idleTimeoutSeconds: 120 },
      refused: [
        "args.idleTimeoutSeconds is 120, must not be set without args.certificates, DigitalOcean supports it only for HTTP",
      ],
    },
    {
      cell: "crossZone",
      asked: { crossZone: true },
      refused: [
        "args.crossZone is true, must not be set: it is not supported by DigitalOcean; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic",
      ],
    },
    {
      cell: "zonalDns",
      asked: { zonalDns: "ZoneAffinity" },
      refused: [
        'args.zonalDns is "ZoneAffinity", must not be set: it is not supported by DigitalOcean; supported by AwsLoadBalancerController, EksAutoMode',
      ],
    },
    {
      cell: "accessLogsBucket",
      asked: { accessLogsBucket: "logs" },
      refused: [
        'args.accessLogsBucket is "logs", must not be set: it is not supported by DigitalOcean; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
      ],
    },
    {
      cell: "accessLogsPrefix",
      asked: { accessLogsPrefix: "front" },
      refused: [
        'args.accessLogsPrefix is "front", must not be set: it is not supported by DigitalOcean; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
      ],
    },
    {
      cell: "deletionProtection",
      asked: { deletionProtection: true },
      refused: [
        "args.deletionProtection is true, must not be set: it is not supported by DigitalOcean; supported by AwsLoadBalancerController, EksAutoMode",
      ],
    },
    {
      cell: "loadBalancerAttributes",
      asked: { loadBalancerAttributes: { "zonal_shift.config.enabled": "true" } },
      refused: [
        "args.loadBalancerAttributes is an object, must not be set: it is not supported by DigitalOcean; supported by AwsLoadBalancerController, EksAutoMode",
      ],
    },
    {
      cell: "targetGroupAttributes",
      asked: { targetGroupAttributes: { "stickiness.enabled": "true" } },
      refused: [
        "args.targetGroupAttributes is an object, must not be set: it is not supported by DigitalOcean; supported by AwsLoadBalancerController, EksAutoMode",
      ],
    },
    {
      cell: "annotations",
      asked: { annotations: { "example.com/team": "shop" } },
      annotations: { "example.com/team": "shop" },
    },
    {
      cell: "annotations",
      when: "an argument says it",
      asked: { annotations: { "service.beta.kubernetes.io/do-loadbalancer-name": "front" } },
      refused: [
        'args.annotations key is "service.beta.kubernetes.io/do-loadbalancer-name", must not be set; use args.loadBalancerName',
      ],
    },
    {
      cell: "annotations",
      when: "it says who can reach it",
      asked: { annotations: { "service.beta.kubernetes.io/do-loadbalancer-network": "INTERNAL" } },
      refused: [
        'args.annotations key is "service.beta.kubernetes.io/do-loadbalancer-network", must not be set: other arguments decide it for DigitalOcean',
      ],
    },
    {
      cell: "annotations",
      when: "it says the kind",
      asked: { annotations: { "service.beta.kubernetes.io/do-loadbalancer-type": "REGIONAL" } },
      refused: [
        'args.annotations key is "service.beta.kubernetes.io/do-loadbalancer-type", must not be set: other arguments decide it for DigitalOcean',
      ],
    },
    {
      cell: "annotations",
      when: "it says who may connect",
      asked: {
        annotations: { "service.beta.kubernetes.io/do-loadbalancer-allow-rules": "cidr:0.0.0.0/0" },
      },
      refused: [
        'args.annotations key is "service.beta.kubernetes.io/do-loadbalancer-allow-rules", must not be set: other arguments decide it for DigitalOcean',
      ],
    },
    {
      cell: "annotations",
      when: "it says the source ranges",
      asked: {
        annotations: { "service.beta.kubernetes.io/load-balancer-source-ranges": "0.0.0.0/0" },
      },
      refused: [
        'args.annotations key is "service.beta.kubernetes.io/load-balancer-source-ranges", must not be set: other arguments decide it for DigitalOcean',
      ],
    },
    {
      cell: "annotations",
      when: "an argument says it in another way",
      asked: {
        annotations: {
          "service.beta.kubernetes.io/do-loadbalancer-certificate-name": "my-certificate",
          "service.beta.kubernetes.io/do-loadbalancer-tls-passthrough": "true",
        },
      },
      refused: [
        'args.annotations key is "service.beta.kubernetes.io/do-loadbalancer-certificate-name", must not be set; use args.certificates',
        'args.annotations key is "service.beta.kubernetes.io/do-loadbalancer-tls-passthrough", must not be set; use args.certificates',
      ],
    },
    {
      cell: "exposure",
      when: "it is internal",
      asked: { exposure: "Internal", sourceRanges: undefined },
      annotations: { "service.beta.kubernetes.io/do-loadbalancer-network": "INTERNAL" },
      spec: { loadBalancerSourceRanges: undefined },
    },
    {
      cell: "sourceRanges",
      asked: { sourceRanges: ["198.51.100.0/24", "203.0.113.0/24"] },
      spec: { loadBalancerSourceRanges: ["198.51.100.0/24", "203.0.113.0/24"] },
    },
    {
      cell: "ipFamilyPolicy",
      when: "it is one family",
      asked: { ipFamilyPolicy: "SingleStack" },
      annotations: {},
      spec: { ipFamilyPolicy: "SingleStack" },
    },
    {
      cell: "sourceRanges",
      when: "one is of IPv6 and it has no such address",
      asked: { sourceRanges: everybody },
      refused: [
        'args.sourceRanges[1] is "::/0", must be an IPv4 range, unless args.ipFamilyPolicy asks for two families: it has no IPv6 address',
      ],
    },
    {
      cell: "ipFamilyPolicy",
      when: "it is internal",
      asked: {
        exposure: "Internal",
        sourceRanges: ["198.51.100.0/24"],
        ipFamilyPolicy: "PreferDualStack",
      },
      refused: [
        'args.ipFamilyPolicy is "PreferDualStack", must not be set for an internal load balancer, DigitalOcean gives it only an IPv4 address',
      ],
    },
    {
      cell: "ipFamilyPolicy",
      when: "it is two families where there are both",
      asked: { sourceRanges: everybody, ipFamilyPolicy: "PreferDualStack" },
      annotations: { "service.beta.kubernetes.io/do-loadbalancer-network-stack": undefined },
      spec: { loadBalancerSourceRanges: everybody, ipFamilyPolicy: "PreferDualStack" },
    },
    {
      cell: "ipFamilyPolicy",
      when: "it is two families where there are both, and it reads the traffic",
      asked: {
        sourceRanges: everybody,
        ipFamilyPolicy: "PreferDualStack",
        proxyProtocol: true,
      },
      annotations: {
        "service.beta.kubernetes.io/do-loadbalancer-type": "REGIONAL",
        "service.beta.kubernetes.io/do-loadbalancer-network-stack": "DUALSTACK",
        "service.beta.kubernetes.io/do-loadbalancer-enable-proxy-protocol": "true",
      },
      spec: { loadBalancerSourceRanges: everybody, ipFamilyPolicy: "PreferDualStack" },
    },
    {
      cell: "ipFamilyPolicy",
      when: "it is two families",
      asked: { sourceRanges: everybody, ipFamilyPolicy: "RequireDualStack" },
      annotations: { "service.beta.kubernetes.io/do-loadbalancer-network-stack": "DUALSTACK" },
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
      asked: { externalTrafficPolicy: "Local" },
      spec: { externalTrafficPolicy: "Local" },
    },
    {
      cell: "sessionAffinity",
      when: "it is by address",
      asked: { sessionAffinity: "ClientIP" },
      refused: [
        'args.sessionAffinity is "ClientIP", must be "None": load balancers of DigitalOcean do not support session affinity',
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
      when: "the first port is asked for its health",
      asked: { ports: udp, healthCheckPath: "/readyz" },
      refused: [
        'args.ports[0].targetPort is "dns", must be a TCP port, DigitalOcean sends health checks to the first one; put one first, or set neither args.healthCheckProtocol nor args.healthCheckPath',
      ],
    },
    {
      cell: "udp",
      when: "a later port is not asked for its health",
      asked: { ports: httpAndUdp, healthCheckPath: "/readyz" },
      annotations: {
        "service.beta.kubernetes.io/do-loadbalancer-override-health-check": "true",
        "service.beta.kubernetes.io/do-loadbalancer-healthcheck-port": "80",
        "service.beta.kubernetes.io/do-loadbalancer-healthcheck-protocol": "http",
        "service.beta.kubernetes.io/do-loadbalancer-healthcheck-path": "/readyz",
      },
    },
    {
      cell: "udp",
      when: "there is TCP on another port",
      asked: { ports: httpAndUdp },
      annotations: {},
    },
    { cell: "tcpAndUdp", asked: { ports: tcpAndUdpOnOnePort }, annotations: {} },
    {
      cell: "sctp",
      asked: { ports: sctp },
      refused: [
        'args.ports[0].targetPort is "sctp", must be a TCP or UDP port: DigitalOcean does not support SCTP',
      ],
    },
    {
      cell: "ports",
      when: "there are 41",
      asked: {
        ports: Array.from({ length: 41 }, (_, index) => ({
          name: `p${index}`,
          port: index + 1,
          targetPort: "http",
        })),
      },
      refused: ["args.ports.length is 41, must be at most 40"],
    },
  ],
};
