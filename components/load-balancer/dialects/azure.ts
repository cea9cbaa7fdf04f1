import { isIP } from "node:net";
import { AddressKind } from "../../address.ts";
import { integer } from "../../rules.ts";
import { type Finding, isLate, judge, type Rule } from "../../validation.ts";
import type { LoadBalancerDialect } from "../dialect.ts";
import { cloudServiceController } from "../evidence.ts";
import { Exposure, type Intent } from "../intent.ts";
import { commaList, keyValueList, type Said, text } from "../said.ts";
import { anything } from "./limits.ts";

const key = (name: string): string => `service.beta.kubernetes.io/azure-${name}`;
/** What the keys begin with that are said port by port. */
const PORT_PREFIX = "service.beta.kubernetes.io/port_";

const wholeMinutes: Rule = (value) =>
  integer(240, 6000)(value) ??
  (Number(value) % 60 === 0 ? undefined : "must be whole minutes, a multiple of 60");

const address: Rule = (value) =>
  typeof value === "string" && isIP(value) > 0
    ? undefined
    : "must be an IP address of the subnet for an internal load balancer";

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
    staticAddresses: { writes: [key("pip-name"), key("load-balancer-ipv4")], most: 1 },
    subnets: { writes: [key("load-balancer-internal-subnet")], most: 1 },
    tags: { writes: [key("pip-tags")] },
    healthCheckProtocol: { writes: [PORT_PREFIX] },
    healthCheckPath: { writes: [PORT_PREFIX] },
    healthCheckIntervalSeconds: { writes: [PORT_PREFIX], rule: integer(5) },
    healthCheckUnhealthyThreshold: { writes: [PORT_PREFIX], rule: integer(2) },
    idleTimeoutSeconds: { writes: [key("load-balancer-tcp-idle-timeout")], rule: wholeMinutes },
  },
  sourceRange: anything,
  sessionAffinity: anything,
  ipFamilyPolicy: anything,
  replacedBy: [
    key("load-balancer-internal"),
    key("load-balancer-internal-subnet"),
    key("pip-name"),
    key("load-balancer-ipv4"),
  ],
  exposedBy: [
    key("load-balancer-internal"),
    key("allowed-ip-ranges"),
    key("allowed-service-tags"),
    key("additional-public-ips"),
    key("deny-all-except-load-balancer-source-ranges"),
    "service.beta.kubernetes.io/load-balancer-source-ranges",
  ],
  portFindings: () => [],
  intentFindings: (intent) => [...exposureFindings(intent), ...healthCheckFindings(intent)],
  speak: (intent) => {
    const internal = intent.exposure === Exposure.Internal;
    return {
      annotations: {
        [key("load-balancer-internal")]: String(internal),
        [key("load-balancer-internal-subnet")]: commaList(intent.subnets),
        [key(internal ? "load-balancer-ipv4" : "pip-name")]: commaList(intent.staticAddresses),
        [key("pip-tags")]: keyValueList(intent.tags),
        [key("load-balancer-tcp-idle-timeout")]: text(minutes(intent.idleTimeoutSeconds)),
        ...healthProbes(intent),
      },
    };
  },
};

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
    interval: text(intent.healthCheckIntervalSeconds),
    "num-of-probe": text(intent.healthCheckUnhealthyThreshold),
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
  const addresses = exposure === Exposure.Internal ? (staticAddresses ?? []) : [];
  const odd = addresses.flatMap((it, index) =>
    isLate(it) ? [] : judge(`args.staticAddresses[${index}]`, it, address),
  );
  return [...findings, ...odd];
}

function healthCheckFindings(intent: Intent): readonly Finding[] {
  const { externalTrafficPolicy, healthCheckPath, healthCheckProtocol } = intent;
  const asked = [
    "healthCheckProtocol",
    "healthCheckPath",
    "healthCheckIntervalSeconds",
    "healthCheckUnhealthyThreshold",
  ] as const;
  if (externalTrafficPolicy === "Local") {
    const must =
      'must be left out with externalTrafficPolicy "Local": nodes say themselves whether they have a ready Pod';
    return asked.flatMap((name) =>
      intent[name] === undefined ? [] : [{ path: `args.${name}`, value: intent[name], must }],
    );
  }
  const must = 'must be left out where args.healthCheckProtocol is "Tcp"';
  return healthCheckPath !== undefined && healthCheckProtocol === "Tcp"
    ? [{ path: "args.healthCheckPath", value: healthCheckPath, must }]
    : [];
}
