import { healthCheckPort, healthChecks, inPlace, MUST_STAY, replaced, stays } from "../changes.ts";
import { everywhere, RANGES } from "../source-ranges.ts";
import { sourced } from "../sources.ts";
import {
  type ControllerTable,
  everybody,
  fixedPorts,
  httpAndHttps,
  https,
  internal,
  namedTls,
  refuses,
  takes,
} from "../table.ts";

export const table: ControllerTable = {
  controller: "HetznerCloud",
  documentation:
    "https://github.com/hetznercloud/hcloud-cloud-controller-manager/blob/main/docs/reference/load_balancer_annotations.md",
  maximumPorts: 30,
  silent: false,
  prefix: "load-balancer.hetzner.cloud/",
  asked: { location: "fsn1" },
  plain: {
    annotations: {
      location: "fsn1",
      "disable-public-network": "false",
      "ipv6-disabled": "false",
      protocol: "tcp",
      "health-check-protocol": "tcp",
      "health-check-interval": "10s",
      "health-check-timeout": "10s",
      "health-check-retries": "2",
      "uses-proxyprotocol": "false",
    },
    spec: { loadBalancerSourceRanges: ["0.0.0.0/0"] },
  },
  addressKind: "ip",
  hostnameKey: "hostname",
  evidence: {
    begun: ["EnsuringLoadBalancer"],
    accepted: ["EnsuredLoadBalancer"],
    refused: ["SyncLoadBalancerFailed"],
    unfinished: [],
    answersEachChange: true,
  },
  forceNewKeys: ["location", "network-zone", "disable-public-network", "private-subnet-ip-range"],
  exposureKeys: [
    "disable-public-network",
    "service.beta.kubernetes.io/load-balancer-source-ranges",
  ],
  openKeys: ["health-check-port"],
  sourceRanges: { by: "nothing", voidedBy: { "disable-public-network": /^(?!true$)/ } },
  keys: {
    certificates: ["http-certificates"],
    tlsPorts: ["protocol"],
    backendProtocol: ["protocol"],
    loadBalancerName: ["name"],
    subnets: ["private-subnet-ip-range"],
    location: ["location"],
    healthCheckPort: ["health-check-port"],
    healthCheckProtocol: ["health-check-protocol"],
    healthCheckPath: ["health-check-http-path"],
    healthCheckIntervalSeconds: ["health-check-interval"],
    healthCheckTimeoutSeconds: ["health-check-timeout"],
    healthCheckUnhealthyThreshold: ["health-check-retries"],
    proxyProtocol: ["uses-proxyprotocol"],
    idleTimeoutSeconds: ["http-timeout-idle"],
  },

  limits: {
    backendProtocol: { values: ["Http"], beside: namedTls },
    subnets: { tooMany: ["one", "two"] },
    healthCheckIntervalSeconds: { from: 3, to: 60 },
    healthCheckTimeoutSeconds: { from: 1, to: 60 },
    healthCheckUnhealthyThreshold: { from: 1, to: 5 },
    idleTimeoutSeconds: { from: 30, to: 300, beside: namedTls },
  },
  protocols: "TCP",
  sessionAffinity: false,
  refusedAnnotations: [{ name: "front" }, { "disable-public-network": "true" }],
  cells: [
    takes(
      "certificates",
      { ports: https, certificates: ["my-certificate", "another"] },
      {
        protocol: "https",
        "http-certificates": "my-certificate,another",
        "http-timeout-idle": "60s",
      },
    ),
    refuses(
      "certificates",
      { ports: httpAndHttps, certificates: ["my-certificate"] },
      "args.certificates is a list, must not be set unless every port terminates TLS: HetznerCloud has one protocol per load balancer; use a second LoadBalancerService for the others",
    ),
    takes(
      "tlsPorts",
      { ports: httpAndHttps, certificates: ["my-certificate"], tlsPorts: ["http", "https"] },
      { protocol: "https", "http-certificates": "my-certificate", "http-timeout-idle": "60s" },
    ),
    takes(
      "backendProtocol",
      { ...namedTls, backendProtocol: "Http" },
      { protocol: "https", "http-certificates": "my-certificate", "http-timeout-idle": "60s" },
    ),
    takes("loadBalancerName", { loadBalancerName: "shop-prod-front" }, { name: "shop-prod-front" }),
    takes("subnets", { subnets: ["10.0.1.0/24"] }, { "private-subnet-ip-range": "10.0.1.0/24" }),
    takes("location", { location: "nbg1" }, { location: "nbg1" }),
    refuses(
      "location",
      { location: undefined },
      'args.location is undefined, must be set, such as "fsn1", or the annotation load-balancer.hetzner.cloud/network-zone: HetznerCloud makes no load balancer without one of them',
    ),
    takes(
      "location",
      {
        location: undefined,
        annotations: { "load-balancer.hetzner.cloud/network-zone": "eu-central" },
      },
      { location: undefined, "network-zone": "eu-central" },
    ),
    refuses(
      "location",
      { annotations: { "load-balancer.hetzner.cloud/network-zone": "eu-central" } },
      'args.location is "fsn1", must not be set beside the annotation load-balancer.hetzner.cloud/network-zone: HetznerCloud takes one of them',
    ),
    takes(
      "annotations",
      { annotations: { "load-balancer.hetzner.cloud/disable-private-ingress": "true" } },
      { "disable-private-ingress": "true" },
    ),
    takes(
      "annotations",
      { annotations: { "load-balancer.hetzner.cloud/health-check-port": "8080" } },
      { "health-check-port": "8080" },
    ),
    takes(
      "healthCheckPort",
      { healthCheckPort: "https", ports: fixedPorts },
      { "health-check-port": "30081" },
    ),
    refuses(
      "healthCheckPort",
      { healthCheckPort: "http" },
      'args.healthCheckPort is "http", must be a port with a fixed nodePort: HetznerCloud reads its number',
    ),
    takes("healthCheckProtocol", { healthCheckProtocol: "Tcp" }),
    takes(
      "healthCheckProtocol",
      { healthCheckProtocol: "Http", healthCheckPath: "/readyz" },
      { "health-check-protocol": "http", "health-check-http-path": "/readyz" },
    ),
    takes(
      "healthCheckProtocol",
      { healthCheckProtocol: "Https", healthCheckPath: "/readyz" },
      { "health-check-protocol": "https", "health-check-http-path": "/readyz" },
    ),
    takes(
      "healthCheckPath",
      { healthCheckPath: "/readyz" },
      { "health-check-protocol": "http", "health-check-http-path": "/readyz" },
    ),
    takes(
      "healthCheckPath",
      { healthCheckProtocol: "Http" },
      { "health-check-protocol": "http", "health-check-http-path": "/" },
    ),
    takes(
      "healthCheckIntervalSeconds",
      { healthCheckIntervalSeconds: 15 },
      { "health-check-interval": "15s" },
    ),
    takes(
      "healthCheckTimeoutSeconds",
      { healthCheckTimeoutSeconds: 5 },
      { "health-check-timeout": "5s" },
    ),
    takes(
      "healthCheckUnhealthyThreshold",
      { healthCheckUnhealthyThreshold: 3 },
      { "health-check-retries": "3" },
    ),
    takes(
      "healthCheckIntervalSeconds",
      { healthCheckIntervalSeconds: 3 },
      { "health-check-interval": "3s", "health-check-timeout": "3s" },
    ),
    takes(
      "healthCheckIntervalSeconds",
      { healthCheckIntervalSeconds: 60 },
      { "health-check-interval": "60s" },
    ),
    takes(
      "healthCheckTimeoutSeconds",
      { healthCheckTimeoutSeconds: 1 },
      { "health-check-timeout": "1s" },
    ),
    takes(
      "healthCheckTimeoutSeconds",
      { healthCheckTimeoutSeconds: 60 },
      { "health-check-timeout": "60s" },
    ),
    takes(
      "healthCheckUnhealthyThreshold",
      { healthCheckUnhealthyThreshold: 1 },
      { "health-check-retries": "1" },
    ),
    takes(
      "healthCheckUnhealthyThreshold",
      { healthCheckUnhealthyThreshold: 5 },
      { "health-check-retries": "5" },
    ),
    takes("proxyProtocol", { proxyProtocol: true }, { "uses-proxyprotocol": "true" }),
    takes(
      "idleTimeoutSeconds",
      { ...namedTls, idleTimeoutSeconds: 30 },
      { protocol: "https", "http-certificates": "my-certificate", "http-timeout-idle": "30s" },
    ),
    takes(
      "idleTimeoutSeconds",
      { ...namedTls, idleTimeoutSeconds: 300 },
      { protocol: "https", "http-certificates": "my-certificate", "http-timeout-idle": "300s" },
    ),
    refuses(
      "idleTimeoutSeconds",
      { idleTimeoutSeconds: 60 },
      "args.idleTimeoutSeconds is 60, must not be set without args.certificates, HetznerCloud supports it only for HTTP",
    ),
    takes(
      "exposure",
      internal,
      {
        "disable-public-network": "true",
        "use-private-ip": "true",
        "disable-private-ingress": "false",
      },
      { spec: { loadBalancerSourceRanges: undefined } },
    ),
    takes(
      "sourceRanges",
      { sourceRanges: everybody },
      {},
      { spec: { loadBalancerSourceRanges: everybody } },
    ),
    refuses(
      "sourceRanges",
      { sourceRanges: ["198.51.100.0/24"] },
      'args.sourceRanges[0] is "198.51.100.0/24", must be "0.0.0.0/0" or "::/0": HetznerCloud does not enforce source ranges; use a firewall on the nodes, or a controller that does',
    ),
    takes(
      "ipFamilyPolicy",
      { ipFamilyPolicy: "SingleStack" },
      { "ipv6-disabled": "true" },
      { spec: { ipFamilyPolicy: "SingleStack" } },
    ),
  ],
  changes: {
    healthCheckPort,
    healthCheckProtocol: healthChecks.healthCheckProtocol,
    healthCheckPath: healthChecks.healthCheckPath,
    healthCheckIntervalSeconds: healthChecks.healthCheckIntervalSeconds,
    healthCheckTimeoutSeconds: healthChecks.healthCheckTimeoutSeconds,
    healthCheckUnhealthyThreshold: healthChecks.healthCheckUnhealthyThreshold,
    certificates: inPlace(
      [
        ["one", "two"],
        ["two", "one"],
      ],
      { ports: https },
    ),
    tlsPorts: inPlace([["https"], ["https"]], { ports: https, certificates: ["one"] }),
    backendProtocol: inPlace(["Http", "Http"], { ports: https, certificates: ["one"] }),
    loadBalancerName: stays(["one", "two"]),
    location: { ...replaced(["nbg1", "hel1"]), added: "invalid", removed: "invalid" },
    subnets: replaced([["10.0.1.0/24"], ["10.0.2.0/24"]]),
    proxyProtocol: inPlace([true, false]),
    idleTimeoutSeconds: inPlace([60, 90], { ports: https, certificates: ["one"] }),
  },
  changesFrom: sourced({
    "https://github.com/hetznercloud/hcloud-cloud-controller-manager/blob/v1.35.0/internal/hcops/load_balancer.go (buildUpdateServiceOpts: what is written is sent at each sync, the rest stays)":
      ["certificates", "tlsPorts", "backendProtocol", "proxyProtocol", "idleTimeoutSeconds"],
    "https://github.com/hetznercloud/hcloud-cloud-controller-manager/blob/v1.35.0/internal/hcops/load_balancer.go (extractHealthCheck: without a port that of the service is sent)":
      [
        "healthCheckPort",
        "healthCheckProtocol",
        "healthCheckPath",
        "healthCheckIntervalSeconds",
        "healthCheckTimeoutSeconds",
        "healthCheckUnhealthyThreshold",
      ],
    "https://github.com/hetznercloud/hcloud-cloud-controller-manager/blob/v1.35.0/internal/hcops/load_balancer.go (changeHCLBInfo: another name is sent, and nothing without one)":
      ["loadBalancerName"],
    "https://github.com/hetznercloud/hcloud-cloud-controller-manager/blob/v1.35.0/internal/hcops/load_balancer.go (Create, attachToNetwork: a location and a subnet are read only before there is one)":
      ["location", "subnets"],
  }),
  ranges: {
    sources: [
      "https://github.com/hetznercloud/hcloud-cloud-controller-manager/blob/main/internal/hcops/load_balancer.go (no source range is read)",
      "https://github.com/hetznercloud/hcloud-cloud-controller-manager/pull/137 (always an IPv4 and an IPv6 address)",
    ],
    taken: everywhere({
      nothing: ["all4", "all"],
      IPv4: ["all4", "all"],
      IPv6: ["all4", "all"],
      single: ["all4", "all"],
      preferred: ["all"],
      required: ["all"],
    }),
    weakened: [],
    annotations: { [RANGES]: "0.0.0.0/0" },
    nodePorts: "always",
    balancerFamilies: () => ["IPv4", "IPv6"],
    letsIn: () => true,
  },
  updates: [
    {
      when: "what has no default is no longer written",
      before: {
        annotations: {
          name: "front",
          "algorithm-type": "least_connections",
          "uses-proxyprotocol": "true",
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
      before: { annotations: { name: "front" }, ports: [{ port: 80 }] },
      after: {
        annotations: { name: "back", "algorithm-type": "least_connections" },
        ports: [{ port: 80 }],
      },
      refused: [],
    },
    {
      when: "what is read anew each time, or says nothing alone, is no longer written",
      before: {
        annotations: {
          "disable-private-ingress": "true",
          "health-check-http-path": "/readyz",
          "health-check-port": "8080",
          hostname: "front.example.com",
          "http-certificates": "my-certificate",
          "http-timeout-idle": "60s",
          "ipv6-disabled": "true",
          "node-selector": "pool=front",
          "use-private-ip": "true",
          "example.com/team": "shop",
        },
        ports: [{ port: 80 }],
      },
      after: { annotations: {}, ports: [{ port: 80 }] },
      refused: [],
    },
  ],
};
