import { healthChecks, inPlace, replaced } from "../changes.ts";
import { RANGES } from "../source-ranges.ts";
import { sourced } from "../sources.ts";
import {
  arn,
  awsTls,
  type ControllerTable,
  everybody,
  httpAndHttps,
  httpAndUdp,
  internal,
  namedTls,
  refuses,
  takes,
  tcpAndUdpOnOnePort,
  udp,
} from "../table.ts";

const SOURCE =
  "https://github.com/linode/linode-cloud-controller-manager/blob/v0.9.8/cloud/linode/loadbalancers.go";
const TLS = '{"protocol":"https","tls-secret-name":"my-certificate"}';
const inside = { ...internal, subnets: ["1234"] };
const noRanges = { spec: { loadBalancerSourceRanges: undefined } };

export const table: ControllerTable = {
  controller: "Linode",
  documentation:
    "https://github.com/linode/linode-cloud-controller-manager/blob/main/docs/configuration/annotations.md",
  maximumPorts: 65535,
  silent: false,
  prefix: "service.beta.kubernetes.io/linode-loadbalancer-",
  asked: {},
  plain: {
    annotations: {
      "enable-ipv6-ingress": "false",
      "check-interval": "10",
      "check-attempts": "2",
      "default-proxy-protocol": "none",
    },
    spec: { loadBalancerSourceRanges: ["0.0.0.0/0"] },
  },
  addressKind: "hostname",
  evidence: {
    begun: ["EnsuringLoadBalancer"],
    accepted: ["EnsuredLoadBalancer"],
    refused: ["SyncLoadBalancerFailed"],
    unfinished: [],
    answersEachChange: true,
  },
  forceNewKeys: ["reserved-ipv4", "nodebalancer-id", "nodebalancer-type", "frontend-subnet-id"],
  exposureKeys: [
    "nodebalancer-id",
    "frontend-vpc-name",
    "frontend-subnet-name",
    "frontend-ipv4-range",
    "frontend-ipv6-range",
    "frontend-subnet-id",
    RANGES,
  ],
  sourceRanges: { by: "nothing", voidedBy: {} },
  keys: {
    certificates: ["port-"],
    tlsPorts: ["port-"],
    backendProtocol: ["port-"],
    staticAddresses: ["reserved-ipv4"],
    subnets: ["frontend-subnet-id"],
    healthCheckProtocol: ["check-type"],
    healthCheckPath: ["check-path", "check-type"],
    healthCheckIntervalSeconds: ["check-interval"],
    healthCheckTimeoutSeconds: ["check-timeout"],
    healthCheckUnhealthyThreshold: ["check-attempts"],
    proxyProtocol: ["default-proxy-protocol"],
  },
  limits: {
    certificates: { tooMany: ["one", "two"], beside: { ports: httpAndHttps } },
    backendProtocol: { values: ["Http"], beside: namedTls },
    healthCheckProtocol: { values: ["Tcp", "Http"] },
    staticAddresses: { tooMany: ["203.0.113.7", "203.0.113.8"] },
    subnets: { tooMany: ["1", "2"], beside: internal },
    healthCheckIntervalSeconds: {
      from: 2,
      to: 3600,
      besideTooHigh: { healthCheckUnhealthyThreshold: 1 },
    },
    healthCheckTimeoutSeconds: {
      from: 1,
      to: 30,
      besideTooHigh: { healthCheckIntervalSeconds: 60 },
    },
    healthCheckUnhealthyThreshold: { from: 1, to: 30 },
  },
  protocols: "TCP and UDP",
  sessionAffinity: false,
  refusedAnnotations: [
    { "port-80": TLS },
    { "nodebalancer-id": "7" },
    { "frontend-vpc-name": "shop", "frontend-subnet-name": "front" },
  ],
  cells: [
    takes(
      "certificates",
      { ports: httpAndHttps, certificates: ["my-certificate"] },
      { "port-443": TLS },
    ),
    refuses(
      "certificates",
      { ...namedTls, certificates: ["My_certificate"] },
      'args.certificates[0] is "My_certificate", must be at most 253 lower case letters, digits, "-" and ".", starting and ending with a letter or digit',
    ),
    refuses(
      "certificates",
      { ports: udp, certificates: ["my-certificate"] },
      'args.ports[0].targetPort is "dns", must be a TCP port, because it terminates TLS',
    ),
    takes(
      "tlsPorts",
      { ports: httpAndHttps, certificates: ["my-certificate"], tlsPorts: ["http", "https"] },
      { "port-80": TLS, "port-443": TLS },
    ),
    refuses(
      "alpnPolicy",
      { ...awsTls, alpnPolicy: "HTTP2Preferred" },
      `args.certificates[0] is "${arn("one")}", must be at most 253 lower case letters, digits, "-" and ".", starting and ending with a letter or digit`,
      'args.alpnPolicy is "HTTP2Preferred", must not be set: it is not supported by Linode; supported by AwsLoadBalancerController, EksAutoMode',
    ),
    takes("backendProtocol", { ...namedTls, backendProtocol: "Http" }, { "port-443": TLS }),
    takes(
      "staticAddresses",
      { staticAddresses: ["203.0.113.7"] },
      { "reserved-ipv4": "203.0.113.7" },
    ),
    refuses(
      "staticAddresses",
      { staticAddresses: ["front"] },
      'args.staticAddresses[0] is "front", must be a reserved IPv4 address',
    ),
    refuses(
      "staticAddresses",
      { staticAddresses: [5] },
      "args.staticAddresses[0] is 5, must be a non-empty string",
    ),
    refuses(
      "staticAddresses",
      { ...inside, staticAddresses: ["203.0.113.7"] },
      "args.staticAddresses is a list, must not be set for an internal load balancer: reserved addresses of Linode are public",
    ),
    takes("subnets", inside, { "frontend-subnet-id": "1234" }, noRanges),
    refuses(
      "subnets",
      { ...internal, subnets: ["front"] },
      'args.subnets[0] is "front", must be the id of a subnet, such as 1234',
    ),
    refuses(
      "subnets",
      { subnets: ["1234"] },
      "args.subnets is a list, must not be set for a public load balancer: with a subnet Linode gives it an address of the VPC",
    ),
    takes("healthCheckProtocol", { healthCheckProtocol: "Tcp" }, { "check-type": "connection" }),
    takes("healthCheckProtocol", { healthCheckProtocol: "Http" }, { "check-type": "http" }),
    refuses(
      "healthCheckProtocol",
      { healthCheckProtocol: "Https" },
      'args.healthCheckProtocol is "Https", must be "Tcp" or "Http"',
    ),
    takes(
      "healthCheckPath",
      { healthCheckPath: "/readyz" },
      { "check-type": "http", "check-path": "/readyz" },
    ),
    takes(
      "healthCheckIntervalSeconds",
      {
        healthCheckIntervalSeconds: 3600,
        healthCheckTimeoutSeconds: 30,
        healthCheckUnhealthyThreshold: 1,
      },
      { "check-interval": "3600", "check-timeout": "30", "check-attempts": "1" },
    ),
    takes(
      "healthCheckIntervalSeconds",
      { healthCheckIntervalSeconds: 2, healthCheckTimeoutSeconds: 1 },
      { "check-interval": "2", "check-timeout": "1" },
    ),
    takes(
      "healthCheckIntervalSeconds",
      { healthCheckIntervalSeconds: 4 },
      { "check-interval": "4" },
    ),
    refuses(
      "healthCheckIntervalSeconds",
      { healthCheckIntervalSeconds: 3 },
      "args.healthCheckTimeoutSeconds is 3, must be less than args.healthCheckIntervalSeconds, which is 3",
    ),
    refuses(
      "healthCheckIntervalSeconds",
      { healthCheckIntervalSeconds: 1 },
      "args.healthCheckIntervalSeconds is 1, must be an integer from 2 to 3600",
      "args.healthCheckTimeoutSeconds is 3, must be less than args.healthCheckIntervalSeconds, which is 1",
    ),
    refuses(
      "healthCheckIntervalSeconds",
      { healthCheckIntervalSeconds: Symbol("10") },
      "args.healthCheckIntervalSeconds is Symbol(10), must be an integer from 1 up",
    ),
    refuses(
      "healthCheckTimeoutSeconds",
      { healthCheckTimeoutSeconds: 10 },
      "args.healthCheckTimeoutSeconds is 10, must be less than args.healthCheckIntervalSeconds, which is 10",
    ),
    refuses(
      "healthCheckTimeoutSeconds",
      { healthCheckTimeoutSeconds: "5" },
      'args.healthCheckTimeoutSeconds is "5", must be an integer from 1 up; remove the quotes; of configuration use getNumber',
    ),
    takes("healthCheckTimeoutSeconds", { healthCheckTimeoutSeconds: 9 }, { "check-timeout": "9" }),
    takes(
      "healthCheckUnhealthyThreshold",
      { healthCheckUnhealthyThreshold: 30 },
      { "check-attempts": "30" },
    ),
    takes(
      "healthCheckUnhealthyThreshold",
      { healthCheckUnhealthyThreshold: 1 },
      { "check-attempts": "1" },
    ),
    takes("proxyProtocol", { proxyProtocol: true }, { "default-proxy-protocol": "v2" }),
    takes("proxyProtocol", { proxyProtocol: false, ports: udp }),
    refuses(
      "proxyProtocol",
      { proxyProtocol: true, ports: httpAndUdp },
      "args.proxyProtocol is true, must not be set: args.ports[1] is a UDP port, for which Linode has no PROXY protocol",
    ),
    refuses(
      "proxyProtocol",
      { proxyProtocol: true, ports: udp },
      "args.proxyProtocol is true, must not be set: args.ports[0] is a UDP port, for which Linode has no PROXY protocol",
    ),
    refuses(
      "tcpAndUdp",
      { ports: tcpAndUdpOnOnePort },
      "args.ports[1].port is 53, must differ from args.ports[0].port: Linode has one protocol per number; use a second LoadBalancerService",
    ),
    refuses(
      "exposure",
      internal,
      "args.subnets is undefined, must name the subnet of the VPC that an internal load balancer has its address in: Linode makes a public one otherwise",
    ),
    takes("exposure", { ...inside, sourceRanges: ["0.0.0.0/0"] }, { "frontend-subnet-id": "1234" }),
    takes("annotations", { annotations: { "firewall-id": "7" } }, { "firewall-id": "7" }),
    refuses(
      "sourceRanges",
      { sourceRanges: ["198.51.100.0/24"] },
      'args.sourceRanges[0] is "198.51.100.0/24", must be "0.0.0.0/0" or "::/0": Linode does not enforce source ranges; use a firewall on the nodes, or a controller that does',
    ),
    takes(
      "ipFamilyPolicy",
      { sourceRanges: everybody, ipFamilyPolicy: "PreferDualStack" },
      { "enable-ipv6-ingress": "true" },
      { spec: { loadBalancerSourceRanges: everybody, ipFamilyPolicy: "PreferDualStack" } },
    ),
    takes(
      "ipFamilyPolicy",
      { sourceRanges: everybody, ipFamilyPolicy: "RequireDualStack" },
      { "enable-ipv6-ingress": "true" },
      { spec: { loadBalancerSourceRanges: everybody, ipFamilyPolicy: "RequireDualStack" } },
    ),
  ],
  changes: {
    healthCheckProtocol: inPlace(["Http", "Tcp"]),
    healthCheckPath: healthChecks.healthCheckPath,
    healthCheckIntervalSeconds: healthChecks.healthCheckIntervalSeconds,
    healthCheckTimeoutSeconds: healthChecks.healthCheckTimeoutSeconds,
    healthCheckUnhealthyThreshold: healthChecks.healthCheckUnhealthyThreshold,
    certificates: inPlace([["one"], ["two"]], { ports: namedTls.ports }),
    tlsPorts: inPlace([["http"], ["https"]], { ports: httpAndHttps, certificates: ["one"] }),
    backendProtocol: inPlace(["Http", "Http"], namedTls),
    staticAddresses: replaced([["203.0.113.7"], ["203.0.113.8"]]),
    subnets: { ...replaced([["1"], ["2"]], internal), added: "invalid", removed: "invalid" },
    proxyProtocol: inPlace([true, false]),
  },
  changesFrom: sourced({
    [`${SOURCE} (updateNodeBalancer, buildNodeBalancerConfig: each port is built anew at each sync)`]:
      [
        "certificates",
        "tlsPorts",
        "backendProtocol",
        "healthCheckProtocol",
        "healthCheckPath",
        "healthCheckIntervalSeconds",
        "healthCheckTimeoutSeconds",
        "healthCheckUnhealthyThreshold",
        "proxyProtocol",
      ],
    [`${SOURCE} (updateNodeBalancer: only warns of another reserved address; createNodeBalancer alone reads the subnet)`]:
      ["staticAddresses", "subnets"],
  }),
  ranges: {
    sources: [`${SOURCE} (no source range is read)`],
    asked: {},
    taken: {
      Public: {
        nothing: ["all4", "all"],
        IPv4: ["all4", "all"],
        IPv6: ["all4", "all"],
        single: ["all4", "all"],
        preferred: ["all"],
        required: ["all"],
      },
      Internal: { nothing: [], IPv4: [], IPv6: [], single: [], preferred: [], required: [] },
    },
    weakened: [],
    annotations: { [RANGES]: "0.0.0.0/0" },
    nodePorts: "always",
    balancerFamilies: () => ["IPv4", "IPv6"],
    letsIn: () => true,
  },
};
