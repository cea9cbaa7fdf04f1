import { firstAndLast, healthCheckPort, healthChecks, inPlace, replaced } from "../changes.ts";
import { ipv4Alone, ipv4OrBoth, RANGES } from "../source-ranges.ts";
import { sourced } from "../sources.ts";
import { familyOf, says } from "../strangers.ts";
import {
  type ControllerTable,
  everybody,
  httpAndHttps,
  httpAndUdp,
  https,
  internal,
  namedTls,
  refuses,
  takes,
  udp,
} from "../table.ts";

const CERTIFICATE_ID = "892071a0-bb95-49bc-8021-3afd67a210bf";

export const table: ControllerTable = {
  controller: "DigitalOcean",
  documentation:
    "https://docs.digitalocean.com/products/kubernetes/how-to/configure-load-balancers/",
  maximumPorts: 40,
  silent: false,
  prefix: "service.beta.kubernetes.io/do-loadbalancer-",
  asked: {},
  plain: {
    annotations: {
      network: "EXTERNAL",
      type: "REGIONAL_NETWORK",
      "network-stack": "IPV4",
      "healthcheck-check-interval-seconds": "10",
      "healthcheck-healthy-threshold": "2",
      "healthcheck-unhealthy-threshold": "2",
    },
    spec: { loadBalancerSourceRanges: ["0.0.0.0/0"] },
  },
  addressKind: "ip",
  hostnameKey: "hostname",
  evidence: {
    begun: ["EnsuringLoadBalancer"],
    accepted: ["EnsuredLoadBalancer"],
    refused: ["SyncLoadBalancerFailed"],
    unfinished: ["not yet active"],
    answersEachChange: true,
  },
  forceNewKeys: ["type", "network", "network-stack", "ip", "subnet-uuid"],
  exposureKeys: [
    "type",
    "network",
    "allow-rules",
    "service.beta.kubernetes.io/load-balancer-source-ranges",
  ],
  sourceRanges: { by: "the load balancer's firewall", voidedBy: {} },
  keys: {
    certificates: ["certificate-name"],
    tlsPorts: ["tls-ports"],
    backendProtocol: ["protocol"],
    loadBalancerName: ["name"],
    healthCheckPort: ["healthcheck-port", "override-health-check"],
    healthCheckProtocol: ["healthcheck-protocol", "override-health-check"],
    healthCheckPath: ["healthcheck-path", "override-health-check"],
    healthCheckIntervalSeconds: ["healthcheck-check-interval-seconds"],
    healthCheckTimeoutSeconds: ["healthcheck-response-timeout-seconds"],
    healthCheckHealthyThreshold: ["healthcheck-healthy-threshold"],
    healthCheckUnhealthyThreshold: ["healthcheck-unhealthy-threshold"],
    proxyProtocol: ["enable-proxy-protocol"],
    idleTimeoutSeconds: ["http-idle-timeout-seconds"],
  },
  openKeys: ["tls-ports", "protocol"],
  limits: {
    certificates: { tooMany: ["one", "two"], beside: { ports: httpAndHttps } },
    backendProtocol: { values: ["Http"], beside: namedTls },
    healthCheckIntervalSeconds: { from: 3, to: 300 },
    healthCheckTimeoutSeconds: { from: 3, to: 300 },
    healthCheckHealthyThreshold: { from: 2, to: 10 },
    healthCheckUnhealthyThreshold: { from: 2, to: 10 },
    idleTimeoutSeconds: { from: 30, to: 600, beside: namedTls },
  },
  protocols: "TCP and UDP",
  sessionAffinity: false,
  refusedAnnotations: [
    { name: "front" },
    { network: "INTERNAL" },
    { type: "REGIONAL" },
    { "allow-rules": "cidr:0.0.0.0/0" },
    { "certificate-name": "my-certificate" },
  ],
  cells: [
    takes(
      "certificates",
      { ports: httpAndHttps, certificates: ["my-certificate"] },
      {
        type: "REGIONAL",
        protocol: "tcp",
        "tls-ports": "443",
        "certificate-name": "my-certificate",
      },
    ),
    takes(
      "tlsPorts",
      { ports: httpAndHttps, certificates: ["my-certificate"], tlsPorts: ["http", "https"] },
      {
        type: "REGIONAL",
        protocol: "tcp",
        "tls-ports": "80,443",
        "certificate-name": "my-certificate",
      },
    ),
    takes(
      "backendProtocol",
      { ...namedTls, backendProtocol: "Http" },
      {
        type: "REGIONAL",
        protocol: "tcp",
        "tls-ports": "443",
        "certificate-name": "my-certificate",
      },
    ),
    takes("loadBalancerName", { loadBalancerName: "shop-prod-front" }, { name: "shop-prod-front" }),
    takes(
      "loadBalancerName",
      {
        loadBalancerName:
          "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
      },
      {
        name: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
      },
    ),
    refuses(
      "loadBalancerName",
      {
        loadBalancerName:
          "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
      },
      'args.loadBalancerName is "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…, must be at most 255 letters, digits, "-" and ".", starting with a letter or digit',
    ),
    refuses(
      "certificates",
      { ports: https, certificates: [CERTIFICATE_ID] },
      `args.certificates[0] is "${CERTIFICATE_ID}", must be the name of a certificate: its id changes with each renewal`,
    ),
    // What has no argument, and needs the type that reads what passes.
    ...Object.entries({
      "certificate-id": CERTIFICATE_ID,
      "enable-backend-keepalive": "true",
      "http-ports": "80",
      "http2-ports": "443",
      "http3-port": "443",
      protocol: "http",
      "redirect-http-to-https": "true",
      "sticky-sessions-type": "cookies",
      "tls-passthrough": "true",
      "tls-ports": "443",
    }).map(([name, value]) =>
      takes("annotations", { annotations: { [name]: value } }, { type: "REGIONAL", [name]: value }),
    ),
    // What has no argument, and leaves the type as it is.
    ...Object.entries({
      "deny-rules": "ip:203.0.113.7",
      ip: "203.0.113.7",
      "subnet-uuid": "0b7aa8a5-2f09-4e0e-b8b3-1f3f2c0d6b5e",
      "size-unit": "2",
    }).map(([name, value]) =>
      takes("annotations", { annotations: { [name]: value } }, { [name]: value }),
    ),
    // Of two lists of ports that end TLS one is stated by the program.
    takes(
      "annotations",
      { ...namedTls, annotations: { "http2-ports": "443" } },
      {
        type: "REGIONAL",
        protocol: "tcp",
        "certificate-name": "my-certificate",
        "http2-ports": "443",
      },
    ),
    refuses(
      "annotations",
      { ...namedTls, annotations: { "tls-ports": "443", protocol: "http" } },
      'args.annotations key is "service.beta.kubernetes.io/do-loadbalancer-tls-ports", must not be set; use args.tlsPorts',
      'args.annotations key is "service.beta.kubernetes.io/do-loadbalancer-protocol", must not be set; use args.backendProtocol',
    ),
    takes(
      "healthCheckPort",
      { ports: httpAndHttps, healthCheckPort: "https" },
      {
        "override-health-check": "true",
        "healthcheck-port": "443",
        "healthcheck-protocol": "tcp",
      },
    ),
    refuses(
      "healthCheckPort",
      { ports: httpAndUdp, healthCheckPort: "dns" },
      'args.healthCheckPort is "dns", must be the name of a TCP port: "http"',
    ),
    takes(
      "healthCheckProtocol",
      { healthCheckProtocol: "Tcp", ports: https },
      { "override-health-check": "true", "healthcheck-protocol": "tcp" },
    ),
    takes(
      "healthCheckProtocol",
      { healthCheckProtocol: "Http", healthCheckPath: "/readyz" },
      {
        "override-health-check": "true",
        "healthcheck-protocol": "http",
        "healthcheck-path": "/readyz",
      },
    ),
    takes(
      "healthCheckProtocol",
      { healthCheckProtocol: "Https", healthCheckPath: "/readyz" },
      {
        "override-health-check": "true",
        "healthcheck-protocol": "https",
        "healthcheck-path": "/readyz",
      },
    ),
    takes(
      "healthCheckPath",
      { healthCheckPath: "/readyz" },
      {
        "override-health-check": "true",
        "healthcheck-protocol": "http",
        "healthcheck-path": "/readyz",
      },
    ),
    takes(
      "healthCheckIntervalSeconds",
      { healthCheckIntervalSeconds: 3 },
      { "healthcheck-check-interval-seconds": "3" },
    ),
    takes(
      "healthCheckIntervalSeconds",
      { healthCheckIntervalSeconds: 300 },
      { "healthcheck-check-interval-seconds": "300" },
    ),
    takes(
      "healthCheckTimeoutSeconds",
      { healthCheckTimeoutSeconds: 3 },
      { "healthcheck-response-timeout-seconds": "3" },
    ),
    takes(
      "healthCheckTimeoutSeconds",
      { healthCheckTimeoutSeconds: 300 },
      { "healthcheck-response-timeout-seconds": "300" },
    ),
    takes(
      "healthCheckHealthyThreshold",
      { healthCheckHealthyThreshold: 10 },
      { "healthcheck-healthy-threshold": "10" },
    ),
    takes(
      "healthCheckUnhealthyThreshold",
      { healthCheckUnhealthyThreshold: 10 },
      { "healthcheck-unhealthy-threshold": "10" },
    ),
    takes(
      "proxyProtocol",
      { ...namedTls, proxyProtocol: true },
      {
        type: "REGIONAL",
        protocol: "tcp",
        "tls-ports": "443",
        "certificate-name": "my-certificate",
        "enable-proxy-protocol": "true",
      },
    ),
    takes(
      "proxyProtocol",
      { proxyProtocol: true },
      { type: "REGIONAL", "enable-proxy-protocol": "true" },
    ),
    takes(
      "idleTimeoutSeconds",
      { ...namedTls, idleTimeoutSeconds: 120 },
      {
        type: "REGIONAL",
        protocol: "tcp",
        "tls-ports": "443",
        "certificate-name": "my-certificate",
        "http-idle-timeout-seconds": "120",
      },
    ),
    takes("proxyProtocol", { proxyProtocol: false }, { "enable-proxy-protocol": "false" }),
    takes(
      "idleTimeoutSeconds",
      { ...namedTls, idleTimeoutSeconds: 30 },
      {
        type: "REGIONAL",
        protocol: "tcp",
        "tls-ports": "443",
        "certificate-name": "my-certificate",
        "http-idle-timeout-seconds": "30",
      },
    ),
    takes(
      "idleTimeoutSeconds",
      { ...namedTls, idleTimeoutSeconds: 600 },
      {
        type: "REGIONAL",
        protocol: "tcp",
        "tls-ports": "443",
        "certificate-name": "my-certificate",
        "http-idle-timeout-seconds": "600",
      },
    ),
    refuses(
      "loadBalancerName",
      { loadBalancerName: ".front" },
      'args.loadBalancerName is ".front", must be at most 255 letters, digits, "-" and ".", starting with a letter or digit',
    ),
    refuses(
      "certificates",
      { ports: udp, certificates: ["my-certificate"] },
      'args.ports[0].targetPort is "dns", must be a TCP port, because it terminates TLS',
    ),
    refuses(
      "idleTimeoutSeconds",
      { idleTimeoutSeconds: 120 },
      "args.idleTimeoutSeconds is 120, must not be set without args.certificates, DigitalOcean supports it only for HTTP",
    ),
    takes(
      "exposure",
      internal,
      { network: "INTERNAL" },
      { spec: { loadBalancerSourceRanges: undefined } },
    ),
    refuses(
      "sourceRanges",
      { sourceRanges: everybody },
      'args.sourceRanges[1] is "::/0", must be an IPv4 range, unless args.ipFamilyPolicy asks for two families: it has no IPv6 address',
    ),
    refuses(
      "ipFamilyPolicy",
      {
        exposure: "Internal",
        sourceRanges: ["198.51.100.0/24"],
        ipFamilyPolicy: "PreferDualStack",
      },
      'args.ipFamilyPolicy is "PreferDualStack", must not be set for an internal load balancer, DigitalOcean gives it only an IPv4 address',
    ),
    takes(
      "ipFamilyPolicy",
      { sourceRanges: everybody, ipFamilyPolicy: "PreferDualStack" },
      { "network-stack": undefined },
      { spec: { loadBalancerSourceRanges: everybody, ipFamilyPolicy: "PreferDualStack" } },
    ),
    takes(
      "ipFamilyPolicy",
      { sourceRanges: everybody, ipFamilyPolicy: "PreferDualStack", proxyProtocol: true },
      { type: "REGIONAL", "network-stack": "DUALSTACK", "enable-proxy-protocol": "true" },
      { spec: { loadBalancerSourceRanges: everybody, ipFamilyPolicy: "PreferDualStack" } },
    ),
    takes(
      "ipFamilyPolicy",
      { sourceRanges: everybody, ipFamilyPolicy: "RequireDualStack" },
      { "network-stack": "DUALSTACK" },
      { spec: { loadBalancerSourceRanges: everybody, ipFamilyPolicy: "RequireDualStack" } },
    ),
    refuses(
      "udp",
      { ports: udp, healthCheckPath: "/readyz" },
      'args.ports[0].targetPort is "dns", must be a TCP port, or another port must be: DigitalOcean sends health checks only to a TCP port; set neither args.healthCheckProtocol nor args.healthCheckPath to check the nodes',
    ),
    // The controller itself takes the first TCP port.
    takes(
      "udp",
      { ports: [...udp, ...httpAndHttps], healthCheckPath: "/readyz" },
      {
        "override-health-check": "true",
        "healthcheck-protocol": "http",
        "healthcheck-path": "/readyz",
      },
    ),
    takes(
      "udp",
      { ports: httpAndUdp, healthCheckPath: "/readyz" },
      {
        "override-health-check": "true",
        "healthcheck-protocol": "http",
        "healthcheck-path": "/readyz",
      },
    ),
  ],
  changes: {
    ...healthChecks,
    healthCheckPort,
    // A load balancer that reads what passes is another one.
    certificates: firstAndLast([["one"], ["two"]], { ports: https }),
    proxyProtocol: replaced([true, false]),
    tlsPorts: inPlace([["http"], ["https"]], {
      ports: [...https, { port: 80, targetPort: "http" }],
      certificates: ["one"],
    }),
    backendProtocol: inPlace(["Http", "Http"], { ports: https, certificates: ["one"] }),
    loadBalancerName: inPlace(["one", "two"]),
    idleTimeoutSeconds: inPlace([60, 90], { ports: https, certificates: ["one"] }),
  },
  changesFrom: sourced({
    "https://github.com/digitalocean/digitalocean-cloud-controller-manager/blob/v0.1.68/cloud-controller-manager/do/loadbalancers.go (updateLoadBalancer: the whole request is built anew and sent; of another type the cloud makes another one)":
      ["certificates", "proxyProtocol"],
    "https://github.com/digitalocean/digitalocean-cloud-controller-manager/blob/v0.1.68/cloud-controller-manager/do/loadbalancers.go (buildForwardingRules: built anew at each sync)":
      ["tlsPorts", "backendProtocol"],
    "https://github.com/digitalocean/digitalocean-cloud-controller-manager/blob/v0.1.68/cloud-controller-manager/do/loadbalancers.go (buildLoadBalancerRequest: name and idle timeout are sent at each sync)":
      ["loadBalancerName", "idleTimeoutSeconds"],
    "https://github.com/digitalocean/digitalocean-cloud-controller-manager/blob/v0.1.68/cloud-controller-manager/do/loadbalancers.go (buildHealthCheck: built anew at each sync, with the defaults of what is not written)":
      [
        "healthCheckPort",
        "healthCheckProtocol",
        "healthCheckPath",
        "healthCheckIntervalSeconds",
        "healthCheckTimeoutSeconds",
        "healthCheckHealthyThreshold",
        "healthCheckUnhealthyThreshold",
      ],
  }),
  ranges: {
    sources: [
      "https://github.com/digitalocean/digitalocean-cloud-controller-manager/blob/v0.1.68/cloud-controller-manager/do/loadbalancers.go (buildFirewall, getNetworkStack)",
      "https://github.com/digitalocean/digitalocean-cloud-controller-manager/issues/692 (a range of IPv6 leaves the whole firewall open)",
    ],
    taken: { Public: ipv4OrBoth, Internal: ipv4Alone },
    weakened: [],
    annotations: {
      [RANGES]: "0.0.0.0/0",
      "allow-rules": "cidr:0.0.0.0/0",
    },
    nodePorts: "always",
    balancerFamilies: (annotations) =>
      says(annotations, "network-stack", "IPV4") ? ["IPv4"] : ["IPv4", "IPv6"],
    // The cloud drops a firewall as a whole that has a rule of a family which the load balancer lacks.
    letsIn: ({ balancer, isListed, ranges }) =>
      isListed || ranges.some((range) => !balancer.includes(familyOf(range))),
  },
};
