import {
  everybody,
  http,
  httpAndUdp,
  https,
  sctp,
  type Table,
  tcpAndUdpOnOnePort,
  udp,
} from "./table.ts";

export const googleCloud: Table = {
  controller: "GoogleCloud",
  documentation:
    "https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer-parameters",
  maximumPorts: 5,
  silent: false,
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
    accepted: ["EnsuredLoadBalancer", "SyncLoadBalancerSuccessful"],
    refused: ["SyncLoadBalancerFailed", "SyncExternalLoadBalancerFailed"],
    unfinished: [],
    answersEachChange: true,
  },
  forceNewKeys: [
    "networking.gke.io/load-balancer-type",
    "networking.gke.io/load-balancer-ip-addresses",
    "networking.gke.io/load-balancer-subnet",
  ],
  exposureKeys: [
    "networking.gke.io/load-balancer-type",
    "cloud.google.com/load-balancer-type",
    "networking.gke.io/internal-load-balancer-allow-global-access",
    "service.beta.kubernetes.io/load-balancer-source-ranges",
  ],
  sourceRanges: { by: "the network's firewall, and kube-proxy", voidedBy: {} },
  keys: {
    staticAddresses: ["networking.gke.io/load-balancer-ip-addresses"],
    subnets: ["networking.gke.io/load-balancer-subnet"],
  },
  cells: [
    {
      cell: "sctp",
      when: "there is TCP too",
      asked: { ports: [...http, ...sctp] },
      refused: [
        'args.ports[1].targetPort is "sctp", must be a TCP or UDP port: GoogleCloud does not support SCTP',
      ],
    },
    {
      cell: "certificates",
      asked: { ports: https, certificates: ["my-certificate"] },
      refused: [
        "args.certificates is a list, must not be set: it is not supported by GoogleCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, DigitalOcean, HetznerCloud",
      ],
    },
    {
      cell: "tlsPorts",
      asked: { ports: https, tlsPorts: ["https"] },
      refused: [
        "args.tlsPorts is a list, must not be set: it is not supported by GoogleCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, DigitalOcean, HetznerCloud",
        "args.tlsPorts is a list, must not be set without args.certificates",
      ],
    },
    {
      cell: "tlsPolicy",
      asked: { ports: https, tlsPolicy: "Modern" },
      refused: [
        'args.tlsPolicy is "Modern", must not be set: it is not supported by GoogleCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
        'args.tlsPolicy is "Modern", must not be set without args.certificates',
      ],
    },
    {
      cell: "alpnPolicy",
      asked: { ports: https, alpnPolicy: "HTTP2Preferred" },
      refused: [
        'args.alpnPolicy is "HTTP2Preferred", must not be set: it is not supported by GoogleCloud; supported by AwsLoadBalancerController, EksAutoMode',
        'args.alpnPolicy is "HTTP2Preferred", must not be set without args.certificates',
      ],
    },
    {
      cell: "backendProtocol",
      asked: { ports: https, backendProtocol: "Tls" },
      refused: [
        'args.backendProtocol is "Tls", must not be set: it is not supported by GoogleCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
        'args.backendProtocol is "Tls", must not be set without args.certificates',
      ],
    },
    {
      cell: "loadBalancerName",
      asked: { loadBalancerName: "shop-prod-front" },
      refused: [
        'args.loadBalancerName is "shop-prod-front", must not be set: it is not supported by GoogleCloud; supported by AwsLoadBalancerController, EksAutoMode, DigitalOcean, HetznerCloud',
      ],
    },
    {
      cell: "staticAddresses",
      when: "there are two families",
      asked: {
        sourceRanges: everybody,
        staticAddresses: ["front-ip", "front-ipv6"],
        ipFamilyPolicy: "PreferDualStack",
      },
      annotations: { "networking.gke.io/load-balancer-ip-addresses": "front-ip,front-ipv6" },
      spec: {
        ipFamilies: undefined,
        loadBalancerSourceRanges: everybody,
        ipFamilyPolicy: "PreferDualStack",
      },
    },
    {
      cell: "staticAddresses",
      asked: { staticAddresses: ["front-ip"] },
      annotations: { "networking.gke.io/load-balancer-ip-addresses": "front-ip" },
    },
    {
      cell: "staticAddresses",
      when: "there are two of one family",
      asked: { staticAddresses: ["front-ip", "front-ipv6"] },
      refused: [
        "args.staticAddresses.length is 2, must be at most 1, unless args.ipFamilyPolicy asks for two families: each has one address",
      ],
    },
    {
      cell: "staticAddresses",
      when: "one is no name",
      asked: { staticAddresses: ["Front"] },
      refused: [
        'args.staticAddresses[0] is "Front", must be at most 253 lower case letters, digits, "-" and ".", starting and ending with a letter or digit',
      ],
    },
    {
      cell: "subnets",
      when: "one is no name",
      asked: { subnets: ["Front"] },
      refused: [
        'args.subnets[0] is "Front", must be at most 253 lower case letters, digits, "-" and ".", starting and ending with a letter or digit',
      ],
    },
    {
      cell: "annotations",
      when: "an argument says it in an older way",
      asked: { annotations: { "networking.gke.io/internal-load-balancer-subnet": "front" } },
      refused: [
        'args.annotations key is "networking.gke.io/internal-load-balancer-subnet", must not be set; use args.subnets',
      ],
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
      cell: "subnets",
      asked: { subnets: ["front"] },
      annotations: { "networking.gke.io/load-balancer-subnet": "front" },
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
        'args.location is "fsn1", must not be set: it is not supported by GoogleCloud; supported by HetznerCloud',
      ],
    },
    {
      cell: "addressPool",
      asked: { addressPool: "public" },
      refused: [
        'args.addressPool is "public", must not be set: it is not supported by GoogleCloud; supported by MetalLb',
      ],
    },
    {
      cell: "sharedAddressKey",
      asked: { sharedAddressKey: "front" },
      refused: [
        'args.sharedAddressKey is "front", must not be set: it is not supported by GoogleCloud; supported by MetalLb',
      ],
    },
    {
      cell: "securityGroups",
      asked: { securityGroups: ["sg-1"], sourceRanges: undefined },
      refused: [
        "args.securityGroups is a list, must not be set: it is not supported by GoogleCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerClassic",
      ],
    },
    {
      cell: "tags",
      asked: { tags: { app: "shop" } },
      refused: [
        "args.tags is an object, must not be set: it is not supported by GoogleCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, Azure",
      ],
    },
    {
      cell: "healthCheckProtocol",
      asked: { healthCheckProtocol: "Tcp" },
      refused: [
        'args.healthCheckProtocol is "Tcp", must not be set: it is not supported by GoogleCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, Azure, DigitalOcean, HetznerCloud',
      ],
    },
    {
      cell: "healthCheckPath",
      asked: { healthCheckPath: "/readyz" },
      refused: [
        'args.healthCheckPath is "/readyz", must not be set: it is not supported by GoogleCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, Azure, DigitalOcean, HetznerCloud',
      ],
    },
    {
      cell: "healthCheckIntervalSeconds",
      asked: { healthCheckIntervalSeconds: 20 },
      refused: [
        "args.healthCheckIntervalSeconds is 20, must not be set: it is not supported by GoogleCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, Azure, DigitalOcean, HetznerCloud",
      ],
    },
    {
      cell: "healthCheckTimeoutSeconds",
      asked: { healthCheckTimeoutSeconds: 5 },
      refused: [
        "args.healthCheckTimeoutSeconds is 5, must not be set: it is not supported by GoogleCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerClassic, DigitalOcean, HetznerCloud",
      ],
    },
    {
      cell: "healthCheckHealthyThreshold",
      asked: { healthCheckHealthyThreshold: 3 },
      refused: [
        "args.healthCheckHealthyThreshold is 3, must not be set: it is not supported by GoogleCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, DigitalOcean",
      ],
    },
    {
      cell: "healthCheckUnhealthyThreshold",
      asked: { healthCheckUnhealthyThreshold: 3 },
      refused: [
        "args.healthCheckUnhealthyThreshold is 3, must not be set: it is not supported by GoogleCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, Azure, DigitalOcean, HetznerCloud",
      ],
    },
    {
      cell: "targetType",
      asked: { targetType: "Instance" },
      refused: [
        'args.targetType is "Instance", must not be set: it is not supported by GoogleCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
      ],
    },
    {
      cell: "proxyProtocol",
      asked: { proxyProtocol: true },
      refused: [
        "args.proxyProtocol is true, must not be set: it is not supported by GoogleCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, DigitalOcean, HetznerCloud",
      ],
    },
    {
      cell: "preserveClientIp",
      asked: { preserveClientIp: true },
      refused: [
        "args.preserveClientIp is true, must not be set: it is not supported by GoogleCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb",
      ],
    },
    {
      cell: "idleTimeoutSeconds",
      asked: { idleTimeoutSeconds: 60 },
      refused: [
        "args.idleTimeoutSeconds is 60, must not be set: it is not supported by GoogleCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerClassic, DigitalOcean, HetznerCloud",
      ],
    },
    {
      cell: "crossZone",
      asked: { crossZone: true },
      refused: [
        "args.crossZone is true, must not be set: it is not supported by GoogleCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic",
      ],
    },
    {
      cell: "zonalDns",
      asked: { zonalDns: "ZoneAffinity" },
      refused: [
        'args.zonalDns is "ZoneAffinity", must not be set: it is not supported by GoogleCloud; supported by AwsLoadBalancerController, EksAutoMode',
      ],
    },
    {
      cell: "accessLogsBucket",
      asked: { accessLogsBucket: "logs" },
      refused: [
        'args.accessLogsBucket is "logs", must not be set: it is not supported by GoogleCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
      ],
    },
    {
      cell: "accessLogsPrefix",
      asked: { accessLogsPrefix: "front" },
      refused: [
        'args.accessLogsPrefix is "front", must not be set: it is not supported by GoogleCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
      ],
    },
    {
      cell: "deletionProtection",
      asked: { deletionProtection: true },
      refused: [
        "args.deletionProtection is true, must not be set: it is not supported by GoogleCloud; supported by AwsLoadBalancerController, EksAutoMode",
      ],
    },
    {
      cell: "loadBalancerAttributes",
      asked: { loadBalancerAttributes: { "zonal_shift.config.enabled": "true" } },
      refused: [
        "args.loadBalancerAttributes is an object, must not be set: it is not supported by GoogleCloud; supported by AwsLoadBalancerController, EksAutoMode",
      ],
    },
    {
      cell: "targetGroupAttributes",
      asked: { targetGroupAttributes: { "stickiness.enabled": "true" } },
      refused: [
        "args.targetGroupAttributes is an object, must not be set: it is not supported by GoogleCloud; supported by AwsLoadBalancerController, EksAutoMode",
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
      asked: { annotations: { "networking.gke.io/load-balancer-subnet": "front" } },
      refused: [
        'args.annotations key is "networking.gke.io/load-balancer-subnet", must not be set; use args.subnets',
      ],
    },
    {
      cell: "annotations",
      when: "it says who can reach it",
      asked: { annotations: { "networking.gke.io/load-balancer-type": "Internal" } },
      refused: [
        'args.annotations key is "networking.gke.io/load-balancer-type", must not be set: other arguments decide it for GoogleCloud',
      ],
    },
    {
      cell: "annotations",
      when: "it says in the old way who can reach it",
      asked: { annotations: { "cloud.google.com/load-balancer-type": "Internal" } },
      refused: [
        'args.annotations key is "cloud.google.com/load-balancer-type", must not be set: other arguments decide it for GoogleCloud',
      ],
    },
    {
      cell: "annotations",
      when: "it says the source ranges",
      asked: {
        annotations: { "service.beta.kubernetes.io/load-balancer-source-ranges": "0.0.0.0/0" },
      },
      refused: [
        'args.annotations key is "service.beta.kubernetes.io/load-balancer-source-ranges", must not be set: other arguments decide it for GoogleCloud',
      ],
    },
    {
      cell: "exposure",
      when: "it is internal",
      asked: { exposure: "Internal", sourceRanges: undefined },
      annotations: { "networking.gke.io/load-balancer-type": "Internal" },
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
      refused: [
        'args.ports[1].targetPort is "dns", must be a TCP port like args.ports[0], GoogleCloud has one protocol per load balancer; use a second LoadBalancerService for UDP',
      ],
    },
    {
      cell: "tcpAndUdp",
      asked: { ports: tcpAndUdpOnOnePort },
      refused: [
        'args.ports[1].targetPort is "dns-tcp", must be a UDP port like args.ports[0], GoogleCloud has one protocol per load balancer; use a second LoadBalancerService for TCP',
      ],
    },
    {
      cell: "sctp",
      asked: { ports: sctp },
      refused: [
        'args.ports[0].targetPort is "sctp", must be a TCP or UDP port: GoogleCloud does not support SCTP',
      ],
    },
    {
      cell: "ports",
      when: "there are 5",
      asked: {
        ports: Array.from({ length: 5 }, (_, index) => ({
          name: `p${index}`,
          port: index + 1,
          targetPort: "http",
        })),
      },
    },
    {
      cell: "ports",
      when: "there are 6",
      asked: {
        ports: Array.from({ length: 6 }, (_, index) => ({
          name: `p${index}`,
          port: index + 1,
          targetPort: "http",
        })),
      },
      refused: ["args.ports.length is 6, must be at most 5"],
    },
  ],
};
