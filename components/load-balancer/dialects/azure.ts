import { isIP } from "node:net";
import { AddressKind } from "../../cluster/address-kind.ts";
import type { ServicePort } from "../../service/ports.ts";
import type { Finding, Rule } from "../../validation/checks.ts";
import { integer } from "../../validation/rules.ts";
import {
  type AnnotationValue,
  commaList,
  keyValueList,
  text,
} from "../contract/annotation-value.ts";
import type { LoadBalancerDialect } from "../contract/dialect.ts";
import { RangeEnforcer } from "../contract/enforcement.ts";
import { healthCheckOf, healthCheckPortOf } from "../contract/health-check.ts";
import { Exposure, type Intent } from "../contract/intent.ts";
import { VOIDING_AZURE } from "../contract/voiding.ts";
import { cloudServiceController } from "./evidence.ts";
import { healthCheckPortFindings } from "./health-check-port.ts";
import { always, anything, onePerFamily, pathNeedsHttp, SOURCE_RANGES } from "./limits.ts";
import { stickyAnnotation, stickyEntries } from "./sticky.ts";

const key = (name: string): string => `service.beta.kubernetes.io/azure-${name}`;
const PIP_TAGS = key("pip-tags");
const DNS_LABEL = key("dns-label-name");
const DENY_OTHERS = key("deny-all-except-load-balancer-source-ranges");
/** The prefix of the annotations for single ports. */
const probe = (port: number | "*", name: string): string =>
  `service.beta.kubernetes.io/port_${port}_health-probe_${name}`;

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

/** The seconds that all failed probes together must stay below. */
const LONGEST_PROBE_SECONDS = 120;

/** The annotations for static addresses, by family. */
const ADDRESS_KEYS = {
  Public: { IPv4: key("pip-name"), IPv6: key("pip-name-ipv6") },
  Internal: { IPv4: key("load-balancer-ipv4"), IPv6: key("load-balancer-ipv6") },
} as const;
const addressKeys = Object.values(ADDRESS_KEYS).flatMap((byFamily) => Object.values(byFamily));

/**
 * Rules of an Azure cluster's Standard Load Balancer, written from cloud-provider-azure 1.33. The load balancer
 * forwards packets unread: terminate TLS behind it, or at an Ingress or a Gateway.
 */
export const azure: LoadBalancerDialect = {
  name: "Azure",
  documentation: "https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/",
  addressKind: AddressKind.Ip,
  evidence: cloudServiceController,
  // Rules of a frontend.
  // https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits (read 2026)
  maximumPorts: 250,
  supports: {
    staticAddresses: {
      keys: addressKeys,
      ruleOf: (exposure) => (exposure === Exposure.Internal ? address : addressName),
      most: 2,
    },
    subnets: { keys: [key("load-balancer-internal-subnet")], most: 1 },
    tags: { keys: [PIP_TAGS] },
    // The annotation also takes ports that are none of the Service.
    healthCheckPort: { keys: [probe("*", "port")], openKeys: [probe("*", "port")] },
    healthCheckProtocol: { keys: [probe("*", "protocol")] },
    healthCheckPath: { keys: [probe("*", "request-path")] },
    healthCheckIntervalSeconds: { keys: [probe("*", "interval")], rule: integer(5) },
    healthCheckUnhealthyThreshold: { keys: [probe("*", "num-of-probe")], rule: integer(2) },
    idleTimeoutSeconds: { keys: [key("load-balancer-tcp-idle-timeout")], rule: wholeMinutes },
  },
  sourceRanges: {
    by: RangeEnforcer.NetworkSecurityGroup,
    voidedBy: VOIDING_AZURE,
  },
  ipFamilyPolicy: anything,
  forceNewKeys: [
    key("load-balancer-internal"),
    key("load-balancer-internal-subnet"),
    ...addressKeys,
  ],
  // The controller adds and changes tags, and keeps a DNS label that is no longer stated.
  stickyFindings: (before, after) => [
    ...stickyEntries(PIP_TAGS, "tags", before, after),
    ...stickyAnnotation(DNS_LABEL, `args.annotations["${DNS_LABEL}"]`, before, after),
  ],
  exposureKeys: [
    key("load-balancer-internal"),
    key("allowed-ip-ranges"),
    key("allowed-service-tags"),
    key("additional-public-ips"),
    DENY_OTHERS,
    SOURCE_RANGES,
  ],
  portFindings: (ports, intent) => [
    ...sctpFindings(ports, intent),
    ...healthCheckPortFindings(ports, intent),
  ],
  intentFindings: (intent) => [
    ...onePerFamily(intent),
    ...exposureFindings(intent),
    ...healthCheckFindings(intent),
  ],
  // The load balancer checks the health of nodes through them.
  needsNodePorts: always,
  render: (intent) => {
    const internal = intent.exposure === Exposure.Internal;
    return {
      annotations: {
        [key("load-balancer-internal")]: String(internal),
        [key("load-balancer-internal-subnet")]: commaList(intent.subnets),
        // Ranges only add clients: the whole virtual network may always connect, also to a public address.
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

/** In the order of the address families; IPv4 comes first by default. */
function staticAddresses({ exposure, ipFamilies, staticAddresses: addresses }: Intent) {
  const [first = "IPv4"] = ipFamilies ?? [];
  const second = first === "IPv4" ? "IPv6" : "IPv4";
  const keys = ADDRESS_KEYS[exposure];
  return { [keys[first]]: addresses?.[0], [keys[second]]: addresses?.[1] };
}

function sctpFindings(ports: readonly ServicePort[], { exposure }: Intent) {
  const must = "must be a TCP or UDP port: Azure supports SCTP only for internal load balancers";
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
 * One annotation for each port, because an `appProtocol` overrides the general one: it makes the probe request `/` over
 * HTTP, and any status but 200 stops all traffic.
 */
function healthProbes(intent: Intent): Record<string, AnnotationValue> {
  if (intent.externalTrafficPolicy === "Local") {
    return {};
  }
  const { interval, protocol, unhealthy } = healthCheckOf(intent);
  const settings = {
    port: text(healthCheckPortOf(intent)?.port),
    protocol,
    "request-path": intent.healthCheckPath,
    interval: text(interval),
    "num-of-probe": text(unhealthy),
  };
  return Object.fromEntries(
    intent.ports.flatMap(({ port }) =>
      Object.entries(settings).map(([name, value]) => [probe(port, name), value]),
    ),
  );
}

function exposureFindings({ exposure, subnets, tags }: Intent) {
  const findings: Finding[] = [];
  if (exposure === Exposure.Public && subnets !== undefined) {
    const must = "must not be set: a public load balancer of Azure is in no subnet";
    findings.push({ path: "args.subnets", value: subnets, must });
  }
  if (exposure === Exposure.Internal && tags !== undefined) {
    const must = "must not be set: Azure supports tags only for public addresses";
    findings.push({ path: "args.tags", value: tags, must });
  }
  return findings;
}

function healthCheckFindings(intent: Intent): readonly Finding[] {
  const requested = [
    "healthCheckPort",
    "healthCheckProtocol",
    "healthCheckPath",
    "healthCheckIntervalSeconds",
    "healthCheckUnhealthyThreshold",
  ] as const;
  if (intent.externalTrafficPolicy === "Local") {
    const must =
      'must not be set with externalTrafficPolicy "Local": nodes report whether they have a ready Pod';
    return requested.flatMap((name) =>
      intent[name] === undefined ? [] : [{ path: `args.${name}`, value: intent[name], must }],
    );
  }
  return [...pathNeedsHttp(intent), ...durationFindings(intent)];
}

/**
 * The controller fails with "total probe should be less than 120".
 *
 * @see
 * https://github.com/kubernetes-sigs/cloud-provider-azure/blob/v1.33.0/pkg/provider/azure_loadbalancer_healthprobe.go
 */
function durationFindings(intent: Intent): readonly Finding[] {
  const { interval, unhealthy } = healthCheckOf(intent);
  // A value that is not a number has already been reported.
  const numbers = Number.isFinite(interval) && Number.isFinite(unhealthy);
  if (!numbers || interval * unhealthy < LONGEST_PROBE_SECONDS) {
    return [];
  }
  const must = `must be lower, or args.healthCheckUnhealthyThreshold, which is ${unhealthy}: Azure needs a product of the two below ${LONGEST_PROBE_SECONDS}`;
  return [{ path: "args.healthCheckIntervalSeconds", value: interval, must }];
}
