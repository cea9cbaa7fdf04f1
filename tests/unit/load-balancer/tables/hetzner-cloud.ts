import {
  everybody,
  httpAndHttps,
  https,
  sctp,
  type Table,
  tcpAndUdpOnOnePort,
  udp,
} from "./table.ts";

const MUST_STAY =
  "must be set: the cloud would otherwise keep the value of the last update; set the value that it should have";

export const hetznerCloud: Table = {
  controller: "HetznerCloud",
  documentation:
    "https://github.com/hetznercloud/hcloud-cloud-controller-manager/blob/main/docs/reference/load_balancer_annotations.md",
  maximumPorts: 30,
  silent: false,
  asked: { location: "fsn1" },
  plain: {
    annotations: {
      "load-balancer.hetzner.cloud/location": "fsn1",
      "load-balancer.hetzner.cloud/disable-public-network": "false",
      "load-balancer.hetzner.cloud/ipv6-disabled": "false",
      "load-balancer.hetzner.cloud/protocol": "tcp",
      "load-balancer.hetzner.cloud/health-check-protocol": "tcp",
      "load-balancer.hetzner.cloud/health-check-interval": "10s",
      "load-balancer.hetzner.cloud/health-check-timeout": "10s",
      "load-balancer.hetzner.cloud/health-check-retries": "2",
      "load-balancer.hetzner.cloud/uses-proxyprotocol": "false",
    },
    spec: { loadBalancerSourceRanges: ["0.0.0.0/0"] },
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
    "load-balancer.hetzner.cloud/location",
    "load-balancer.hetzner.cloud/network-zone",
    "load-balancer.hetzner.cloud/disable-public-network",
    "load-balancer.hetzner.cloud/private-subnet-ip-range",
  ],
  exposureKeys: [
    "load-balancer.hetzner.cloud/disable-public-network",
    "load-balancer.hetzner.cloud/disable-private-ingress",
    "service.beta.kubernetes.io/load-balancer-source-ranges",
  ],
  sourceRanges: {
    by: "nothing",
    voidedBy: {
      "load-balancer.hetzner.cloud/disable-public-network": /^(?!true$)/,
    },
  },
  keys: {
    certificates: ["load-balancer.hetzner.cloud/http-certificates"],
    tlsPorts: ["load-balancer.hetzner.cloud/protocol"],
    backendProtocol: ["load-balancer.hetzner.cloud/protocol"],
    loadBalancerName: ["load-balancer.hetzner.cloud/name"],
    subnets: ["load-balancer.hetzner.cloud/private-subnet-ip-range"],
    location: ["load-balancer.hetzner.cloud/location"],
    healthCheckProtocol: ["load-balancer.hetzner.cloud/health-check-protocol"],
    healthCheckPath: ["load-balancer.hetzner.cloud/health-check-http-path"],
    healthCheckIntervalSeconds: ["load-balancer.hetzner.cloud/health-check-interval"],
    healthCheckTimeoutSeconds: ["load-balancer.hetzner.cloud/health-check-timeout"],
    healthCheckUnhealthyThreshold: ["load-balancer.hetzner.cloud/health-check-retries"],
    proxyProtocol: ["load-balancer.hetzner.cloud/uses-proxyprotocol"],
    idleTimeoutSeconds: ["load-balancer.hetzner.cloud/http-timeout-idle"],
  },
  cells: [
    {
      cell: "certificates",
      when: "one has a comma in it",
      asked: { certificates: ["one,two"], ports: https },
      refused: [
        'args.certificates[0] is "one,two", must be a string without ",", which separates such values',
      ],
    },
    {
      cell: "certificates",
      asked: { ports: https, certificates: ["my-certificate", "another"] },
      annotations: {
        "load-balancer.hetzner.cloud/protocol": "https",
        "load-balancer.hetzner.cloud/http-certificates": "my-certificate,another",
        "load-balancer.hetzner.cloud/http-timeout-idle": "60s",
      },
    },
    {
      cell: "certificates",
      when: "there is another port",
      asked: { ports: httpAndHttps, certificates: ["my-certificate"] },
      refused: [
        "args.certificates is a list, must not be set unless every port terminates TLS: HetznerCloud has one protocol per load balancer; use a second LoadBalancerService for the others",
      ],
    },
    {
      cell: "tlsPorts",
      asked: { ports: httpAndHttps, certificates: ["my-certificate"], tlsPorts: ["http", "https"] },
      annotations: {
        "load-balancer.hetzner.cloud/protocol": "https",
        "load-balancer.hetzner.cloud/http-certificates": "my-certificate",
        "load-balancer.hetzner.cloud/http-timeout-idle": "60s",
      },
    },
    {
      cell: "tlsPolicy",
      asked: { ports: https, tlsPolicy: "Modern" },
      refused: [
        'args.tlsPolicy is "Modern", must not be set: it is not supported by HetznerCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
        'args.tlsPolicy is "Modern", must not be set without args.certificates',
      ],
    },
    {
      cell: "alpnPolicy",
      asked: { ports: https, alpnPolicy: "HTTP2Preferred" },
      refused: [
        'args.alpnPolicy is "HTTP2Preferred", must not be set: it is not supported by HetznerCloud; supported by AwsLoadBalancerController, EksAutoMode',
        'args.alpnPolicy is "HTTP2Preferred", must not be set without args.certificates',
      ],
    },
    {
      cell: "backendProtocol",
      asked: { ports: https, certificates: ["my-certificate"], backendProtocol: "Http" },
      annotations: {
        "load-balancer.hetzner.cloud/protocol": "https",
        "load-balancer.hetzner.cloud/http-certificates": "my-certificate",
        "load-balancer.hetzner.cloud/http-timeout-idle": "60s",
      },
    },
    {
      cell: "backendProtocol",
      when: "it is TLS",
      asked: { ports: https, certificates: ["my-certificate"], backendProtocol: "Tls" },
      refused: [
        'args.backendProtocol is "Tls", must be "Http" for HetznerCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
      ],
    },
    {
      cell: "loadBalancerName",
      asked: { loadBalancerName: "shop-prod-front" },
      annotations: { "load-balancer.hetzner.cloud/name": "shop-prod-front" },
    },
    {
      cell: "staticAddresses",
      asked: { staticAddresses: ["203.0.113.7"] },
      refused: [
        "args.staticAddresses is a list, must not be set: it is not supported by HetznerCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, GoogleCloud, Azure, DigitalOcean, MetalLb",
      ],
    },
    {
      cell: "subnets",
      asked: { subnets: ["10.0.1.0/24"] },
      annotations: { "load-balancer.hetzner.cloud/private-subnet-ip-range": "10.0.1.0/24" },
    },
    {
      cell: "subnets",
      when: "there are two",
      asked: { subnets: ["one", "two"] },
      refused: ["args.subnets.length is 2, must be at most 1"],
    },
    {
      cell: "location",
      asked: { location: "nbg1" },
      annotations: { "load-balancer.hetzner.cloud/location": "nbg1" },
    },
    {
      cell: "location",
      when: "there is none",
      asked: { location: undefined },
      annotations: { "load-balancer.hetzner.cloud/location": undefined },
    },
    {
      cell: "addressPool",
      asked: { addressPool: "public" },
      refused: [
        'args.addressPool is "public", must not be set: it is not supported by HetznerCloud; supported by MetalLb',
      ],
    },
    {
      cell: "sharedAddressKey",
      asked: { sharedAddressKey: "front" },
      refused: [
        'args.sharedAddressKey is "front", must not be set: it is not supported by HetznerCloud; supported by MetalLb',
      ],
    },
    {
      cell: "securityGroups",
      asked: { securityGroups: ["sg-1"], sourceRanges: undefined },
      refused: [
        "args.securityGroups is a list, must not be set: it is not supported by HetznerCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerClassic",
      ],
    },
    {
      cell: "tags",
      asked: { tags: { app: "shop" } },
      refused: [
        "args.tags is an object, must not be set: it is not supported by HetznerCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, Azure",
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
        "load-balancer.hetzner.cloud/health-check-protocol": "http",
        "load-balancer.hetzner.cloud/health-check-http-path": "/readyz",
      },
    },
    {
      cell: "healthCheckProtocol",
      when: "it is HTTPS",
      asked: { healthCheckProtocol: "Https", healthCheckPath: "/readyz" },
      annotations: {
        "load-balancer.hetzner.cloud/health-check-protocol": "https",
        "load-balancer.hetzner.cloud/health-check-http-path": "/readyz",
      },
    },
    {
      cell: "healthCheckPath",
      asked: { healthCheckPath: "/readyz" },
      annotations: {
        "load-balancer.hetzner.cloud/health-check-protocol": "http",
        "load-balancer.hetzner.cloud/health-check-http-path": "/readyz",
      },
    },
    {
      cell: "healthCheckPath",
      when: "the protocol is HTTP and there is none",
      asked: { healthCheckProtocol: "Http" },
      annotations: {
        "load-balancer.hetzner.cloud/health-check-protocol": "http",
        "load-balancer.hetzner.cloud/health-check-http-path": "/",
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
      asked: { healthCheckIntervalSeconds: 15 },
      annotations: { "load-balancer.hetzner.cloud/health-check-interval": "15s" },
    },
    {
      cell: "healthCheckTimeoutSeconds",
      asked: { healthCheckTimeoutSeconds: 5 },
      annotations: { "load-balancer.hetzner.cloud/health-check-timeout": "5s" },
    },
    {
      cell: "healthCheckHealthyThreshold",
      asked: { healthCheckHealthyThreshold: 3 },
      refused: [
        "args.healthCheckHealthyThreshold is 3, must not be set: it is not supported by HetznerCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic, DigitalOcean",
      ],
    },
    {
      cell: "healthCheckUnhealthyThreshold",
      asked: { healthCheckUnhealthyThreshold: 3 },
      annotations: { "load-balancer.hetzner.cloud/health-check-retries": "3" },
    },
    {
      cell: "healthCheckIntervalSeconds",
      when: "it is the lowest",
      asked: { healthCheckIntervalSeconds: 3 },
      annotations: {
        "load-balancer.hetzner.cloud/health-check-interval": "3s",
        "load-balancer.hetzner.cloud/health-check-timeout": "3s",
      },
    },
    {
      cell: "healthCheckIntervalSeconds",
      when: "it is the highest",
      asked: { healthCheckIntervalSeconds: 60 },
      annotations: { "load-balancer.hetzner.cloud/health-check-interval": "60s" },
    },
    {
      cell: "healthCheckIntervalSeconds",
      when: "it is too low",
      asked: { healthCheckIntervalSeconds: 2 },
      refused: ["args.healthCheckIntervalSeconds is 2, must be an integer from 3 to 60"],
    },
    {
      cell: "healthCheckIntervalSeconds",
      when: "it is too high",
      asked: { healthCheckIntervalSeconds: 61 },
      refused: ["args.healthCheckIntervalSeconds is 61, must be an integer from 3 to 60"],
    },
    {
      cell: "healthCheckTimeoutSeconds",
      when: "it is the lowest",
      asked: { healthCheckTimeoutSeconds: 1 },
      annotations: { "load-balancer.hetzner.cloud/health-check-timeout": "1s" },
    },
    {
      cell: "healthCheckTimeoutSeconds",
      when: "it is the highest",
      asked: { healthCheckTimeoutSeconds: 60 },
      annotations: { "load-balancer.hetzner.cloud/health-check-timeout": "60s" },
    },
    {
      cell: "healthCheckTimeoutSeconds",
      when: "it is too low",
      asked: { healthCheckTimeoutSeconds: 0 },
      refused: ["args.healthCheckTimeoutSeconds is 0, must be an integer from 1 up"],
    },
    {
      cell: "healthCheckTimeoutSeconds",
      when: "it is too high",
      asked: { healthCheckTimeoutSeconds: 61 },
      refused: ["args.healthCheckTimeoutSeconds is 61, must be an integer from 1 to 60"],
    },
    {
      cell: "healthCheckUnhealthyThreshold",
      when: "it is the lowest",
      asked: { healthCheckUnhealthyThreshold: 1 },
      annotations: { "load-balancer.hetzner.cloud/health-check-retries": "1" },
    },
    {
      cell: "healthCheckUnhealthyThreshold",
      when: "it is the highest",
      asked: { healthCheckUnhealthyThreshold: 5 },
      annotations: { "load-balancer.hetzner.cloud/health-check-retries": "5" },
    },
    {
      cell: "healthCheckUnhealthyThreshold",
      when: "it is too low",
      asked: { healthCheckUnhealthyThreshold: 0 },
      refused: ["args.healthCheckUnhealthyThreshold is 0, must be an integer from 1 up"],
    },
    {
      cell: "healthCheckUnhealthyThreshold",
      when: "it is too high",
      asked: { healthCheckUnhealthyThreshold: 6 },
      refused: ["args.healthCheckUnhealthyThreshold is 6, must be an integer from 1 to 5"],
    },
    {
      cell: "targetType",
      asked: { targetType: "Instance" },
      refused: [
        'args.targetType is "Instance", must not be set: it is not supported by HetznerCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
      ],
    },
    {
      cell: "proxyProtocol",
      asked: { proxyProtocol: true },
      annotations: { "load-balancer.hetzner.cloud/uses-proxyprotocol": "true" },
    },
    {
      cell: "preserveClientIp",
      asked: { preserveClientIp: true },
      refused: [
        "args.preserveClientIp is true, must not be set: it is not supported by HetznerCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb",
      ],
    },
    {
      cell: "idleTimeoutSeconds",
      when: "it is the shortest",
      asked: { idleTimeoutSeconds: 30, ports: https, certificates: ["my-certificate"] },
      annotations: {
        "load-balancer.hetzner.cloud/protocol": "https",
        "load-balancer.hetzner.cloud/http-certificates": "my-certificate",
        "load-balancer.hetzner.cloud/http-timeout-idle": "30s",
      },
    },
    {
      cell: "idleTimeoutSeconds",
      when: "it is the longest",
      asked: { idleTimeoutSeconds: 300, ports: https, certificates: ["my-certificate"] },
      annotations: {
        "load-balancer.hetzner.cloud/protocol": "https",
        "load-balancer.hetzner.cloud/http-certificates": "my-certificate",
        "load-balancer.hetzner.cloud/http-timeout-idle": "300s",
      },
    },
    {
      cell: "idleTimeoutSeconds",
      when: "it is too short",
      asked: { idleTimeoutSeconds: 29, ports: https, certificates: ["my-certificate"] },
      refused: ["args.idleTimeoutSeconds is 29, must be an integer from 30 to 300"],
    },
    {
      cell: "idleTimeoutSeconds",
      when: "it is too long",
      asked: { idleTimeoutSeconds: 301, ports: https, certificates: ["my-certificate"] },
      refused: ["args.idleTimeoutSeconds is 301, must be an integer from 30 to 300"],
    },
    {
      cell: "idleTimeoutSeconds",
      when: "it does not speak HTTP",
      asked: { idleTimeoutSeconds: 60 },
      refused: [
        "args.idleTimeoutSeconds is 60, must not be set without args.certificates, HetznerCloud supports it only for HTTP",
      ],
    },
    {
      cell: "crossZone",
      asked: { crossZone: true },
      refused: [
        "args.crossZone is true, must not be set: it is not supported by HetznerCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic",
      ],
    },
    {
      cell: "zonalDns",
      asked: { zonalDns: "ZoneAffinity" },
      refused: [
        'args.zonalDns is "ZoneAffinity", must not be set: it is not supported by HetznerCloud; supported by AwsLoadBalancerController, EksAutoMode',
      ],
    },
    {
      cell: "accessLogsBucket",
      asked: { accessLogsBucket: "logs" },
      refused: [
        'args.accessLogsBucket is "logs", must not be set: it is not supported by HetznerCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
      ],
    },
    {
      cell: "accessLogsPrefix",
      asked: { accessLogsPrefix: "front" },
      refused: [
        'args.accessLogsPrefix is "front", must not be set: it is not supported by HetznerCloud; supported by AwsLoadBalancerController, EksAutoMode, AwsCloudControllerNlb, AwsCloudControllerClassic',
      ],
    },
    {
      cell: "deletionProtection",
      asked: { deletionProtection: true },
      refused: [
        "args.deletionProtection is true, must not be set: it is not supported by HetznerCloud; supported by AwsLoadBalancerController, EksAutoMode",
      ],
    },
    {
      cell: "loadBalancerAttributes",
      asked: { loadBalancerAttributes: { "zonal_shift.config.enabled": "true" } },
      refused: [
        "args.loadBalancerAttributes is an object, must not be set: it is not supported by HetznerCloud; supported by AwsLoadBalancerController, EksAutoMode",
      ],
    },
    {
      cell: "targetGroupAttributes",
      asked: { targetGroupAttributes: { "stickiness.enabled": "true" } },
      refused: [
        "args.targetGroupAttributes is an object, must not be set: it is not supported by HetznerCloud; supported by AwsLoadBalancerController, EksAutoMode",
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
      asked: { annotations: { "load-balancer.hetzner.cloud/name": "front" } },
      refused: [
        'args.annotations key is "load-balancer.hetzner.cloud/name", must not be set; use args.loadBalancerName',
      ],
    },
    {
      cell: "annotations",
      when: "it says who can reach it",
      asked: { annotations: { "load-balancer.hetzner.cloud/disable-public-network": "true" } },
      refused: [
        'args.annotations key is "load-balancer.hetzner.cloud/disable-public-network", must not be set: other arguments decide it for HetznerCloud',
      ],
    },
    {
      cell: "annotations",
      when: "it says where it is",
      asked: { annotations: { "load-balancer.hetzner.cloud/network-zone": "eu-central" } },
      refused: [
        'args.annotations key is "load-balancer.hetzner.cloud/network-zone", must not be set: other arguments decide it for HetznerCloud',
      ],
    },
    {
      cell: "annotations",
      when: "it says the source ranges",
      asked: {
        annotations: { "service.beta.kubernetes.io/load-balancer-source-ranges": "0.0.0.0/0" },
      },
      refused: [
        'args.annotations key is "service.beta.kubernetes.io/load-balancer-source-ranges", must not be set: other arguments decide it for HetznerCloud',
      ],
    },
    {
      cell: "exposure",
      when: "it is internal",
      asked: { exposure: "Internal", sourceRanges: undefined },
      annotations: { "load-balancer.hetzner.cloud/disable-public-network": "true" },
      spec: { loadBalancerSourceRanges: undefined },
    },
    {
      cell: "sourceRanges",
      when: "they are anywhere",
      asked: { sourceRanges: ["0.0.0.0/0", "::/0"] },
      spec: { loadBalancerSourceRanges: ["0.0.0.0/0", "::/0"] },
    },
    {
      cell: "sourceRanges",
      when: "they are somewhere",
      asked: { sourceRanges: ["198.51.100.0/24"] },
      refused: [
        'args.sourceRanges[0] is "198.51.100.0/24", must be "0.0.0.0/0" or "::/0": HetznerCloud does not enforce source ranges; use a firewall on the nodes, or a controller that does',
      ],
    },
    {
      cell: "ipFamilyPolicy",
      when: "it is one family",
      asked: { ipFamilyPolicy: "SingleStack" },
      annotations: { "load-balancer.hetzner.cloud/ipv6-disabled": "true" },
      spec: { ipFamilyPolicy: "SingleStack" },
    },
    {
      cell: "ipFamilyPolicy",
      when: "it is two families",
      asked: { sourceRanges: everybody, ipFamilyPolicy: "RequireDualStack" },
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
        'args.sessionAffinity is "ClientIP", must be "None": load balancers of HetznerCloud do not support session affinity',
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
        'args.ports[0].targetPort is "dns", must be a TCP port: HetznerCloud supports no other protocol',
      ],
    },
    {
      cell: "tcpAndUdp",
      asked: { ports: tcpAndUdpOnOnePort },
      refused: [
        'args.ports[0].targetPort is "dns", must be a TCP port: HetznerCloud supports no other protocol',
      ],
    },
    {
      cell: "sctp",
      asked: { ports: sctp },
      refused: [
        'args.ports[0].targetPort is "sctp", must be a TCP port: HetznerCloud supports no other protocol',
      ],
    },
    {
      cell: "ports",
      when: "there are 31",
      asked: {
        ports: Array.from({ length: 31 }, (_, index) => ({
          name: `p${index}`,
          port: index + 1,
          targetPort: "http",
        })),
      },
      refused: ["args.ports.length is 31, must be at most 30"],
    },
  ],
  updates: [
    {
      when: "what has no default is no longer written",
      before: {
        annotations: {
          "load-balancer.hetzner.cloud/name": "front",
          "load-balancer.hetzner.cloud/algorithm-type": "least_connections",
          "load-balancer.hetzner.cloud/uses-proxyprotocol": "true",
        },
        ports: [{ port: 80 }],
      },
      after: { annotations: {}, ports: [{ port: 80 }] },
      refused: [
        `args.loadBalancerName ${MUST_STAY}`,
        `args.annotations["load-balancer.hetzner.cloud/algorithm-type"] ${MUST_STAY}`,
        `args.annotations["load-balancer.hetzner.cloud/uses-proxyprotocol"] ${MUST_STAY}`,
      ],
    },
    {
      when: "a name changes, and is written for the first time",
      before: {
        annotations: { "load-balancer.hetzner.cloud/name": "front" },
        ports: [{ port: 80 }],
      },
      after: {
        annotations: {
          "load-balancer.hetzner.cloud/name": "back",
          "load-balancer.hetzner.cloud/algorithm-type": "least_connections",
        },
        ports: [{ port: 80 }],
      },
      refused: [],
    },
    {
      when: "what is read anew each time, or says nothing alone, is no longer written",
      before: {
        annotations: {
          "load-balancer.hetzner.cloud/disable-private-ingress": "true",
          "load-balancer.hetzner.cloud/health-check-http-path": "/readyz",
          "load-balancer.hetzner.cloud/health-check-port": "8080",
          "load-balancer.hetzner.cloud/hostname": "front.example.com",
          "load-balancer.hetzner.cloud/http-certificates": "my-certificate",
          "load-balancer.hetzner.cloud/http-timeout-idle": "60s",
          "load-balancer.hetzner.cloud/ipv6-disabled": "true",
          "load-balancer.hetzner.cloud/node-selector": "pool=front",
          "load-balancer.hetzner.cloud/use-private-ip": "true",
          "example.com/team": "shop",
        },
        ports: [{ port: 80 }],
      },
      after: { annotations: {}, ports: [{ port: 80 }] },
      refused: [],
    },
  ],
};
