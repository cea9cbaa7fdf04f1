import { isIP } from "node:net";
import { AddressKind } from "../../service/address.ts";
import { type Finding, isLate, judge, type Rule } from "../../validation/checks.ts";
import { integer } from "../../validation/rules.ts";
import { HEALTH_CHECK_INTERVAL_SECONDS } from "../../workload/drain.ts";
import { commaList, keyValueList, type Said, text } from "../contract/annotation-value.ts";
import type { LoadBalancerDialect } from "../contract/dialect.ts";
import { HEALTH_CHECK_THRESHOLD } from "../contract/drain.ts";
import { RangeEnforcer } from "../contract/enforcement.ts";
import { Exposure, type Intent, type LoadBalancerPort } from "../contract/intent.ts";
import { VOIDING_AZURE } from "../contract/voiding.ts";
import { cloudServiceController } from "./evidence.ts";
import { always, anything, onePerFamily, pathNeedsHttp, SOURCE_RANGES } from "./limits.ts";
import { keptAnnotation, keptEntries } from "./sticky.ts";

const key = (name: string): string => `service.beta.kubernetes.io/azure-${name}`;
const PIP_TAGS = key("pip-tags");
const DNS_LABEL = key("dns-label-name");
const DENY_OTHERS = key("deny-all-except-load-balancer-source-ranges");
/** What the keys begin with that are said port by port. */
const PORT_PREFIX = "service.beta.kubernetes.io/port_";

const wholeMinutes: Rule = (value) =>
  integer(240, 6000)(value) ??
  (Number(value) % 60 === 0 ? undefined : "must be whole minutes, a multiple of 60");

const address: Rule = (value) =>
  typeof value === "string" && isIP(value) !== 0
    ? undefined
    : "must be an IP address of the subnet for an internal load balancer";

const addressName: Rule = (value) =>
  typeof value === "string" && isIP(value) === 0
    ? undefined
    : "must be the name of a public IP address for a public load balancer";

/** Where fixed addresses are written, by family. */
const ADDRESS_KEYS = {
  Public: { IPv4: key("pip-name"), IPv6: key("pip-name-ipv6") },
  Internal: { IPv4: key("load-balancer-ipv4"), IPv6: key("load-balancer-ipv6") },
} as const;
const addressKeys = Object.values(ADDRESS_KEYS).flatMap((byFamily) => Object.values(byFamily));

/**
 * Rules of the Standard Load Balancer that an Azure cluster has, written from cloud-provider-azure 1.33. It passes
 * packets on and reads nothing: TLS belongs behind it, or at an Ingress or a Gateway.
 */
export const azure: LoadBalancerDialect = {
  name: "Azure",
  documentation: "https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/",
  addressKind: AddressKind.Ip,
  evidence: cloudServiceController,
  // Rules of a frontend.
  // https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits (read 2026)
  maximumPorts: 250,
  honours: {
    staticAddresses: { writes: addressKeys, most: 2 },
    subnets: { writes: [key("load-balancer-internal-subnet")], most: 1 },
    tags: { writes: [PIP_TAGS] },
    healthCheckProtocol: { writes: [PORT_PREFIX] },
    healthCheckPath: { writes: [PORT_PREFIX] },
    healthCheckIntervalSeconds: { writes: [PORT_PREFIX], rule: integer(5) },
    healthCheckUnhealthyThreshold: { writes: [PORT_PREFIX], rule: integer(2) },
    idleTimeoutSeconds: { writes: [key("load-balancer-tcp-idle-timeout")], rule: wholeMinutes },
  },
  sourceRanges: {
    by: RangeEnforcer.NetworkSecurityGroup,
    voidedBy: VOIDING_AZURE,
  },
  ipFamilyPolicy: anything,
  replacedBy: [key("load-balancer-internal"), key("load-balancer-internal-subnet"), ...addressKeys],
  // It adds tags and changes them, and leaves a DNS label that nobody names.
  keptFindings: (before, after) => [
    ...keptEntries(PIP_TAGS, "tags", before, after),
    ...keptAnnotation(DNS_LABEL, `args.annotations["${DNS_LABEL}"]`, before, after),
  ],
  exposedBy: [
    key("load-balancer-internal"),
    key("allowed-ip-ranges"),
    key("allowed-service-tags"),
    key("additional-public-ips"),
    DENY_OTHERS,
    SOURCE_RANGES,
  ],
  portFindings: sctpFindings,
  intentFindings: (intent) => [
    ...onePerFamily(intent),
    ...exposureFindings(intent),
    ...healthCheckFindings(intent),
  ],
  // It asks them for the health of nodes.
  needsNodePorts: always,
  speak: (intent) => {
    const internal = intent.exposure === Exposure.Internal;
    return {
      annotations: {
        [key("load-balancer-internal")]: String(internal),
        [key("load-balancer-internal-subnet")]: commaList(intent.subnets),
        // Ranges are added to what may connect anyway, which is the whole virtual network, also to a public address.
        // https://github.com/kubernetes-sigs/cloud-provider-azure/blob/v1.33.0/pkg/provider/loadbalancer/accesscontrol.go
        [DENY_OTHERS]: intent.sourceRanges === undefined ? undefined : "true",
        ...staticAddresses(intent),
        [PIP_TAGS]: keyValueList(intent.tags),
        [key("load-balancer-tcp-idle-timeout")]: text(minutes(intent.idleTimeoutSeconds)),
        ...healthProbes(intent),
      },
    };
  },
};

/** In the order of the families, of which IPv4 is the first one if nobody says. */
function staticAddresses({ exposure, ipFamilies, staticAddresses: addresses }: Intent) {
  const [first = "IPv4"] = ipFamilies ?? [];
  const second = first === "IPv4" ? "IPv6" : "IPv4";
  const keys = ADDRESS_KEYS[exposure];
  return { [keys[first]]: addresses?.[0], [keys[second]]: addresses?.[1] };
}

function sctpFindings(ports: readonly LoadBalancerPort[], { exposure }: Intent) {
  const must = "must be a TCP or UDP port, Azure has SCTP for internal load balancers alone";
  return ports.flatMap(({ protocol, targetPort: value }, index) =>
    protocol === "SCTP" && exposure === Exposure.Public
      ? [{ path: `args.ports[${index}].targetPort`, value, must }]
      : [],
  );
}

function minutes(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds / 60;
}

/**
 * Port by port, since an `appProtocol` wins over what is said for all: it makes the probe ask for `/` by HTTP, and
 * takes away all traffic where that is not answered with 200.
 */
function healthProbes(intent: Intent): Record<string, Said> {
  if (intent.externalTrafficPolicy === "Local") {
    return {};
  }
  const path = intent.healthCheckPath;
  const protocol = intent.healthCheckProtocol ?? (path === undefined ? "Tcp" : "Http");
  const said = {
    protocol,
    "request-path": path,
    interval: text(intent.healthCheckIntervalSeconds ?? HEALTH_CHECK_INTERVAL_SECONDS),
    "num-of-probe": text(intent.healthCheckUnhealthyThreshold ?? HEALTH_CHECK_THRESHOLD),
  };
  return Object.fromEntries(
    intent.ports.flatMap(({ port }) =>
      Object.entries(said).map(([name, value]) => [
        `${PORT_PREFIX}${port}_health-probe_${name}`,
        value,
      ]),
    ),
  );
}

function exposureFindings({ exposure, staticAddresses, subnets, tags }: Intent) {
  const findings: Finding[] = [];
  if (exposure === Exposure.Public && subnets !== undefined) {
    const must = "must be left out, a public load balancer of Azure is in no subnet";
    findings.push({ path: "args.subnets", value: subnets, must });
  }
  if (exposure === Exposure.Internal && tags !== undefined) {
    const must = "must be left out, Azure has tags for public addresses alone";
    findings.push({ path: "args.tags", value: tags, must });
  }
  const rule = exposure === Exposure.Internal ? address : addressName;
  const odd = (staticAddresses ?? []).flatMap((it, index) =>
    isLate(it) ? [] : judge(`args.staticAddresses[${index}]`, it, rule),
  );
  return [...findings, ...odd];
}

function healthCheckFindings(intent: Intent): readonly Finding[] {
  const asked = [
    "healthCheckProtocol",
    "healthCheckPath",
    "healthCheckIntervalSeconds",
    "healthCheckUnhealthyThreshold",
  ] as const;
  if (intent.externalTrafficPolicy === "Local") {
    const must =
      'must be left out with externalTrafficPolicy "Local": nodes say themselves whether they have a ready Pod';
    return asked.flatMap((name) =>
      intent[name] === undefined ? [] : [{ path: `args.${name}`, value: intent[name], must }],
    );
  }
  return pathNeedsHttp(intent);
}
