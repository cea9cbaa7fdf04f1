import {
  everybody,
  httpAndUdp,
  https,
  sctp,
  type Table,
  tcpAndUdpOnOnePort,
  udp,
} from "./table.ts";

export const metalLb: Table = {
  controller: "MetalLb",
  documentation: "https://metallb.io/usage/",
  maximumPorts: 65535,
  silent: false,
  asked: { addressPool: "public" },
  plain: {
    annotations: { "metallb.io/address-pool": "public" },
    spec: {
      allocateLoadBalancerNodePorts: false,
      ipFamilies: ["IPv4"],
      loadBalancerSourceRanges: ["0.0.0.0/0"],
    },
  },
  addressKind: "ip",
  evidence: {
    begun: [],
    accepted: ["IPAllocated"],
    refused: ["AllocationFailed", "LoadBalancerFailed", "InternalError"],
    unfinished: [],
    answersEachChange: false,
  },
  forceNewKeys: ["metallb.io/address-pool", "metallb.io/loadBalancerIPs"],
  exposureKeys: [
    "metallb.io/address-pool",
    "metallb.io/loadBalancerIPs",
    "metallb.universe.tf/address-pool",
    "metallb.universe.tf/loadBalancerIPs",
    "metallb.io/ip-allocated-from-pool",
    "metallb.universe.tf/ip-allocated-from-pool",
    "service.beta.kubernetes.io/load-balancer-source-ranges",
  ],
  sourceRanges: { by: "kube-proxy", voidedBy: {} },
  keys: {
    staticAddresses: ["metallb.io/loadBalancerIPs"],
    addressPool: ["metallb.io/address-pool"],
    sharedAddressKey: ["metallb.io/allow-shared-ip"],
  },
  cells: [
    {
      cell: "staticAddresses",
      when: "both are of the second family",
      asked: {
        sourceRanges: everybody,
        staticAddresses: ["2001:db8::7", "2001:db8::8"],
        ipFamilyPolicy: "PreferDualStack",
      },
      refused: [
        'args.staticAddresses[1] is "2001:db8::8", must be of the other family than args.staticAddresses[0]: a Service has one address of each',
      ],
    },
    {
      cell: "certificates",
      asked: { ports: https, certificates: ["my-certificate"] },
      refused: [
        "args.certificates is a list, must not be set: it is not supported by MetalLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, DigitalOcean, HetznerCloud",
      ],
    },
    {
      cell: "tlsPorts",
      asked: { ports: https, tlsPorts: ["https"] },
      refused: [
        "args.tlsPorts is a list, must not be set: it is not supported by MetalLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, DigitalOcean, HetznerCloud",
        "args.tlsPorts is a list, must not be set without args.certificates",
      ],
    },
    {
      cell: "tlsPolicy",
      asked: { ports: https, tlsPolicy: "Modern" },
      refused: [
        'args.tlsPolicy is "Modern", must not be set: it is not supported by MetalLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
        'args.tlsPolicy is "Modern", must not be set without args.certificates',
      ],
    },
    {
      cell: "alpnPolicy",
      asked: { ports: https, alpnPolicy: "HTTP2Preferred" },
      refused: [
        'args.alpnPolicy is "HTTP2Preferred", must not be set: it is not supported by MetalLb; supported by AwsLoadBalancerController, EksAutoMode',
        'args.alpnPolicy is "HTTP2Preferred", must not be set without args.certificates',
      ],
    },
    {
      cell: "backendProtocol",
      asked: { ports: https, backendProtocol: "Tls" },
      refused: [
        'args.backendProtocol is "Tls", must not be set: it is not supported by MetalLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
        'args.backendProtocol is "Tls", must not be set without args.certificates',
      ],
    },
    {
      cell: "loadBalancerName",
      asked: { loadBalancerName: "shop-prod-front" },
      refused: [
        'args.loadBalancerName is "shop-prod-front", must not be set: it is not supported by MetalLb; supported by AwsLoadBalancerController, EksAutoMode, DigitalOcean, HetznerCloud',
      ],
    },
    {
      cell: "staticAddresses",
      asked: { addressPool: undefined, staticAddresses: ["203.0.113.7"] },
      annotations: {
        "metallb.io/address-pool": undefined,
        "metallb.io/loadBalancerIPs": "203.0.113.7",
      },
    },
    {
      cell: "staticAddresses",
      when: "there are two families",
      asked: {
        sourceRanges: everybody,
        addressPool: undefined,
        staticAddresses: ["203.0.113.7", "2001:db8::7"],
        ipFamilyPolicy: "RequireDualStack",
      },
      annotations: {
        "metallb.io/address-pool": undefined,
        "metallb.io/loadBalancerIPs": "203.0.113.7,2001:db8::7",
      },
      spec: {
        ipFamilies: undefined,
        loadBalancerSourceRanges: everybody,
        ipFamilyPolicy: "RequireDualStack",
      },
    },
    {
      cell: "staticAddresses",
      when: "it is no IP",
      asked: { staticAddresses: ["front"] },
      refused: ['args.staticAddresses[0] is "front", must be an IP address of a pool'],
    },
    {
      cell: "staticAddresses",
      when: "there are two and one family",
      asked: { staticAddresses: ["203.0.113.7", "2001:db8::7"] },
      refused: [
        'args.staticAddresses.length is 2, must be 1, or args.ipFamilyPolicy "RequireDualStack"',
      ],
    },
    {
      cell: "staticAddresses",
      when: "there are two and one family is asked for",
      asked: { staticAddresses: ["203.0.113.7", "2001:db8::7"], ipFamilyPolicy: "SingleStack" },
      refused: [
        'args.staticAddresses.length is 2, must be 1, or args.ipFamilyPolicy "RequireDualStack"',
      ],
    },
    {
      cell: "staticAddresses",
      when: "there is one and two families are required",
      asked: {
        sourceRanges: everybody,
        staticAddresses: ["203.0.113.7"],
        ipFamilyPolicy: "RequireDualStack",
      },
      refused: [
        'args.staticAddresses.length is 1, must be 2, as args.ipFamilyPolicy is "RequireDualStack"',
      ],
    },
    {
      cell: "staticAddresses",
      when: "there is one and two families are preferred",
      asked: {
        sourceRanges: everybody,
        staticAddresses: ["203.0.113.7"],
        ipFamilyPolicy: "PreferDualStack",
      },
      annotations: { "metallb.io/loadBalancerIPs": "203.0.113.7" },
      spec: {
        ipFamilies: undefined,
        loadBalancerSourceRanges: everybody,
        ipFamilyPolicy: "PreferDualStack",
      },
    },
    {
      cell: "staticAddresses",
      when: "it has a zone",
      asked: { staticAddresses: ["fe80::1%eth0"] },
      refused: ['args.staticAddresses[0] is "fe80::1%eth0", must be an IP address of a pool'],
    },
    {
      cell: "staticAddresses",
      when: "both are no texts",
      asked: {
        sourceRanges: everybody,
        staticAddresses: [Symbol("one"), 5],
        ipFamilyPolicy: "PreferDualStack",
      },
      refused: [
        "args.staticAddresses[0] is Symbol(one), must be a non-empty string",
        "args.staticAddresses[1] is 5, must be a non-empty string",
      ],
    },
    {
      cell: "staticAddresses",
      when: "both are of one family",
      asked: {
        sourceRanges: everybody,
        staticAddresses: ["203.0.113.7", "203.0.113.8"],
        ipFamilyPolicy: "PreferDualStack",
      },
      refused: [
        'args.staticAddresses[1] is "203.0.113.8", must be of the other family than args.staticAddresses[0]: a Service has one address of each',
      ],
    },
    {
      cell: "addressPool",
      when: "it is no name",
      asked: { addressPool: "Public" },
      refused: [
        'args.addressPool is "Public", must be at most 253 lower case letters, digits, "-" and ".", starting and ending with a letter or digit',
      ],
    },
    {
      cell: "addressPool",
      when: "there is none and it is internal",
      asked: { addressPool: undefined, exposure: "Internal", sourceRanges: undefined },
      refused: [
        "args.addressPool is undefined, must name the pool of internal addresses, or args.staticAddresses one of them: nothing else decides who can reach it",
      ],
    },
    {
      cell: "annotations",
      when: "an argument says it in the old way",
      asked: {
        annotations: {
          "metallb.universe.tf/loadBalancerIPs": "203.0.113.7",
          "metallb.universe.tf/allow-shared-ip": "front",
        },
      },
      refused: [
        'args.annotations key is "metallb.universe.tf/loadBalancerIPs", must not be set; use args.staticAddresses',
        'args.annotations key is "metallb.universe.tf/allow-shared-ip", must not be set; use args.sharedAddressKey',
      ],
    },
    {
      cell: "staticAddresses",
      when: "there are three",
      asked: {
        sourceRanges: everybody,
        staticAddresses: ["203.0.113.7", "2001:db8::7", "203.0.113.8"],
        ipFamilyPolicy: "PreferDualStack",
      },
      refused: ["args.staticAddresses.length is 3, must be at most 2"],
    },
    {
      cell: "subnets",
      asked: { subnets: ["subnet-a"] },
      refused: [
        "args.subnets is a list, must not be set: it is not supported by MetalLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, GoogleCloud, Azure, DigitalOcean, HetznerCloud",
      ],
    },
    {
      cell: "location",
      asked: { location: "fsn1" },
      refused: [
        'args.location is "fsn1", must not be set: it is not supported by MetalLb; supported by HetznerCloud',
      ],
    },
    {
      cell: "addressPool",
      asked: { addressPool: "office" },
      annotations: { "metallb.io/address-pool": "office" },
    },
    {
      cell: "addressPool",
      when: "there is none",
      asked: { addressPool: undefined },
      refused: [
        "args.addressPool is undefined, must name the pool of public addresses, or args.staticAddresses one of them: nothing else decides who can reach it",
      ],
    },
    {
      cell: "sharedAddressKey",
      asked: { sharedAddressKey: "front", staticAddresses: ["203.0.113.7"] },
      annotations: {
        "metallb.io/allow-shared-ip": "front",
        "metallb.io/loadBalancerIPs": "203.0.113.7",
      },
    },
    {
      cell: "sharedAddressKey",
      when: "there is no address to share",
      asked: { sharedAddressKey: "front" },
      refused: [
        'args.sharedAddressKey is "front", must come with args.staticAddresses, the address to share: with only a key, MetalLb may assign each Service a different address',
      ],
    },
    {
      cell: "sharedAddressKey",
      when: "traffic stays on a node",
      asked: {
        sharedAddressKey: "front",
        staticAddresses: ["203.0.113.7"],
        externalTrafficPolicy: "Local",
      },
      annotations: {
        "metallb.io/allow-shared-ip": "front",
        "metallb.io/loadBalancerIPs": "203.0.113.7",
      },
      spec: { externalTrafficPolicy: "Local" },
    },
    {
      cell: "securityGroups",
      asked: { securityGroups: ["sg-1"], sourceRanges: undefined },
      refused: [
        "args.securityGroups is a list, must not be set: it is not supported by MetalLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerClassic",
      ],
    },
    {
      cell: "tags",
      asked: { tags: { app: "shop" } },
      refused: [
        "args.tags is an object, must not be set: it is not supported by MetalLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, Azure",
      ],
    },
    {
      cell: "healthCheckProtocol",
      asked: { healthCheckProtocol: "Tcp" },
      refused: [
        'args.healthCheckProtocol is "Tcp", must not be set: it is not supported by MetalLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, Azure, DigitalOcean, HetznerCloud',
      ],
    },
    {
      cell: "healthCheckPath",
      asked: { healthCheckPath: "/readyz" },
      refused: [
        'args.healthCheckPath is "/readyz", must not be set: it is not supported by MetalLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, Azure, DigitalOcean, HetznerCloud',
      ],
    },
    {
      cell: "healthCheckIntervalSeconds",
      asked: { healthCheckIntervalSeconds: 20 },
      refused: [
        "args.healthCheckIntervalSeconds is 20, must not be set: it is not supported by MetalLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, Azure, DigitalOcean, HetznerCloud",
      ],
    },
    {
      cell: "healthCheckTimeoutSeconds",
      asked: { healthCheckTimeoutSeconds: 5 },
      refused: [
        "args.healthCheckTimeoutSeconds is 5, must not be set: it is not supported by MetalLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerClassic, DigitalOcean, HetznerCloud",
      ],
    },
    {
      cell: "healthCheckHealthyThreshold",
      asked: { healthCheckHealthyThreshold: 3 },
      refused: [
        "args.healthCheckHealthyThreshold is 3, must not be set: it is not supported by MetalLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, DigitalOcean",
      ],
    },
    {
      cell: "healthCheckUnhealthyThreshold",
      asked: { healthCheckUnhealthyThreshold: 3 },
      refused: [
        "args.healthCheckUnhealthyThreshold is 3, must not be set: it is not supported by MetalLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, Azure, DigitalOcean, HetznerCloud",
      ],
    },
    {
      cell: "targetType",
      asked: { targetType: "Instance" },
      refused: [
        'args.targetType is "Instance", must not be set: it is not supported by MetalLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
      ],
    },
    {
      cell: "proxyProtocol",
      asked: { proxyProtocol: true },
      refused: [
        "args.proxyProtocol is true, must not be set: it is not supported by MetalLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, DigitalOcean, HetznerCloud",
      ],
    },
    {
      cell: "preserveClientIp",
      asked: { preserveClientIp: true },
      refused: [
        "args.preserveClientIp is true, must not be set: it is not supported by MetalLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb",
      ],
    },
    {
      cell: "idleTimeoutSeconds",
      asked: { idleTimeoutSeconds: 60 },
      refused: [
        "args.idleTimeoutSeconds is 60, must not be set: it is not supported by MetalLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerClassic, DigitalOcean, HetznerCloud",
      ],
    },
    {
      cell: "crossZone",
      asked: { crossZone: true },
      refused: [
        "args.crossZone is true, must not be set: it is not supported by MetalLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic",
      ],
    },
    {
      cell: "zonalDns",
      asked: { zonalDns: "ZoneAffinity" },
      refused: [
        'args.zonalDns is "ZoneAffinity", must not be set: it is not supported by MetalLb; supported by AwsLoadBalancerController, EksAutoMode',
      ],
    },
    {
      cell: "accessLogsBucket",
      asked: { accessLogsBucket: "logs" },
      refused: [
        'args.accessLogsBucket is "logs", must not be set: it is not supported by MetalLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
      ],
    },
    {
      cell: "accessLogsPrefix",
      asked: { accessLogsPrefix: "front" },
      refused: [
        'args.accessLogsPrefix is "front", must not be set: it is not supported by MetalLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
      ],
    },
    {
      cell: "deletionProtection",
      asked: { deletionProtection: true },
      refused: [
        "args.deletionProtection is true, must not be set: it is not supported by MetalLb; supported by AwsLoadBalancerController, EksAutoMode",
      ],
    },
    {
      cell: "loadBalancerAttributes",
      asked: { loadBalancerAttributes: { "zonal_shift.config.enabled": "true" } },
      refused: [
        "args.loadBalancerAttributes is an object, must not be set: it is not supported by MetalLb; supported by AwsLoadBalancerController, EksAutoMode",
      ],
    },
    {
      cell: "targetGroupAttributes",
      asked: { targetGroupAttributes: { "stickiness.enabled": "true" } },
      refused: [
        "args.targetGroupAttributes is an object, must not be set: it is not supported by MetalLb; supported by AwsLoadBalancerController, EksAutoMode",
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
      asked: { annotations: { "metallb.io/allow-shared-ip": "front" } },
      refused: [
        'args.annotations key is "metallb.io/allow-shared-ip", must not be set; use args.sharedAddressKey',
      ],
    },
    {
      cell: "annotations",
      when: "it says in the old way who can reach it",
      asked: { annotations: { "metallb.universe.tf/address-pool": "public" } },
      refused: [
        'args.annotations key is "metallb.universe.tf/address-pool", must not be set; use args.addressPool',
      ],
    },
    {
      cell: "annotations",
      when: "it says the source ranges",
      asked: {
        annotations: { "service.beta.kubernetes.io/load-balancer-source-ranges": "0.0.0.0/0" },
      },
      refused: [
        'args.annotations key is "service.beta.kubernetes.io/load-balancer-source-ranges", must not be set: other arguments decide it for MetalLb',
      ],
    },
    {
      cell: "exposure",
      when: "it is internal",
      asked: { exposure: "Internal", sourceRanges: undefined },
      annotations: {},
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
      spec: { externalTrafficPolicy: "Local" },
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
    { cell: "udp", asked: { ports: udp }, annotations: {} },
    {
      cell: "udp",
      when: "there is TCP on another port",
      asked: { ports: httpAndUdp },
      annotations: {},
    },
    { cell: "tcpAndUdp", asked: { ports: tcpAndUdpOnOnePort }, annotations: {} },
    { cell: "sctp", asked: { ports: sctp }, annotations: {} },
  ],
};
