import { httpAndUdp, https, sctp, type Table, tcpAndUdpOnOnePort, udp } from "./table.ts";

export const metalLb: Table = {
  controller: "MetalLb",
  asked: { addressPool: "public" },
  plain: {
    annotations: { "metallb.io/address-pool": "public" },
    spec: { loadBalancerSourceRanges: ["0.0.0.0/0"] },
  },
  replacedBy: ["metallb.io/address-pool", "metallb.io/loadBalancerIPs"],
  exposedBy: [
    "metallb.io/address-pool",
    "metallb.io/loadBalancerIPs",
    "metallb.universe.tf/address-pool",
    "metallb.universe.tf/loadBalancerIPs",
    "service.beta.kubernetes.io/load-balancer-source-ranges",
  ],
  writes: {
    staticAddresses: ["metallb.io/loadBalancerIPs"],
    addressPool: ["metallb.io/address-pool"],
    sharedAddressKey: ["metallb.io/allow-shared-ip"],
  },
  cells: [
    {
      cell: "certificates",
      asked: { ports: https, certificates: ["my-certificate"] },
      refused: ["args.certificates is a list"],
    },
    {
      cell: "tlsPorts",
      asked: { ports: https, tlsPorts: ["https"] },
      refused: ["args.tlsPorts is a list"],
    },
    {
      cell: "tlsPolicy",
      asked: { ports: https, tlsPolicy: "Modern" },
      refused: ['args.tlsPolicy is "Modern"'],
    },
    {
      cell: "alpnPolicy",
      asked: { ports: https, alpnPolicy: "HTTP2Preferred" },
      refused: ['args.alpnPolicy is "HTTP2Preferred"'],
    },
    {
      cell: "backendProtocol",
      asked: { ports: https, backendProtocol: "Tls" },
      refused: ['args.backendProtocol is "Tls"'],
    },
    {
      cell: "loadBalancerName",
      asked: { loadBalancerName: "shop-prod-front" },
      refused: ['args.loadBalancerName is "shop-prod-front"'],
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
        addressPool: undefined,
        staticAddresses: ["203.0.113.7", "2001:db8::7"],
        ipFamilyPolicy: "RequireDualStack",
      },
      annotations: {
        "metallb.io/address-pool": undefined,
        "metallb.io/loadBalancerIPs": "203.0.113.7,2001:db8::7",
      },
      spec: { ipFamilyPolicy: "RequireDualStack" },
    },
    {
      cell: "staticAddresses",
      when: "it is no IP",
      asked: { staticAddresses: ["front"] },
      refused: ["args.staticAddresses[0]"],
    },
    {
      cell: "staticAddresses",
      when: "there are three",
      asked: { staticAddresses: ["203.0.113.7", "2001:db8::7", "203.0.113.8"] },
      refused: ["args.staticAddresses.length is 3, must be at most 2"],
    },
    { cell: "subnets", asked: { subnets: ["subnet-a"] }, refused: ["args.subnets is a list"] },
    { cell: "location", asked: { location: "fsn1" }, refused: ['args.location is "fsn1"'] },
    {
      cell: "addressPool",
      asked: { addressPool: "office" },
      annotations: { "metallb.io/address-pool": "office" },
    },
    {
      cell: "addressPool",
      when: "there is none",
      asked: { addressPool: undefined },
      refused: ["args.addressPool is undefined"],
    },
    {
      cell: "sharedAddressKey",
      asked: { sharedAddressKey: "front" },
      annotations: { "metallb.io/allow-shared-ip": "front" },
    },
    {
      cell: "sharedAddressKey",
      when: "traffic stays on a node",
      asked: { sharedAddressKey: "front", externalTrafficPolicy: "Local" },
      refused: ["args.externalTrafficPolicy"],
    },
    {
      cell: "securityGroups",
      asked: { securityGroups: ["sg-1"], sourceRanges: undefined },
      refused: ["args.securityGroups is a list"],
    },
    { cell: "tags", asked: { tags: { app: "shop" } }, refused: ["args.tags is an object"] },
    {
      cell: "healthCheckProtocol",
      asked: { healthCheckProtocol: "Tcp" },
      refused: ['args.healthCheckProtocol is "Tcp"'],
    },
    {
      cell: "healthCheckPath",
      asked: { healthCheckPath: "/readyz" },
      refused: ['args.healthCheckPath is "/readyz"'],
    },
    {
      cell: "healthCheckIntervalSeconds",
      asked: { healthCheckIntervalSeconds: 20 },
      refused: ["args.healthCheckIntervalSeconds is 20"],
    },
    {
      cell: "healthCheckTimeoutSeconds",
      asked: { healthCheckTimeoutSeconds: 5 },
      refused: ["args.healthCheckTimeoutSeconds is 5"],
    },
    {
      cell: "healthCheckHealthyThreshold",
      asked: { healthCheckHealthyThreshold: 3 },
      refused: ["args.healthCheckHealthyThreshold is 3"],
    },
    {
      cell: "healthCheckUnhealthyThreshold",
      asked: { healthCheckUnhealthyThreshold: 3 },
      refused: ["args.healthCheckUnhealthyThreshold is 3"],
    },
    {
      cell: "targetType",
      asked: { targetType: "Instance" },
      refused: ['args.targetType is "Instance"'],
    },
    {
      cell: "proxyProtocol",
      asked: { proxyProtocol: true },
      refused: ["args.proxyProtocol is true"],
    },
    {
      cell: "preserveClientIp",
      asked: { preserveClientIp: true },
      refused: ["args.preserveClientIp is true"],
    },
    {
      cell: "idleTimeoutSeconds",
      asked: { idleTimeoutSeconds: 60 },
      refused: ["args.idleTimeoutSeconds is 60"],
    },
    { cell: "crossZone", asked: { crossZone: true }, refused: ["args.crossZone is true"] },
    { cell: "zonalDns", asked: { zonalDns: "OwnZone" }, refused: ['args.zonalDns is "OwnZone"'] },
    {
      cell: "accessLogsBucket",
      asked: { accessLogsBucket: "logs" },
      refused: ['args.accessLogsBucket is "logs"'],
    },
    {
      cell: "accessLogsPrefix",
      asked: { accessLogsPrefix: "front" },
      refused: ['args.accessLogsPrefix is "front"'],
    },
    {
      cell: "deletionProtection",
      asked: { deletionProtection: true },
      refused: ["args.deletionProtection is true"],
    },
    {
      cell: "loadBalancerAttributes",
      asked: { loadBalancerAttributes: { "zonal_shift.config.enabled": "true" } },
      refused: ["args.loadBalancerAttributes is an object"],
    },
    {
      cell: "targetGroupAttributes",
      asked: { targetGroupAttributes: { "stickiness.enabled": "true" } },
      refused: ["args.targetGroupAttributes is an object"],
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
      refused: ["args.annotations key"],
    },
    {
      cell: "annotations",
      when: "it says in the old way who can reach it",
      asked: { annotations: { "metallb.universe.tf/address-pool": "public" } },
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
      annotations: {},
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
      asked: { sourceRanges: ["0.0.0.0/0", "::/0"], ipFamilyPolicy: "RequireDualStack" },
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
