import {
  everybody,
  httpAndUdp,
  https,
  sctp,
  type Table,
  tcpAndUdpOnOnePort,
  udp,
} from "./table.ts";

export const k3sServiceLb: Table = {
  controller: "K3sServiceLb",
  documentation: "https://docs.k3s.io/networking/networking-services#service-load-balancer",
  maximumPorts: 65535,
  silent: true,
  asked: {},
  plain: {
    annotations: {},
    spec: {
      allocateLoadBalancerNodePorts: false,
      ipFamilies: ["IPv4"],
      loadBalancerSourceRanges: ["0.0.0.0/0"],
    },
  },
  addressKind: "ip",
  evidence: {
    begun: [],
    accepted: [],
    refused: [],
    unfinished: [],
    answersEachChange: false,
  },
  forceNewKeys: [],
  exposureKeys: ["service.beta.kubernetes.io/load-balancer-source-ranges"],
  sourceRanges: { by: "the Pods of ServiceLB, and kube-proxy", voidedBy: {} },
  keys: {},
  cells: [
    {
      cell: "certificates",
      asked: { ports: https, certificates: ["my-certificate"] },
      refused: [
        "args.certificates is a list, must not be set: it is not supported by K3sServiceLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, DigitalOcean, HetznerCloud",
      ],
    },
    {
      cell: "tlsPorts",
      asked: { ports: https, tlsPorts: ["https"] },
      refused: [
        "args.tlsPorts is a list, must not be set: it is not supported by K3sServiceLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, DigitalOcean, HetznerCloud",
        "args.tlsPorts is a list, must not be set without args.certificates",
      ],
    },
    {
      cell: "tlsPolicy",
      asked: { ports: https, tlsPolicy: "Modern" },
      refused: [
        'args.tlsPolicy is "Modern", must not be set: it is not supported by K3sServiceLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
        'args.tlsPolicy is "Modern", must not be set without args.certificates',
      ],
    },
    {
      cell: "alpnPolicy",
      asked: { ports: https, alpnPolicy: "HTTP2Preferred" },
      refused: [
        'args.alpnPolicy is "HTTP2Preferred", must not be set: it is not supported by K3sServiceLb; supported by AwsLoadBalancerController, EksAutoMode',
        'args.alpnPolicy is "HTTP2Preferred", must not be set without args.certificates',
      ],
    },
    {
      cell: "backendProtocol",
      asked: { ports: https, backendProtocol: "Tls" },
      refused: [
        'args.backendProtocol is "Tls", must not be set: it is not supported by K3sServiceLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
        'args.backendProtocol is "Tls", must not be set without args.certificates',
      ],
    },
    {
      cell: "loadBalancerName",
      asked: { loadBalancerName: "shop-prod-front" },
      refused: [
        'args.loadBalancerName is "shop-prod-front", must not be set: it is not supported by K3sServiceLb; supported by AwsLoadBalancerController, EksAutoMode, DigitalOcean, HetznerCloud',
      ],
    },
    {
      cell: "staticAddresses",
      asked: { staticAddresses: ["203.0.113.7"] },
      refused: [
        "args.staticAddresses is a list, must not be set: it is not supported by K3sServiceLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, GoogleCloud, Azure, DigitalOcean, MetalLb",
      ],
    },
    {
      cell: "subnets",
      asked: { subnets: ["subnet-a"] },
      refused: [
        "args.subnets is a list, must not be set: it is not supported by K3sServiceLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, GoogleCloud, Azure, DigitalOcean, HetznerCloud",
      ],
    },
    {
      cell: "location",
      asked: { location: "fsn1" },
      refused: [
        'args.location is "fsn1", must not be set: it is not supported by K3sServiceLb; supported by HetznerCloud',
      ],
    },
    {
      cell: "addressPool",
      asked: { addressPool: "public" },
      refused: [
        'args.addressPool is "public", must not be set: it is not supported by K3sServiceLb; supported by MetalLb',
      ],
    },
    {
      cell: "sharedAddressKey",
      asked: { sharedAddressKey: "front" },
      refused: [
        'args.sharedAddressKey is "front", must not be set: it is not supported by K3sServiceLb; supported by MetalLb',
      ],
    },
    {
      cell: "securityGroups",
      asked: { securityGroups: ["sg-1"], sourceRanges: undefined },
      refused: [
        "args.securityGroups is a list, must not be set: it is not supported by K3sServiceLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerClassic",
      ],
    },
    {
      cell: "tags",
      asked: { tags: { app: "shop" } },
      refused: [
        "args.tags is an object, must not be set: it is not supported by K3sServiceLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, Azure",
      ],
    },
    {
      cell: "healthCheckProtocol",
      asked: { healthCheckProtocol: "Tcp" },
      refused: [
        'args.healthCheckProtocol is "Tcp", must not be set: it is not supported by K3sServiceLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, Azure, DigitalOcean, HetznerCloud',
      ],
    },
    {
      cell: "healthCheckPath",
      asked: { healthCheckPath: "/readyz" },
      refused: [
        'args.healthCheckPath is "/readyz", must not be set: it is not supported by K3sServiceLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, Azure, DigitalOcean, HetznerCloud',
      ],
    },
    {
      cell: "healthCheckIntervalSeconds",
      asked: { healthCheckIntervalSeconds: 20 },
      refused: [
        "args.healthCheckIntervalSeconds is 20, must not be set: it is not supported by K3sServiceLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, Azure, DigitalOcean, HetznerCloud",
      ],
    },
    {
      cell: "healthCheckTimeoutSeconds",
      asked: { healthCheckTimeoutSeconds: 5 },
      refused: [
        "args.healthCheckTimeoutSeconds is 5, must not be set: it is not supported by K3sServiceLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerClassic, DigitalOcean, HetznerCloud",
      ],
    },
    {
      cell: "healthCheckHealthyThreshold",
      asked: { healthCheckHealthyThreshold: 3 },
      refused: [
        "args.healthCheckHealthyThreshold is 3, must not be set: it is not supported by K3sServiceLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, DigitalOcean",
      ],
    },
    {
      cell: "healthCheckUnhealthyThreshold",
      asked: { healthCheckUnhealthyThreshold: 3 },
      refused: [
        "args.healthCheckUnhealthyThreshold is 3, must not be set: it is not supported by K3sServiceLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, Azure, DigitalOcean, HetznerCloud",
      ],
    },
    {
      cell: "targetType",
      asked: { targetType: "Instance" },
      refused: [
        'args.targetType is "Instance", must not be set: it is not supported by K3sServiceLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
      ],
    },
    {
      cell: "proxyProtocol",
      asked: { proxyProtocol: true },
      refused: [
        "args.proxyProtocol is true, must not be set: it is not supported by K3sServiceLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, DigitalOcean, HetznerCloud",
      ],
    },
    {
      cell: "preserveClientIp",
      asked: { preserveClientIp: true },
      refused: [
        "args.preserveClientIp is true, must not be set: it is not supported by K3sServiceLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb",
      ],
    },
    {
      cell: "idleTimeoutSeconds",
      asked: { idleTimeoutSeconds: 60 },
      refused: [
        "args.idleTimeoutSeconds is 60, must not be set: it is not supported by K3sServiceLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerClassic, DigitalOcean, HetznerCloud",
      ],
    },
    {
      cell: "crossZone",
      asked: { crossZone: true },
      refused: [
        "args.crossZone is true, must not be set: it is not supported by K3sServiceLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic",
      ],
    },
    {
      cell: "zonalDns",
      asked: { zonalDns: "ZoneAffinity" },
      refused: [
        'args.zonalDns is "ZoneAffinity", must not be set: it is not supported by K3sServiceLb; supported by AwsLoadBalancerController, EksAutoMode',
      ],
    },
    {
      cell: "accessLogsBucket",
      asked: { accessLogsBucket: "logs" },
      refused: [
        'args.accessLogsBucket is "logs", must not be set: it is not supported by K3sServiceLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
      ],
    },
    {
      cell: "accessLogsPrefix",
      asked: { accessLogsPrefix: "front" },
      refused: [
        'args.accessLogsPrefix is "front", must not be set: it is not supported by K3sServiceLb; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
      ],
    },
    {
      cell: "deletionProtection",
      asked: { deletionProtection: true },
      refused: [
        "args.deletionProtection is true, must not be set: it is not supported by K3sServiceLb; supported by AwsLoadBalancerController, EksAutoMode",
      ],
    },
    {
      cell: "loadBalancerAttributes",
      asked: { loadBalancerAttributes: { "zonal_shift.config.enabled": "true" } },
      refused: [
        "args.loadBalancerAttributes is an object, must not be set: it is not supported by K3sServiceLb; supported by AwsLoadBalancerController, EksAutoMode",
      ],
    },
    {
      cell: "targetGroupAttributes",
      asked: { targetGroupAttributes: { "stickiness.enabled": "true" } },
      refused: [
        "args.targetGroupAttributes is an object, must not be set: it is not supported by K3sServiceLb; supported by AwsLoadBalancerController, EksAutoMode",
      ],
    },
    {
      cell: "annotations",
      asked: { annotations: { "example.com/team": "shop" } },
      annotations: { "example.com/team": "shop" },
    },
    {
      cell: "annotations",
      when: "it says the source ranges",
      asked: {
        annotations: { "service.beta.kubernetes.io/load-balancer-source-ranges": "0.0.0.0/0" },
      },
      refused: [
        'args.annotations key is "service.beta.kubernetes.io/load-balancer-source-ranges", must not be set: other arguments decide it for K3sServiceLb',
      ],
    },
    {
      cell: "exposure",
      when: "it is internal",
      asked: { exposure: "Internal", sourceRanges: ["10.0.0.0/8"] },
      spec: { loadBalancerSourceRanges: ["10.0.0.0/8"] },
    },
    {
      cell: "exposure",
      when: "it is internal without source ranges",
      asked: { exposure: "Internal", sourceRanges: undefined },
      refused: [
        "args.sourceRanges is undefined, must list the address ranges that may connect: K3sServiceLb makes a load balancer internal only by the addresses of its nodes",
      ],
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
      spec: { allocateLoadBalancerNodePorts: undefined, externalTrafficPolicy: "Local" },
    },
    {
      cell: "externalTrafficPolicy",
      when: "it is Local and not everybody may connect",
      asked: { externalTrafficPolicy: "Local", sourceRanges: ["198.51.100.0/24"] },
      refused: [
        'args.externalTrafficPolicy is "Local", must not be set if args.sourceRanges do not admit everyone: K3sServiceLb then opens node ports at the same addresses, which no range limits',
      ],
    },
    {
      cell: "sourceRanges",
      when: "a family has none",
      asked: { sourceRanges: ["198.51.100.0/24"], ipFamilyPolicy: "PreferDualStack" },
      refused: [
        'args.sourceRanges is a list, must list an IPv6 range too: the load balancer has or may get an IPv6 address; use "::/0" for every IPv6 client, or args.ipFamilyPolicy "SingleStack"',
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
