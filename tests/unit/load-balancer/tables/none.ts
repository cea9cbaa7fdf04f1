import { https, sctp, type Table, tcpAndUdpOnOnePort, udp } from "./table.ts";

const NO_CONTROLLER =
  'args.cluster.controller is "None", must be a controller that makes load balancers; install one and name it, or use a NodePortService';

export const none: Table = {
  controller: "None",
  asked: {},
  plain: { annotations: {}, spec: {} },
  replacedBy: [],
  exposedBy: [],
  writes: {},
  cells: [
    {
      cell: "certificates",
      asked: { ports: https, certificates: ["my-certificate"] },
      refused: [NO_CONTROLLER, "args.certificates is a list"],
    },
    {
      cell: "tlsPorts",
      asked: { ports: https, tlsPorts: ["https"] },
      refused: [NO_CONTROLLER, "args.tlsPorts is a list"],
    },
    {
      cell: "tlsPolicy",
      asked: { ports: https, tlsPolicy: "Modern" },
      refused: [NO_CONTROLLER, 'args.tlsPolicy is "Modern"'],
    },
    {
      cell: "alpnPolicy",
      asked: { ports: https, alpnPolicy: "HTTP2Preferred" },
      refused: [NO_CONTROLLER, 'args.alpnPolicy is "HTTP2Preferred"'],
    },
    {
      cell: "backendProtocol",
      asked: { ports: https, backendProtocol: "Tls" },
      refused: [NO_CONTROLLER, 'args.backendProtocol is "Tls"'],
    },
    {
      cell: "loadBalancerName",
      asked: { loadBalancerName: "shop-prod-front" },
      refused: [NO_CONTROLLER, 'args.loadBalancerName is "shop-prod-front"'],
    },
    {
      cell: "staticAddresses",
      asked: { staticAddresses: ["203.0.113.7"] },
      refused: [NO_CONTROLLER, "args.staticAddresses is a list"],
    },
    {
      cell: "subnets",
      asked: { subnets: ["subnet-a"] },
      refused: [NO_CONTROLLER, "args.subnets is a list"],
    },
    {
      cell: "location",
      asked: { location: "fsn1" },
      refused: [NO_CONTROLLER, 'args.location is "fsn1"'],
    },
    {
      cell: "addressPool",
      asked: { addressPool: "public" },
      refused: [NO_CONTROLLER, 'args.addressPool is "public"'],
    },
    {
      cell: "sharedAddressKey",
      asked: { sharedAddressKey: "front" },
      refused: [NO_CONTROLLER, 'args.sharedAddressKey is "front"'],
    },
    {
      cell: "securityGroups",
      asked: { securityGroups: ["sg-1"], sourceRanges: undefined },
      refused: [NO_CONTROLLER, "args.securityGroups is a list"],
    },
    {
      cell: "tags",
      asked: { tags: { app: "shop" } },
      refused: [NO_CONTROLLER, "args.tags is an object"],
    },
    {
      cell: "healthCheckProtocol",
      asked: { healthCheckProtocol: "Tcp" },
      refused: [NO_CONTROLLER, 'args.healthCheckProtocol is "Tcp"'],
    },
    {
      cell: "healthCheckPath",
      asked: { healthCheckPath: "/readyz" },
      refused: [NO_CONTROLLER, 'args.healthCheckPath is "/readyz"'],
    },
    {
      cell: "healthCheckIntervalSeconds",
      asked: { healthCheckIntervalSeconds: 20 },
      refused: [NO_CONTROLLER, "args.healthCheckIntervalSeconds is 20"],
    },
    {
      cell: "healthCheckTimeoutSeconds",
      asked: { healthCheckTimeoutSeconds: 5 },
      refused: [NO_CONTROLLER, "args.healthCheckTimeoutSeconds is 5"],
    },
    {
      cell: "healthCheckHealthyThreshold",
      asked: { healthCheckHealthyThreshold: 3 },
      refused: [NO_CONTROLLER, "args.healthCheckHealthyThreshold is 3"],
    },
    {
      cell: "healthCheckUnhealthyThreshold",
      asked: { healthCheckUnhealthyThreshold: 3 },
      refused: [NO_CONTROLLER, "args.healthCheckUnhealthyThreshold is 3"],
    },
    {
      cell: "targetType",
      asked: { targetType: "Instance" },
      refused: [NO_CONTROLLER, 'args.targetType is "Instance"'],
    },
    {
      cell: "proxyProtocol",
      asked: { proxyProtocol: true },
      refused: [NO_CONTROLLER, "args.proxyProtocol is true"],
    },
    {
      cell: "preserveClientIp",
      asked: { preserveClientIp: true },
      refused: [NO_CONTROLLER, "args.preserveClientIp is true"],
    },
    {
      cell: "idleTimeoutSeconds",
      asked: { idleTimeoutSeconds: 60 },
      refused: [NO_CONTROLLER, "args.idleTimeoutSeconds is 60"],
    },
    {
      cell: "crossZone",
      asked: { crossZone: true },
      refused: [NO_CONTROLLER, "args.crossZone is true"],
    },
    {
      cell: "zonalDns",
      asked: { zonalDns: "OwnZone" },
      refused: [NO_CONTROLLER, 'args.zonalDns is "OwnZone"'],
    },
    {
      cell: "accessLogsBucket",
      asked: { accessLogsBucket: "logs" },
      refused: [NO_CONTROLLER, 'args.accessLogsBucket is "logs"'],
    },
    {
      cell: "accessLogsPrefix",
      asked: { accessLogsPrefix: "front" },
      refused: [NO_CONTROLLER, 'args.accessLogsPrefix is "front"'],
    },
    {
      cell: "deletionProtection",
      asked: { deletionProtection: true },
      refused: [NO_CONTROLLER, "args.deletionProtection is true"],
    },
    {
      cell: "loadBalancerAttributes",
      asked: { loadBalancerAttributes: { "zonal_shift.config.enabled": "true" } },
      refused: [NO_CONTROLLER, "args.loadBalancerAttributes is an object"],
    },
    {
      cell: "targetGroupAttributes",
      asked: { targetGroupAttributes: { "stickiness.enabled": "true" } },
      refused: [NO_CONTROLLER, "args.targetGroupAttributes is an object"],
    },
    {
      cell: "annotations",
      asked: { annotations: { "example.com/team": "shop" } },
      refused: [NO_CONTROLLER],
    },
    { cell: "exposure", when: "it is public", asked: {}, refused: [NO_CONTROLLER] },
    {
      cell: "exposure",
      when: "it is internal",
      asked: { exposure: "Internal", sourceRanges: undefined },
      refused: [NO_CONTROLLER],
    },
    {
      cell: "sourceRanges",
      asked: { sourceRanges: ["198.51.100.0/24"] },
      refused: [NO_CONTROLLER],
    },
    {
      cell: "ipFamilyPolicy",
      asked: { ipFamilyPolicy: "RequireDualStack" },
      refused: [NO_CONTROLLER],
    },
    {
      cell: "externalTrafficPolicy",
      asked: { externalTrafficPolicy: "Local" },
      refused: [NO_CONTROLLER],
    },
    { cell: "sessionAffinity", asked: { sessionAffinity: "ClientIP" }, refused: [NO_CONTROLLER] },
    { cell: "udp", asked: { ports: udp }, refused: [NO_CONTROLLER] },
    { cell: "tcpAndUdp", asked: { ports: tcpAndUdpOnOnePort }, refused: [NO_CONTROLLER] },
    { cell: "sctp", asked: { ports: sctp }, refused: [NO_CONTROLLER] },
  ],
};
