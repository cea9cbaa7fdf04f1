import { healthChecks, inPlace, replaced } from "../changes.ts";
import { ipv4Alone, ipv4OrBoth, RANGES } from "../source-ranges.ts";
import { sourced } from "../sources.ts";
import { says } from "../strangers.ts";
import {
  arn,
  awsTls,
  type ControllerTable,
  everybody,
  httpAndHttps,
  https,
  internal,
  refuses,
  takes,
} from "../table.ts";

const SOURCE =
  "https://github.com/scaleway/scaleway-cloud-controller-manager/blob/v0.36.2/scaleway/loadbalancers.go";
const ACL =
  "https://github.com/scaleway/scaleway-cloud-controller-manager/blob/v0.36.2/scaleway/acl.go";
const ONE = "11111111-2222-4333-8444-555555555555";
const TWO = "22222222-2222-4333-8444-555555555555";
const THREE = "33333333-2222-4333-8444-555555555555";
const MUST_BE_ID = "must be an id, such as 11111111-2222-4333-8444-555555555555";
const LEVELS = ["modern", "intermediate", "old"].map((it) => `ssl_compatibility_level_${it}`);
const tls = { ports: https, certificates: [ONE] };
const TIMEOUT_KEYS = ["timeout-client", "timeout-server", "timeout-tunnel"] as const;
const two = { sourceRanges: everybody, ipFamilyPolicy: "PreferDualStack" };
const twoSpec = {
  spec: { loadBalancerSourceRanges: everybody, ipFamilyPolicy: "PreferDualStack" },
};

export const table: ControllerTable = {
  controller: "Scaleway",
  documentation:
    "https://github.com/scaleway/scaleway-cloud-controller-manager/blob/main/docs/loadbalancer-annotations.md",
  maximumPorts: 65535,
  silent: false,
  prefix: "service.beta.kubernetes.io/scw-loadbalancer-",
  asked: {},
  plain: {
    annotations: {
      private: "false",
      "health-check-type": "tcp",
      "health-check-delay": "10s",
      "health-check-max-retries": "2",
      "proxy-protocol-v2": "false",
    },
    spec: { loadBalancerSourceRanges: ["0.0.0.0/0"] },
  },
  addressKind: "ip",
  hostnameKey: "use-hostname",
  evidence: {
    begun: ["EnsuringLoadBalancer"],
    accepted: ["EnsuredLoadBalancer"],
    refused: ["SyncLoadBalancerFailed"],
    unfinished: [],
    answersEachChange: true,
  },
  forceNewKeys: ["private", "zone", "ip-ids", "flexible-ip-types", "private-ip-ids"],
  exposureKeys: ["private", "id", "externally-managed", RANGES],
  sourceRanges: { by: "the load balancer's firewall", voidedBy: {} },
  keys: {
    certificates: ["certificate-ids"],
    tlsPorts: ["certificate-ids"],
    tlsPolicy: ["ssl-compatibility-level"],
    backendProtocol: ["protocol-http", "http-backend-tls"],
    staticAddresses: ["ip-ids"],
    location: ["zone"],
    healthCheckProtocol: ["health-check-type"],
    healthCheckPath: ["health-check-http-uri"],
    healthCheckIntervalSeconds: ["health-check-delay"],
    healthCheckTimeoutSeconds: ["health-check-timeout"],
    healthCheckUnhealthyThreshold: ["health-check-max-retries"],
    proxyProtocol: ["proxy-protocol-v2"],
    idleTimeoutSeconds: TIMEOUT_KEYS,
  },
  olderKeys: { proxyProtocol: ["proxy-protocol-v1", "send-proxy-v2"] },
  limits: {
    tlsPolicy: { values: LEVELS },
    location: { values: ["fr-par-1", "fr-par-2", "nl-ams-2"] },
    backendProtocol: { values: ["Http", "Https"], beside: tls },
    staticAddresses: { tooMany: [ONE, TWO, THREE], beside: two },
  },
  protocols: "TCP",
  sessionAffinity: false,
  refusedAnnotations: [
    { "ip-ids": ONE },
    { id: `fr-par-1/${ONE}` },
    { id: `fr-par-1/${ONE}`, "externally-managed": "true" },
  ],
  cells: [
    takes(
      "certificates",
      { ports: httpAndHttps, certificates: [ONE, `fr-par-1/${TWO}`] },
      { "certificate-ids": `443:${ONE},fr-par-1/${TWO}` },
    ),
    takes(
      "certificates",
      { ports: https, certificates: [`fr-par/${TWO}`] },
      {
        "certificate-ids": `443:fr-par/${TWO}`,
      },
    ),
    refuses(
      "certificates",
      { ports: https, certificates: ["my-certificate"] },
      `args.certificates[0] is "my-certificate", ${MUST_BE_ID}`,
    ),
    takes(
      "tlsPorts",
      { ports: httpAndHttps, certificates: [ONE], tlsPorts: ["http", "https"] },
      { "certificate-ids": `80,443:${ONE}` },
    ),
    ...LEVELS.map((tlsPolicy) =>
      takes(
        "tlsPolicy",
        { ...tls, tlsPolicy },
        { "certificate-ids": `443:${ONE}`, "ssl-compatibility-level": tlsPolicy },
      ),
    ),
    refuses(
      "tlsPolicy",
      { ...tls, tlsPolicy: "modern" },
      'args.tlsPolicy is "modern", must be "ssl_compatibility_level_modern" or "ssl_compatibility_level_intermediate" or "ssl_compatibility_level_old"',
    ),
    takes(
      "backendProtocol",
      { ...tls, ports: httpAndHttps, backendProtocol: "Http" },
      { "certificate-ids": `443:${ONE}`, "protocol-http": "443" },
    ),
    takes(
      "backendProtocol",
      { ...tls, backendProtocol: "Https" },
      { "certificate-ids": `443:${ONE}`, "protocol-http": "443", "http-backend-tls": "443" },
    ),
    refuses(
      "tlsPolicy",
      { ports: https, tlsPolicy: "Modern" },
      'args.tlsPolicy is "Modern", must be "ssl_compatibility_level_modern" or "ssl_compatibility_level_intermediate" or "ssl_compatibility_level_old"',
      'args.tlsPolicy is "Modern", must not be set without args.certificates',
    ),
    refuses(
      "alpnPolicy",
      { ...awsTls, alpnPolicy: "HTTP2Preferred" },
      `args.certificates[0] is "${arn("one")}", ${MUST_BE_ID}`,
      'args.alpnPolicy is "HTTP2Preferred", must not be set: it is not supported by Scaleway; supported by AwsLoadBalancerController, EksAutoMode',
    ),
    takes("staticAddresses", { staticAddresses: [ONE] }, { "ip-ids": ONE }),
    takes(
      "staticAddresses",
      { ...two, staticAddresses: [ONE, TWO] },
      { "ip-ids": `${ONE},${TWO}`, "flexible-ip-types": "ipv4,ipv6" },
      twoSpec,
    ),
    refuses(
      "staticAddresses",
      { ...two, staticAddresses: [ONE] },
      "args.staticAddresses.length is 1, must be 2, of IPv4 and of IPv6, because args.ipFamilyPolicy asks for two families",
    ),
    refuses(
      "staticAddresses",
      { staticAddresses: [ONE, TWO] },
      "args.staticAddresses.length is 2, must be at most 1, unless args.ipFamilyPolicy asks for two families: each has one address",
    ),
    refuses(
      "staticAddresses",
      { staticAddresses: ["203.0.113.7"] },
      `args.staticAddresses[0] is "203.0.113.7", ${MUST_BE_ID}`,
    ),
    refuses(
      "staticAddresses",
      { staticAddresses: [`fr-par-1/${ONE}`] },
      `args.staticAddresses[0] is "fr-par-1/${ONE}", ${MUST_BE_ID}`,
    ),
    refuses(
      "staticAddresses",
      { ...internal, staticAddresses: [ONE] },
      "args.staticAddresses is a list, must not be set for an internal load balancer: reserved addresses of Scaleway are public",
    ),
    takes("location", { location: "nl-ams-2" }, { zone: "nl-ams-2" }),
    refuses(
      "location",
      { location: "fr-par" },
      'args.location is "fr-par", must be a zone, such as fr-par-1',
    ),
    takes("healthCheckProtocol", { healthCheckProtocol: "Tcp" }),
    takes(
      "healthCheckProtocol",
      { healthCheckProtocol: "Https" },
      { "health-check-type": "https" },
    ),
    takes(
      "healthCheckPath",
      { healthCheckPath: "/readyz?full=1" },
      { "health-check-type": "http", "health-check-http-uri": "/readyz?full=1" },
    ),
    takes(
      "healthCheckPath",
      { healthCheckPath: "/readyz", healthCheckProtocol: "Https" },
      { "health-check-type": "https", "health-check-http-uri": "/readyz" },
    ),
    refuses(
      "healthCheckPath",
      { healthCheckPath: "/readyz?full=1", healthCheckProtocol: "Https" },
      'args.healthCheckPath is "/readyz?full=1", must be a path without "?" with args.healthCheckProtocol "Https": Scaleway leaves a query out',
    ),
    ...["/a:b", "/a;b", "/a#b"].map((path) =>
      refuses(
        "healthCheckPath",
        { healthCheckPath: path },
        `args.healthCheckPath is "${path}", must be a path without ":", ";" and "#", such as /readyz`,
      ),
    ),
    takes(
      "healthCheckIntervalSeconds",
      { healthCheckIntervalSeconds: 3 },
      { "health-check-delay": "3s" },
    ),
    takes(
      "healthCheckTimeoutSeconds",
      { healthCheckTimeoutSeconds: 3 },
      { "health-check-timeout": "3s" },
    ),
    takes(
      "healthCheckUnhealthyThreshold",
      { healthCheckUnhealthyThreshold: 4 },
      { "health-check-max-retries": "4" },
    ),
    takes("proxyProtocol", { proxyProtocol: true }, { "proxy-protocol-v2": "true" }),
    takes("proxyProtocol", { proxyProtocol: false }),
    takes(
      "idleTimeoutSeconds",
      { idleTimeoutSeconds: 120 },
      { "timeout-client": "120s", "timeout-server": "120s", "timeout-tunnel": "120s" },
    ),
    takes(
      "exposure",
      internal,
      { private: "true" },
      { spec: { loadBalancerSourceRanges: undefined } },
    ),
    takes("annotations", { annotations: { "pn-ids": ONE } }, { "pn-ids": ONE }),
    takes(
      "sourceRanges",
      { sourceRanges: ["198.51.100.0/24"] },
      {},
      {
        spec: { loadBalancerSourceRanges: ["198.51.100.0/24"] },
      },
    ),
    refuses(
      "sourceRanges",
      { sourceRanges: everybody },
      'args.sourceRanges[1] is "::/0", must be an IPv4 range, unless args.ipFamilyPolicy asks for two families: it has no IPv6 address',
    ),
    takes("ipFamilyPolicy", two, { "flexible-ip-types": "ipv4,ipv6" }, twoSpec),
    takes(
      "ipFamilyPolicy",
      { sourceRanges: everybody, ipFamilyPolicy: "RequireDualStack" },
      { "flexible-ip-types": "ipv4,ipv6" },
      { spec: { loadBalancerSourceRanges: everybody, ipFamilyPolicy: "RequireDualStack" } },
    ),
    refuses(
      "ipFamilyPolicy",
      { ...internal, ipFamilyPolicy: "PreferDualStack" },
      'args.ipFamilyPolicy is "PreferDualStack", must not be set for an internal load balancer, Scaleway gives it only an IPv4 address',
    ),
  ],
  changes: {
    healthCheckProtocol: healthChecks.healthCheckProtocol,
    healthCheckPath: healthChecks.healthCheckPath,
    healthCheckIntervalSeconds: healthChecks.healthCheckIntervalSeconds,
    healthCheckTimeoutSeconds: healthChecks.healthCheckTimeoutSeconds,
    healthCheckUnhealthyThreshold: healthChecks.healthCheckUnhealthyThreshold,
    certificates: inPlace(
      [
        [ONE, TWO],
        [TWO, ONE],
      ],
      { ports: https },
    ),
    tlsPorts: inPlace([["http"], ["https"]], { ports: httpAndHttps, certificates: [ONE] }),
    tlsPolicy: inPlace(["ssl_compatibility_level_modern", "ssl_compatibility_level_old"], tls),
    backendProtocol: inPlace(["Http", "Https"], tls),
    staticAddresses: replaced([[ONE], [TWO]]),
    location: replaced(["fr-par-1", "fr-par-2"]),
    proxyProtocol: inPlace([true, false]),
    idleTimeoutSeconds: inPlace([60, 90]),
  },
  changesFrom: sourced({
    [`${SOURCE} (servicePortToFrontend, servicePortToBackend: each port is built anew at each sync, with the defaults of what is not written, and compared; certificates in any order)`]:
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
        "idleTimeoutSeconds",
      ],
    [`${SOURCE} (updateLoadBalancer: the level is compared at each sync, with its default where it is not written)`]:
      ["tlsPolicy"],
    [`${SOURCE} (EnsureLoadBalancer deletes a load balancer that has other addresses than those that are stated; it keeps those that are no longer stated, and deleteLoadBalancer then releases them)`]:
      ["staticAddresses"],
    [`${SOURCE} (fetchLoadBalancer finds it by the id that the controller wrote: createLoadBalancer alone reads the zone)`]:
      ["location"],
  }),
  ranges: {
    sources: [`${ACL} (makeACLSpecs: what is not listed is denied, of both families)`],
    taken: { Public: ipv4OrBoth, Internal: ipv4Alone },
    weakened: [],
    annotations: { [RANGES]: "0.0.0.0/0" },
    nodePorts: "always",
    balancerFamilies: (annotations) =>
      says(annotations, "flexible-ip-types", "ipv6") ? ["IPv4", "IPv6"] : ["IPv4"],
    letsIn: ({ isListed, ranges }) => ranges.length === 0 || isListed,
  },
};
