import { healthCheckPort, healthChecks, inPlace, MUST_STAY, replaced, stays } from "../changes.ts";
import { asTheService, everywhere, KUBE_PROXY, RANGES } from "../source-ranges.ts";
import { sourced } from "../sources.ts";
import { says } from "../strangers.ts";
import {
  type ControllerTable,
  everybody,
  http,
  httpAndHttps,
  httpAndUdp,
  internal,
  refuses,
  sctp,
  takes,
  tcpAndUdpOnOnePort,
  udp,
} from "../table.ts";

/** The health check of a port when nobody asks for one. */
const probeOf = (port: number) => ({
  [`port_${port}_health-probe_protocol`]: "Tcp",
  [`port_${port}_health-probe_interval`]: "10",
  [`port_${port}_health-probe_num-of-probe`]: "2",
});
const WITHOUT_PROBE_OF_80 = {
  "port_80_health-probe_protocol": undefined,
  "port_80_health-probe_interval": undefined,
  "port_80_health-probe_num-of-probe": undefined,
};

export const table: ControllerTable = {
  controller: "Azure",
  documentation: "https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/",
  maximumPorts: 250,
  silent: false,
  prefix: "service.beta.kubernetes.io/",
  asked: {},
  plain: {
    annotations: {
      "azure-load-balancer-internal": "false",
      "azure-deny-all-except-load-balancer-source-ranges": "true",
      "port_80_health-probe_protocol": "Tcp",
      "port_80_health-probe_interval": "10",
      "port_80_health-probe_num-of-probe": "2",
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
    "azure-load-balancer-internal",
    "azure-load-balancer-internal-subnet",
    "azure-load-balancer-ipv4",
    "azure-load-balancer-ipv6",
    "azure-pip-name",
    "azure-pip-name-ipv6",
  ],
  exposureKeys: [
    "azure-load-balancer-internal",
    "azure-allowed-ip-ranges",
    "azure-allowed-service-tags",
    "load-balancer-source-ranges",
    "azure-additional-public-ips",
    "azure-deny-all-except-load-balancer-source-ranges",
  ],
  sourceRanges: {
    by: "the network security group, and kube-proxy",
    voidedBy: {
      "azure-disable-load-balancer-nsg-rule": /^true$/i,
      "azure-disable-load-balancer-floating-ip": /^true$/i,
      "azure-allowed-service-tags": /./,
    },
  },
  openKeys: ["port_*_health-probe_port"],
  keys: {
    staticAddresses: [
      "azure-pip-name",
      "azure-pip-name-ipv6",
      "azure-load-balancer-ipv4",
      "azure-load-balancer-ipv6",
    ],
    subnets: ["azure-load-balancer-internal-subnet"],
    tags: ["azure-pip-tags"],
    healthCheckPort: ["port_*_health-probe_port"],
    healthCheckProtocol: ["port_*_health-probe_protocol"],
    healthCheckPath: ["port_*_health-probe_request-path"],
    healthCheckIntervalSeconds: ["port_*_health-probe_interval"],
    healthCheckUnhealthyThreshold: ["port_*_health-probe_num-of-probe"],
    idleTimeoutSeconds: ["azure-load-balancer-tcp-idle-timeout"],
  },

  limits: {
    staticAddresses: {
      tooMany: ["one", "two", "three"],
      beside: { sourceRanges: everybody, ipFamilyPolicy: "PreferDualStack" },
    },
    subnets: { tooMany: ["one", "two"], beside: internal },
    healthCheckIntervalSeconds: { from: 5 },
    healthCheckUnhealthyThreshold: { from: 2 },
    idleTimeoutSeconds: { from: 240, to: 6000 },
  },
  protocols: "TCP, UDP and SCTP",
  sessionAffinity: true,
  refusedAnnotations: [
    { "azure-pip-name": "front" },
    { "port_80_health-probe_protocol": "Http" },
    { "azure-load-balancer-internal": "true" },
    { "azure-allowed-service-tags": "Internet" },
  ],
  cells: [
    ...["port_80_no_lb_rule", "port_80_no_probe_rule"].map((name) =>
      takes("annotations", { annotations: { [name]: "true" } }, { [name]: "true" }),
    ),
    takes(
      "annotations",
      { annotations: { "port_80_health-probe_port": "8081" } },
      { "port_80_health-probe_port": "8081" },
    ),
    takes("staticAddresses", { staticAddresses: ["front-ip"] }, { "azure-pip-name": "front-ip" }),
    takes(
      "staticAddresses",
      {
        sourceRanges: everybody,
        staticAddresses: ["front-ip", "front-ipv6"],
        ipFamilyPolicy: "RequireDualStack",
      },
      { "azure-pip-name": "front-ip", "azure-pip-name-ipv6": "front-ipv6" },
      {
        spec: {
          ipFamilies: undefined,
          loadBalancerSourceRanges: everybody,
          ipFamilyPolicy: "RequireDualStack",
        },
      },
    ),
    takes(
      "staticAddresses",
      { ...internal, staticAddresses: ["10.0.1.10"] },
      {
        "azure-deny-all-except-load-balancer-source-ranges": undefined,
        "azure-load-balancer-internal": "true",
        "azure-load-balancer-ipv4": "10.0.1.10",
      },
      { spec: { ipFamilies: undefined, loadBalancerSourceRanges: undefined } },
    ),
    takes(
      "staticAddresses",
      {
        ...internal,
        staticAddresses: ["10.0.1.10", "fd00::10"],
        ipFamilyPolicy: "RequireDualStack",
      },
      {
        "azure-deny-all-except-load-balancer-source-ranges": undefined,
        "azure-load-balancer-internal": "true",
        "azure-load-balancer-ipv4": "10.0.1.10",
        "azure-load-balancer-ipv6": "fd00::10",
      },
      {
        spec: {
          ipFamilies: undefined,
          loadBalancerSourceRanges: undefined,
          ipFamilyPolicy: "RequireDualStack",
        },
      },
    ),
    refuses(
      "staticAddresses",
      { staticAddresses: ["one", "two"] },
      "args.staticAddresses.length is 2, must be at most 1, unless args.ipFamilyPolicy asks for two families: each has one address",
    ),
    takes(
      "staticAddresses",
      { sourceRanges: ["::/0"], staticAddresses: ["front-ipv6"], ipFamilies: ["IPv6"] },
      { "azure-pip-name-ipv6": "front-ipv6" },
      { spec: { loadBalancerSourceRanges: ["::/0"], ipFamilies: ["IPv6"] } },
    ),
    takes(
      "staticAddresses",
      {
        sourceRanges: everybody,
        staticAddresses: ["front-ipv6", "front-ip"],
        ipFamilies: ["IPv6", "IPv4"],
        ipFamilyPolicy: "RequireDualStack",
      },
      { "azure-pip-name-ipv6": "front-ipv6", "azure-pip-name": "front-ip" },
      {
        spec: {
          loadBalancerSourceRanges: everybody,
          ipFamilies: ["IPv6", "IPv4"],
          ipFamilyPolicy: "RequireDualStack",
        },
      },
    ),
    refuses(
      "staticAddresses",
      { staticAddresses: ["203.0.113.7"] },
      'args.staticAddresses[0] is "203.0.113.7", must be the name of a public IP address for a public load balancer',
    ),
    refuses(
      "staticAddresses",
      { ...internal, staticAddresses: ["front-ip"] },
      'args.staticAddresses[0] is "front-ip", must be an IP address of the subnet for an internal load balancer',
    ),
    takes(
      "subnets",
      { ...internal, subnets: ["front"] },
      {
        "azure-deny-all-except-load-balancer-source-ranges": undefined,
        "azure-load-balancer-internal": "true",
        "azure-load-balancer-internal-subnet": "front",
      },
      { spec: { ipFamilies: undefined, loadBalancerSourceRanges: undefined } },
    ),
    refuses(
      "subnets",
      { subnets: ["front"] },
      "args.subnets is a list, must not be set: a public load balancer of Azure is in no subnet",
    ),
    takes(
      "tags",
      { tags: { app: "shop", stack: "prod" } },
      { "azure-pip-tags": "app=shop,stack=prod" },
    ),
    refuses(
      "tags",
      { ...internal, tags: { app: "shop" } },
      "args.tags is an object, must not be set: Azure supports tags only for public addresses",
    ),
    takes(
      "healthCheckPort",
      { healthCheckPort: "http", ports: httpAndHttps },
      { "port_80_health-probe_port": "80", "port_443_health-probe_port": "80", ...probeOf(443) },
    ),
    refuses(
      "healthCheckPort",
      { healthCheckPort: "dns", ports: httpAndUdp },
      'args.healthCheckPort is "dns", must be the name of a TCP port: "http"',
    ),
    refuses(
      "healthCheckPort",
      { healthCheckPort: "http", externalTrafficPolicy: "Local" },
      'args.healthCheckPort is "http", must not be set with externalTrafficPolicy "Local": nodes report whether they have a ready Pod',
    ),
    takes("healthCheckProtocol", { healthCheckProtocol: "Tcp" }),
    takes(
      "healthCheckProtocol",
      { healthCheckProtocol: "Http", healthCheckPath: "/readyz" },
      { "port_80_health-probe_protocol": "Http", "port_80_health-probe_request-path": "/readyz" },
    ),
    takes(
      "healthCheckProtocol",
      { healthCheckProtocol: "Https", healthCheckPath: "/readyz" },
      { "port_80_health-probe_protocol": "Https", "port_80_health-probe_request-path": "/readyz" },
    ),
    takes(
      "healthCheckPath",
      { healthCheckPath: "/readyz", ports: httpAndHttps },
      {
        "port_80_health-probe_protocol": "Http",
        "port_80_health-probe_request-path": "/readyz",
        "port_443_health-probe_protocol": "Http",
        "port_443_health-probe_request-path": "/readyz",
        "port_443_health-probe_interval": "10",
        "port_443_health-probe_num-of-probe": "2",
      },
    ),
    takes(
      "healthCheckIntervalSeconds",
      { healthCheckIntervalSeconds: 5 },
      { "port_80_health-probe_interval": "5" },
    ),
    refuses(
      "healthCheckIntervalSeconds",
      { healthCheckIntervalSeconds: 60 },
      "args.healthCheckIntervalSeconds is 60, must be lower, or args.healthCheckUnhealthyThreshold, which is 2: Azure needs a product of the two below 120",
    ),
    takes(
      "healthCheckIntervalSeconds",
      { healthCheckIntervalSeconds: 59 },
      { "port_80_health-probe_interval": "59" },
    ),
    refuses(
      "healthCheckUnhealthyThreshold",
      { healthCheckUnhealthyThreshold: 12 },
      "args.healthCheckIntervalSeconds is 10, must be lower, or args.healthCheckUnhealthyThreshold, which is 12: Azure needs a product of the two below 120",
    ),
    refuses(
      "healthCheckIntervalSeconds",
      { healthCheckIntervalSeconds: Symbol("10") },
      "args.healthCheckIntervalSeconds is Symbol(10), must be an integer from 1 up",
    ),
    refuses(
      "healthCheckUnhealthyThreshold",
      { healthCheckUnhealthyThreshold: Symbol("3") },
      "args.healthCheckUnhealthyThreshold is Symbol(3), must be an integer from 1 up",
    ),
    takes("healthCheckUnhealthyThreshold", { healthCheckUnhealthyThreshold: 2 }),
    takes(
      "healthCheckUnhealthyThreshold",
      { healthCheckUnhealthyThreshold: 3 },
      { "port_80_health-probe_num-of-probe": "3" },
    ),
    takes(
      "idleTimeoutSeconds",
      { idleTimeoutSeconds: 240 },
      { "azure-load-balancer-tcp-idle-timeout": "4" },
    ),
    takes(
      "idleTimeoutSeconds",
      { idleTimeoutSeconds: 6000 },
      { "azure-load-balancer-tcp-idle-timeout": "100" },
    ),
    refuses(
      "idleTimeoutSeconds",
      { idleTimeoutSeconds: 180 },
      "args.idleTimeoutSeconds is 180, must be an integer from 240 to 6000",
    ),
    refuses(
      "idleTimeoutSeconds",
      { idleTimeoutSeconds: 6060 },
      "args.idleTimeoutSeconds is 6060, must be an integer from 240 to 6000",
    ),
    refuses(
      "idleTimeoutSeconds",
      { idleTimeoutSeconds: 250 },
      "args.idleTimeoutSeconds is 250, must be whole minutes, a multiple of 60",
    ),
    takes(
      "exposure",
      internal,
      {
        "azure-deny-all-except-load-balancer-source-ranges": undefined,
        "azure-load-balancer-internal": "true",
      },
      { spec: { ipFamilies: undefined, loadBalancerSourceRanges: undefined } },
    ),
    takes(
      "externalTrafficPolicy",
      { externalTrafficPolicy: "Local" },
      {
        ...WITHOUT_PROBE_OF_80,
      },
      { spec: { externalTrafficPolicy: "Local" } },
    ),
    refuses(
      "externalTrafficPolicy",
      {
        externalTrafficPolicy: "Local",
        healthCheckProtocol: "Http",
        healthCheckIntervalSeconds: 20,
        healthCheckUnhealthyThreshold: 3,
      },
      'args.healthCheckProtocol is "Http", must not be set with externalTrafficPolicy "Local": nodes report whether they have a ready Pod',
      'args.healthCheckIntervalSeconds is 20, must not be set with externalTrafficPolicy "Local": nodes report whether they have a ready Pod',
      'args.healthCheckUnhealthyThreshold is 3, must not be set with externalTrafficPolicy "Local": nodes report whether they have a ready Pod',
    ),
    refuses(
      "externalTrafficPolicy",
      { externalTrafficPolicy: "Local", healthCheckPath: "/readyz" },
      'args.healthCheckPath is "/readyz", must not be set with externalTrafficPolicy "Local": nodes report whether they have a ready Pod',
    ),
    takes(
      "udp",
      { ports: udp },
      {
        ...WITHOUT_PROBE_OF_80,
        ...probeOf(53),
      },
    ),
    takes("udp", { ports: httpAndUdp }, probeOf(53)),
    takes(
      "tcpAndUdp",
      { ports: tcpAndUdpOnOnePort },
      {
        ...WITHOUT_PROBE_OF_80,
        ...probeOf(53),
      },
    ),
    refuses(
      "sctp",
      { ports: sctp },
      'args.ports[0].targetPort is "sctp", must be a TCP or UDP port: Azure supports SCTP only for internal load balancers',
    ),
    refuses(
      "sctp",
      { ports: [...http, ...sctp] },
      'args.ports[1].targetPort is "sctp", must be a TCP or UDP port: Azure supports SCTP only for internal load balancers',
    ),
    takes(
      "sctp",
      { ...internal, ports: sctp },
      {
        "azure-deny-all-except-load-balancer-source-ranges": undefined,
        "azure-load-balancer-internal": "true",
        ...WITHOUT_PROBE_OF_80,
        ...probeOf(9899),
      },
      { spec: { ipFamilies: undefined, loadBalancerSourceRanges: undefined } },
    ),
  ],
  changes: {
    healthCheckPort,
    healthCheckProtocol: healthChecks.healthCheckProtocol,
    healthCheckPath: healthChecks.healthCheckPath,
    healthCheckIntervalSeconds: healthChecks.healthCheckIntervalSeconds,
    healthCheckUnhealthyThreshold: healthChecks.healthCheckUnhealthyThreshold,
    staticAddresses: replaced([["one"], ["two"]]),
    subnets: replaced([["one"], ["two"]], internal),
    tags: stays([{ app: "shop" }, { app: "web" }]),
    idleTimeoutSeconds: inPlace([240, 300]),
  },
  changesFrom: sourced({
    "https://github.com/kubernetes-sigs/cloud-provider-azure/blob/v1.36.5/pkg/provider/azure_loadbalancer.go (isFrontendIPChanged: another address or subnet makes another frontend)":
      ["staticAddresses", "subnets"],
    "https://github.com/kubernetes-sigs/cloud-provider-azure/blob/v1.36.5/pkg/provider/azure_loadbalancer.go (ensurePIPTagged: tags are added and changed, others stay)":
      ["tags"],
    "https://github.com/kubernetes-sigs/cloud-provider-azure/blob/v1.36.5/pkg/provider/azure_loadbalancer_healthprobe.go (buildHealthProbeRulesForPort: built anew at each sync)":
      [
        "healthCheckPort",
        "healthCheckProtocol",
        "healthCheckPath",
        "healthCheckIntervalSeconds",
        "healthCheckUnhealthyThreshold",
      ],
    "https://github.com/kubernetes-sigs/cloud-provider-azure/blob/v1.36.5/pkg/provider/azure_loadbalancer.go (getExpectedLoadBalancingRulePropertiesForPort: 4 minutes without the annotation)":
      ["idleTimeoutSeconds"],
  }),
  ranges: {
    sources: [
      "https://github.com/kubernetes-sigs/cloud-provider-azure/blob/v1.33.0/pkg/provider/loadbalancer/accesscontrol.go (DenyAllExceptSourceRanges: the virtual network is let in without it)",
      "https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/",
      KUBE_PROXY,
    ],
    taken: everywhere(asTheService),
    weakened: [],
    annotations: {
      [RANGES]: "0.0.0.0/0",
      "azure-deny-all-except-load-balancer-source-ranges": "false",
      "azure-allowed-ip-ranges": "0.0.0.0/0",
      "azure-allowed-service-tags": "Internet",
      "azure-additional-public-ips": "203.0.113.9",
      "azure-disable-load-balancer-nsg-rule": "true",
      "azure-disable-load-balancer-floating-ip": "true",
    },
    nodePorts: "always",
    // Of a virtual network everybody is let in by a rule of the network's own.
    letsIn: ({ annotations, isListed, isNear }) =>
      isListed || (isNear && !says(annotations, "deny-all-except-load-balancer", "true")),
  },
  updates: [
    {
      when: "a tag is no longer written",
      before: { annotations: { "azure-pip-tags": "app=shop,stack=prod" }, ports: [{ port: 80 }] },
      after: { annotations: { "azure-pip-tags": "stack=test" }, ports: [{ port: 80 }] },
      refused: [`args.tags["app"] ${MUST_STAY}`],
    },
    {
      when: "a DNS label is no longer written",
      before: { annotations: { "azure-dns-label-name": "shop" }, ports: [{ port: 80 }] },
      after: { annotations: {}, ports: [{ port: 80 }] },
      refused: [`args.annotations["service.beta.kubernetes.io/azure-dns-label-name"] ${MUST_STAY}`],
    },
    {
      when: "a tag changes and another comes",
      before: { annotations: { "azure-pip-tags": "app=shop" }, ports: [{ port: 80 }] },
      after: { annotations: { "azure-pip-tags": "app=web,stack=prod" }, ports: [{ port: 80 }] },
      refused: [],
    },
  ],
};
