import {
  everybody,
  httpAndHttps,
  https,
  sctp,
  type Table,
  tcpAndUdpOnOnePort,
  udp,
} from "./table.ts";

export const azure: Table = {
  controller: "Azure",
  documentation: "https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/",
  maximumPorts: 250,
  silent: false,
  asked: {},
  plain: {
    annotations: {
      "service.beta.kubernetes.io/azure-load-balancer-internal": "false",
      "service.beta.kubernetes.io/azure-deny-all-except-load-balancer-source-ranges": "true",
      "service.beta.kubernetes.io/port_80_health-probe_protocol": "Tcp",
      "service.beta.kubernetes.io/port_80_health-probe_interval": "10",
      "service.beta.kubernetes.io/port_80_health-probe_num-of-probe": "2",
    },
    spec: { ipFamilies: ["IPv4"], loadBalancerSourceRanges: ["0.0.0.0/0"] },
  },
  addressKind: "ip",
  evidence: {
    begun: ["EnsuringLoadBalancer"],
    accepted: ["EnsuredLoadBalancer"],
    refused: ["SyncLoadBalancerFailed"],
    unfinished: [],
    answersEachChange: true,
  },
  forceNewKeys: [
    "service.beta.kubernetes.io/azure-load-balancer-internal",
    "service.beta.kubernetes.io/azure-load-balancer-internal-subnet",
    "service.beta.kubernetes.io/azure-load-balancer-ipv4",
    "service.beta.kubernetes.io/azure-load-balancer-ipv6",
    "service.beta.kubernetes.io/azure-pip-name",
    "service.beta.kubernetes.io/azure-pip-name-ipv6",
  ],
  exposureKeys: [
    "service.beta.kubernetes.io/azure-load-balancer-internal",
    "service.beta.kubernetes.io/azure-allowed-ip-ranges",
    "service.beta.kubernetes.io/azure-allowed-service-tags",
    "service.beta.kubernetes.io/load-balancer-source-ranges",
    "service.beta.kubernetes.io/azure-additional-public-ips",
    "service.beta.kubernetes.io/azure-deny-all-except-load-balancer-source-ranges",
  ],
  sourceRanges: {
    by: "the network security group, and kube-proxy",
    voidedBy: {
      "service.beta.kubernetes.io/azure-disable-load-balancer-nsg-rule": /^true$/i,
      "service.beta.kubernetes.io/azure-disable-load-balancer-floating-ip": /^true$/i,
      "service.beta.kubernetes.io/azure-allowed-service-tags": /./,
    },
  },
  keys: {
    staticAddresses: [
      "service.beta.kubernetes.io/azure-pip-name",
      "service.beta.kubernetes.io/azure-pip-name-ipv6",
      "service.beta.kubernetes.io/azure-load-balancer-ipv4",
      "service.beta.kubernetes.io/azure-load-balancer-ipv6",
    ],
    subnets: ["service.beta.kubernetes.io/azure-load-balancer-internal-subnet"],
    tags: ["service.beta.kubernetes.io/azure-pip-tags"],
    healthCheckProtocol: ["service.beta.kubernetes.io/port_"],
    healthCheckPath: ["service.beta.kubernetes.io/port_"],
    healthCheckIntervalSeconds: ["service.beta.kubernetes.io/port_"],
    healthCheckUnhealthyThreshold: ["service.beta.kubernetes.io/port_"],
    idleTimeoutSeconds: ["service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout"],
  },
  cells: [
    {
      cell: "certificates",
      asked: { ports: https, certificates: ["my-certificate"] },
      refused: [
        "args.certificates is a list, must not be set: it is not supported by Azure; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, DigitalOcean, HetznerCloud",
      ],
    },
    {
      cell: "tlsPorts",
      asked: { ports: https, tlsPorts: ["https"] },
      refused: [
        "args.tlsPorts is a list, must not be set: it is not supported by Azure; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, DigitalOcean, HetznerCloud",
        "args.tlsPorts is a list, must not be set without args.certificates",
      ],
    },
    {
      cell: "tlsPolicy",
      asked: { ports: https, tlsPolicy: "Modern" },
      refused: [
        'args.tlsPolicy is "Modern", must not be set: it is not supported by Azure; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
        'args.tlsPolicy is "Modern", must not be set without args.certificates',
      ],
    },
    {
      cell: "alpnPolicy",
      asked: { ports: https, alpnPolicy: "HTTP2Preferred" },
      refused: [
        'args.alpnPolicy is "HTTP2Preferred", must not be set: it is not supported by Azure; supported by AwsLoadBalancerController, EksAutoMode',
        'args.alpnPolicy is "HTTP2Preferred", must not be set without args.certificates',
      ],
    },
    {
      cell: "backendProtocol",
      asked: { ports: https, backendProtocol: "Tls" },
      refused: [
        'args.backendProtocol is "Tls", must not be set: it is not supported by Azure; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
        'args.backendProtocol is "Tls", must not be set without args.certificates',
      ],
    },
    {
      cell: "loadBalancerName",
      asked: { loadBalancerName: "shop-prod-front" },
      refused: [
        'args.loadBalancerName is "shop-prod-front", must not be set: it is not supported by Azure; supported by AwsLoadBalancerController, EksAutoMode, DigitalOcean, HetznerCloud',
      ],
    },
    {
      cell: "staticAddresses",
      when: "it is public",
      asked: { staticAddresses: ["front-ip"] },
      annotations: { "service.beta.kubernetes.io/azure-pip-name": "front-ip" },
    },
    {
      cell: "staticAddresses",
      when: "there are two families",
      asked: {
        sourceRanges: everybody,
        staticAddresses: ["front-ip", "front-ipv6"],
        ipFamilyPolicy: "RequireDualStack",
      },
      annotations: {
        "service.beta.kubernetes.io/azure-pip-name": "front-ip",
        "service.beta.kubernetes.io/azure-pip-name-ipv6": "front-ipv6",
      },
      spec: {
        ipFamilies: undefined,
        loadBalancerSourceRanges: everybody,
        ipFamilyPolicy: "RequireDualStack",
      },
    },
    {
      cell: "staticAddresses",
      when: "it is internal",
      asked: { staticAddresses: ["10.0.1.10"], exposure: "Internal", sourceRanges: undefined },
      annotations: {
        "service.beta.kubernetes.io/azure-deny-all-except-load-balancer-source-ranges": undefined,
        "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
        "service.beta.kubernetes.io/azure-load-balancer-ipv4": "10.0.1.10",
      },
      spec: { ipFamilies: undefined, loadBalancerSourceRanges: undefined },
    },
    {
      cell: "staticAddresses",
      when: "it is internal and there are two families",
      asked: {
        staticAddresses: ["10.0.1.10", "fd00::10"],
        exposure: "Internal",
        sourceRanges: undefined,
        ipFamilyPolicy: "RequireDualStack",
      },
      annotations: {
        "service.beta.kubernetes.io/azure-deny-all-except-load-balancer-source-ranges": undefined,
        "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
        "service.beta.kubernetes.io/azure-load-balancer-ipv4": "10.0.1.10",
        "service.beta.kubernetes.io/azure-load-balancer-ipv6": "fd00::10",
      },
      spec: {
        ipFamilies: undefined,
        loadBalancerSourceRanges: undefined,
        ipFamilyPolicy: "RequireDualStack",
      },
    },
    {
      cell: "staticAddresses",
      when: "there are two of one family",
      asked: { staticAddresses: ["one", "two"] },
      refused: [
        "args.staticAddresses.length is 2, must be at most 1, unless args.ipFamilyPolicy asks for two families: each has one address",
      ],
    },
    {
      cell: "staticAddresses",
      when: "its family is the second one",
      asked: { sourceRanges: ["::/0"], staticAddresses: ["front-ipv6"], ipFamilies: ["IPv6"] },
      annotations: { "service.beta.kubernetes.io/azure-pip-name-ipv6": "front-ipv6" },
      spec: { loadBalancerSourceRanges: ["::/0"], ipFamilies: ["IPv6"] },
    },
    {
      cell: "staticAddresses",
      when: "the second family is the first one",
      asked: {
        sourceRanges: everybody,
        staticAddresses: ["front-ipv6", "front-ip"],
        ipFamilies: ["IPv6", "IPv4"],
        ipFamilyPolicy: "RequireDualStack",
      },
      annotations: {
        "service.beta.kubernetes.io/azure-pip-name-ipv6": "front-ipv6",
        "service.beta.kubernetes.io/azure-pip-name": "front-ip",
      },
      spec: {
        loadBalancerSourceRanges: everybody,
        ipFamilies: ["IPv6", "IPv4"],
        ipFamilyPolicy: "RequireDualStack",
      },
    },
    {
      cell: "staticAddresses",
      when: "there are three",
      asked: {
        sourceRanges: everybody,
        ipFamilyPolicy: "PreferDualStack",
        staticAddresses: ["one", "two", "three"],
      },
      refused: ["args.staticAddresses.length is 3, must be at most 2"],
    },
    {
      cell: "staticAddresses",
      when: "a public one is an IP",
      asked: { staticAddresses: ["203.0.113.7"] },
      refused: [
        'args.staticAddresses[0] is "203.0.113.7", must be the name of a public IP address for a public load balancer',
      ],
    },
    {
      cell: "staticAddresses",
      when: "an internal one is a name",
      asked: { staticAddresses: ["front-ip"], exposure: "Internal", sourceRanges: undefined },
      refused: [
        'args.staticAddresses[0] is "front-ip", must be an IP address of the subnet for an internal load balancer',
      ],
    },
    {
      cell: "subnets",
      asked: { subnets: ["front"], exposure: "Internal", sourceRanges: undefined },
      annotations: {
        "service.beta.kubernetes.io/azure-deny-all-except-load-balancer-source-ranges": undefined,
        "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
        "service.beta.kubernetes.io/azure-load-balancer-internal-subnet": "front",
      },
      spec: { ipFamilies: undefined, loadBalancerSourceRanges: undefined },
    },
    {
      cell: "subnets",
      when: "it is public",
      asked: { subnets: ["front"] },
      refused: [
        "args.subnets is a list, must not be set: a public load balancer of Azure is in no subnet",
      ],
    },
    {
      cell: "subnets",
      when: "there are two",
      asked: { subnets: ["one", "two"], exposure: "Internal", sourceRanges: undefined },
      refused: ["args.subnets.length is 2, must be at most 1"],
    },
    {
      cell: "location",
      asked: { location: "fsn1" },
      refused: [
        'args.location is "fsn1", must not be set: it is not supported by Azure; supported by HetznerCloud',
      ],
    },
    {
      cell: "addressPool",
      asked: { addressPool: "public" },
      refused: [
        'args.addressPool is "public", must not be set: it is not supported by Azure; supported by MetalLb',
      ],
    },
    {
      cell: "sharedAddressKey",
      asked: { sharedAddressKey: "front" },
      refused: [
        'args.sharedAddressKey is "front", must not be set: it is not supported by Azure; supported by MetalLb',
      ],
    },
    {
      cell: "securityGroups",
      asked: { securityGroups: ["sg-1"], sourceRanges: undefined },
      refused: [
        "args.securityGroups is a list, must not be set: it is not supported by Azure; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerClassic",
      ],
    },
    {
      cell: "tags",
      asked: { tags: { app: "shop", stack: "prod" } },
      annotations: { "service.beta.kubernetes.io/azure-pip-tags": "app=shop,stack=prod" },
    },
    {
      cell: "tags",
      when: "it is internal",
      asked: { tags: { app: "shop" }, exposure: "Internal", sourceRanges: undefined },
      refused: [
        "args.tags is an object, must not be set: Azure supports tags only for public addresses",
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
        "service.beta.kubernetes.io/port_80_health-probe_protocol": "Http",
        "service.beta.kubernetes.io/port_80_health-probe_request-path": "/readyz",
      },
    },
    {
      cell: "healthCheckProtocol",
      when: "it is HTTPS",
      asked: { healthCheckProtocol: "Https", healthCheckPath: "/readyz" },
      annotations: {
        "service.beta.kubernetes.io/port_80_health-probe_protocol": "Https",
        "service.beta.kubernetes.io/port_80_health-probe_request-path": "/readyz",
      },
    },
    {
      cell: "healthCheckPath",
      when: "there are two ports",
      asked: { healthCheckPath: "/readyz", ports: httpAndHttps },
      annotations: {
        "service.beta.kubernetes.io/port_80_health-probe_protocol": "Http",
        "service.beta.kubernetes.io/port_80_health-probe_request-path": "/readyz",
        "service.beta.kubernetes.io/port_443_health-probe_protocol": "Http",
        "service.beta.kubernetes.io/port_443_health-probe_request-path": "/readyz",
        "service.beta.kubernetes.io/port_443_health-probe_interval": "10",
        "service.beta.kubernetes.io/port_443_health-probe_num-of-probe": "2",
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
      asked: { healthCheckIntervalSeconds: 5 },
      annotations: { "service.beta.kubernetes.io/port_80_health-probe_interval": "5" },
    },
    {
      cell: "healthCheckIntervalSeconds",
      when: "it is too short",
      asked: { healthCheckIntervalSeconds: 4 },
      refused: ["args.healthCheckIntervalSeconds is 4, must be an integer from 5 up"],
    },
    {
      cell: "healthCheckTimeoutSeconds",
      asked: { healthCheckTimeoutSeconds: 5 },
      refused: [
        "args.healthCheckTimeoutSeconds is 5, must not be set: it is not supported by Azure; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerClassic, DigitalOcean, HetznerCloud",
      ],
    },
    {
      cell: "healthCheckHealthyThreshold",
      asked: { healthCheckHealthyThreshold: 3 },
      refused: [
        "args.healthCheckHealthyThreshold is 3, must not be set: it is not supported by Azure; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, DigitalOcean",
      ],
    },
    {
      cell: "healthCheckUnhealthyThreshold",
      when: "it is the lowest",
      asked: { healthCheckUnhealthyThreshold: 2 },
      annotations: {},
    },
    {
      cell: "healthCheckUnhealthyThreshold",
      when: "it is too low",
      asked: { healthCheckUnhealthyThreshold: 1 },
      refused: ["args.healthCheckUnhealthyThreshold is 1, must be an integer from 2 up"],
    },
    {
      cell: "healthCheckUnhealthyThreshold",
      asked: { healthCheckUnhealthyThreshold: 3 },
      annotations: { "service.beta.kubernetes.io/port_80_health-probe_num-of-probe": "3" },
    },
    {
      cell: "targetType",
      asked: { targetType: "Instance" },
      refused: [
        'args.targetType is "Instance", must not be set: it is not supported by Azure; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
      ],
    },
    {
      cell: "proxyProtocol",
      asked: { proxyProtocol: true },
      refused: [
        "args.proxyProtocol is true, must not be set: it is not supported by Azure; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, DigitalOcean, HetznerCloud",
      ],
    },
    {
      cell: "preserveClientIp",
      asked: { preserveClientIp: true },
      refused: [
        "args.preserveClientIp is true, must not be set: it is not supported by Azure; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb",
      ],
    },
    {
      cell: "idleTimeoutSeconds",
      when: "it is the shortest",
      asked: { idleTimeoutSeconds: 240 },
      annotations: { "service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout": "4" },
    },
    {
      cell: "idleTimeoutSeconds",
      when: "it is the longest",
      asked: { idleTimeoutSeconds: 6000 },
      annotations: { "service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout": "100" },
    },
    {
      cell: "idleTimeoutSeconds",
      when: "it is too short",
      asked: { idleTimeoutSeconds: 180 },
      refused: ["args.idleTimeoutSeconds is 180, must be an integer from 240 to 6000"],
    },
    {
      cell: "idleTimeoutSeconds",
      when: "it is too long",
      asked: { idleTimeoutSeconds: 6060 },
      refused: ["args.idleTimeoutSeconds is 6060, must be an integer from 240 to 6000"],
    },
    {
      cell: "idleTimeoutSeconds",
      when: "it is no whole minute",
      asked: { idleTimeoutSeconds: 250 },
      refused: ["args.idleTimeoutSeconds is 250, must be whole minutes, a multiple of 60"],
    },
    {
      cell: "crossZone",
      asked: { crossZone: true },
      refused: [
        "args.crossZone is true, must not be set: it is not supported by Azure; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic",
      ],
    },
    {
      cell: "zonalDns",
      asked: { zonalDns: "ZoneAffinity" },
      refused: [
        'args.zonalDns is "ZoneAffinity", must not be set: it is not supported by Azure; supported by AwsLoadBalancerController, EksAutoMode',
      ],
    },
    {
      cell: "accessLogsBucket",
      asked: { accessLogsBucket: "logs" },
      refused: [
        'args.accessLogsBucket is "logs", must not be set: it is not supported by Azure; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
      ],
    },
    {
      cell: "accessLogsPrefix",
      asked: { accessLogsPrefix: "front" },
      refused: [
        'args.accessLogsPrefix is "front", must not be set: it is not supported by Azure; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
      ],
    },
    {
      cell: "deletionProtection",
      asked: { deletionProtection: true },
      refused: [
        "args.deletionProtection is true, must not be set: it is not supported by Azure; supported by AwsLoadBalancerController, EksAutoMode",
      ],
    },
    {
      cell: "loadBalancerAttributes",
      asked: { loadBalancerAttributes: { "zonal_shift.config.enabled": "true" } },
      refused: [
        "args.loadBalancerAttributes is an object, must not be set: it is not supported by Azure; supported by AwsLoadBalancerController, EksAutoMode",
      ],
    },
    {
      cell: "targetGroupAttributes",
      asked: { targetGroupAttributes: { "stickiness.enabled": "true" } },
      refused: [
        "args.targetGroupAttributes is an object, must not be set: it is not supported by Azure; supported by AwsLoadBalancerController, EksAutoMode",
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
      asked: { annotations: { "service.beta.kubernetes.io/azure-pip-name": "front" } },
      refused: [
        'args.annotations key is "service.beta.kubernetes.io/azure-pip-name", must not be set; use args.staticAddresses',
      ],
    },
    {
      cell: "annotations",
      when: "an argument says it of a port",
      asked: {
        annotations: { "service.beta.kubernetes.io/port_80_health-probe_protocol": "Http" },
      },
      refused: [
        'args.annotations key is "service.beta.kubernetes.io/port_80_health-probe_protocol", must not be set; use args.healthCheckProtocol',
      ],
    },
    {
      cell: "annotations",
      when: "it says who can reach it",
      asked: { annotations: { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" } },
      refused: [
        'args.annotations key is "service.beta.kubernetes.io/azure-load-balancer-internal", must not be set: other arguments decide it for Azure',
      ],
    },
    {
      cell: "annotations",
      when: "it says who may connect",
      asked: {
        annotations: { "service.beta.kubernetes.io/azure-allowed-service-tags": "Internet" },
      },
      refused: [
        'args.annotations key is "service.beta.kubernetes.io/azure-allowed-service-tags", must not be set: other arguments decide it for Azure',
      ],
    },
    {
      cell: "annotations",
      when: "it says the source ranges",
      asked: {
        annotations: { "service.beta.kubernetes.io/load-balancer-source-ranges": "0.0.0.0/0" },
      },
      refused: [
        'args.annotations key is "service.beta.kubernetes.io/load-balancer-source-ranges", must not be set: other arguments decide it for Azure',
      ],
    },
    {
      cell: "exposure",
      when: "it is internal",
      asked: { exposure: "Internal", sourceRanges: undefined },
      annotations: {
        "service.beta.kubernetes.io/azure-deny-all-except-load-balancer-source-ranges": undefined,
        "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
      },
      spec: { ipFamilies: undefined, loadBalancerSourceRanges: undefined },
    },
    {
      cell: "sourceRanges",
      asked: { sourceRanges: ["198.51.100.0/24", "203.0.113.0/24"] },
      spec: { loadBalancerSourceRanges: ["198.51.100.0/24", "203.0.113.0/24"] },
    },
    {
      cell: "sourceRanges",
      when: "one is of IPv6",
      asked: { sourceRanges: ["0.0.0.0/0", "::/0"], ipFamilyPolicy: "RequireDualStack" },
      spec: {
        ipFamilies: undefined,
        loadBalancerSourceRanges: ["0.0.0.0/0", "::/0"],
        ipFamilyPolicy: "RequireDualStack",
      },
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
      asked: { sourceRanges: everybody, ipFamilyPolicy: "RequireDualStack" },
      spec: {
        ipFamilies: undefined,
        loadBalancerSourceRanges: everybody,
        ipFamilyPolicy: "RequireDualStack",
      },
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
        "service.beta.kubernetes.io/port_80_health-probe_protocol": undefined,
        "service.beta.kubernetes.io/port_80_health-probe_interval": undefined,
        "service.beta.kubernetes.io/port_80_health-probe_num-of-probe": undefined,
      },
      spec: { externalTrafficPolicy: "Local" },
    },
    {
      cell: "externalTrafficPolicy",
      when: "it is Local and checks are asked for",
      asked: {
        externalTrafficPolicy: "Local",
        healthCheckProtocol: "Http",
        healthCheckIntervalSeconds: 20,
        healthCheckUnhealthyThreshold: 3,
      },
      refused: [
        'args.healthCheckProtocol is "Http", must not be set with externalTrafficPolicy "Local": nodes report whether they have a ready Pod',
        'args.healthCheckIntervalSeconds is 20, must not be set with externalTrafficPolicy "Local": nodes report whether they have a ready Pod',
        'args.healthCheckUnhealthyThreshold is 3, must not be set with externalTrafficPolicy "Local": nodes report whether they have a ready Pod',
      ],
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
      when: "it is by address",
      asked: { sessionAffinity: "ClientIP", sessionAffinityTimeoutSeconds: 600 },
      spec: {
        sessionAffinity: "ClientIP",
        sessionAffinityConfig: { clientIP: { timeoutSeconds: 600 } },
      },
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
      annotations: {
        "service.beta.kubernetes.io/port_80_health-probe_protocol": undefined,
        "service.beta.kubernetes.io/port_80_health-probe_interval": undefined,
        "service.beta.kubernetes.io/port_80_health-probe_num-of-probe": undefined,
        "service.beta.kubernetes.io/port_53_health-probe_protocol": "Tcp",
        "service.beta.kubernetes.io/port_53_health-probe_interval": "10",
        "service.beta.kubernetes.io/port_53_health-probe_num-of-probe": "2",
      },
    },
    {
      cell: "tcpAndUdp",
      asked: { ports: tcpAndUdpOnOnePort },
      annotations: {
        "service.beta.kubernetes.io/port_80_health-probe_protocol": undefined,
        "service.beta.kubernetes.io/port_80_health-probe_interval": undefined,
        "service.beta.kubernetes.io/port_80_health-probe_num-of-probe": undefined,
        "service.beta.kubernetes.io/port_53_health-probe_protocol": "Tcp",
        "service.beta.kubernetes.io/port_53_health-probe_interval": "10",
        "service.beta.kubernetes.io/port_53_health-probe_num-of-probe": "2",
      },
    },
    {
      cell: "sctp",
      when: "it is public",
      asked: { ports: sctp },
      refused: [
        'args.ports[0].targetPort is "sctp", must be a TCP or UDP port: Azure supports SCTP only for internal load balancers',
      ],
    },
    {
      cell: "sctp",
      when: "it is internal",
      asked: { ports: sctp, exposure: "Internal", sourceRanges: undefined },
      annotations: {
        "service.beta.kubernetes.io/azure-deny-all-except-load-balancer-source-ranges": undefined,
        "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
        "service.beta.kubernetes.io/port_80_health-probe_protocol": undefined,
        "service.beta.kubernetes.io/port_80_health-probe_interval": undefined,
        "service.beta.kubernetes.io/port_80_health-probe_num-of-probe": undefined,
        "service.beta.kubernetes.io/port_9899_health-probe_protocol": "Tcp",
        "service.beta.kubernetes.io/port_9899_health-probe_interval": "10",
        "service.beta.kubernetes.io/port_9899_health-probe_num-of-probe": "2",
      },
      spec: { ipFamilies: undefined, loadBalancerSourceRanges: undefined },
    },
    {
      cell: "ports",
      when: "there are 251",
      asked: {
        ports: Array.from({ length: 251 }, (_, index) => ({
          name: `p${index}`,
          port: index + 1,
          targetPort: "http",
        })),
      },
      refused: ["args.ports.length is 251, must be at most 250"],
    },
  ],
  updates: [
    {
      when: "a tag is no longer written",
      before: {
        annotations: { "service.beta.kubernetes.io/azure-pip-tags": "app=shop,stack=prod" },
        ports: [{ port: 80 }],
      },
      after: {
        annotations: { "service.beta.kubernetes.io/azure-pip-tags": "stack=test" },
        ports: [{ port: 80 }],
      },
      refused: [
        'args.tags["app"] must be set: the cloud would otherwise keep the value of the last update; set the value that it should have',
      ],
    },
    {
      when: "a DNS label is no longer written",
      before: {
        annotations: { "service.beta.kubernetes.io/azure-dns-label-name": "shop" },
        ports: [{ port: 80 }],
      },
      after: { annotations: {}, ports: [{ port: 80 }] },
      refused: [
        'args.annotations["service.beta.kubernetes.io/azure-dns-label-name"] must be set: the cloud would otherwise keep the value of the last update; set the value that it should have',
      ],
    },
    {
      when: "a tag changes and another comes",
      before: {
        annotations: { "service.beta.kubernetes.io/azure-pip-tags": "app=shop" },
        ports: [{ port: 80 }],
      },
      after: {
        annotations: { "service.beta.kubernetes.io/azure-pip-tags": "app=web,stack=prod" },
        ports: [{ port: 80 }],
      },
      refused: [],
    },
  ],
};
