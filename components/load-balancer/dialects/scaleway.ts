import * as pulumi from "@pulumi/pulumi";
import { AddressKind } from "../../cluster/address-kind.ts";
import { type Finding, isDeferred, type Rule } from "../../validation/checks.ts";
import { oneOf } from "../../validation/rules.ts";
import { hasTwoFamilies } from "../contract/address-families.ts";
import { type AnnotationValue, commaList, text } from "../contract/annotation-value.ts";
import type { LoadBalancerDialect } from "../contract/dialect.ts";
import { RangeEnforcer } from "../contract/enforcement.ts";
import { BackendProtocol, HealthCheckProtocol } from "../contract/enums.ts";
import { healthCheckOf } from "../contract/health-check.ts";
import { Exposure, type Intent } from "../contract/intent.ts";
import { cloudServiceController } from "./evidence.ts";
import {
  always,
  anything,
  internalHasIpv4,
  ipv4UnlessPublic,
  noSessionAffinity,
  onePerFamily,
  pathNeedsHttp,
  SOURCE_RANGES,
  tcpOnly,
} from "./limits.ts";

const NAME = "Scaleway";
const key = (name: string): string => `service.beta.kubernetes.io/scw-loadbalancer-${name}`;
const CERTIFICATES = key("certificate-ids");
const HTTP_PORTS = key("protocol-http");
const HTTPS_PORTS = key("http-backend-tls");
const TIMEOUTS = ["timeout-client", "timeout-server", "timeout-tunnel"].map(key);

const ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

const matching =
  (pattern: RegExp): Rule =>
  (value) =>
    typeof value === "string" && pattern.test(value)
      ? undefined
      : "must be an id, such as 11111111-2222-4333-8444-555555555555";

/** It may begin with its region or zone, which the controller leaves out. */
const certificate = matching(new RegExp(`^([a-z]{2}-[a-z]{3}(-[1-9])?/)?${ID}$`));

/** The controller would take an id with a zone for another address, and delete the load balancer at each sync. */
const address = matching(new RegExp(`^${ID}$`));

const zone: Rule = (value) =>
  typeof value === "string" && /^[a-z]{2}-[a-z]{3}-[1-9]$/.test(value)
    ? undefined
    : "must be a zone, such as fr-par-1";

/** The controller separates values of several ports by these characters. */
const path: Rule = (value) =>
  typeof value === "string" && !/[:;#]/.test(value)
    ? undefined
    : 'must be a path without ":", ";" and "#", such as /readyz';

/**
 * Scaleway's load balancer, written from its cloud controller manager 0.36.2, with which it has not been run here. The
 * controller builds every port anew at each sync, with its defaults for what is not written.
 *
 * @see https://github.com/scaleway/scaleway-cloud-controller-manager/blob/v0.36.2/scaleway/loadbalancers.go
 */
export const scaleway: LoadBalancerDialect = {
  name: NAME,
  documentation:
    "https://github.com/scaleway/scaleway-cloud-controller-manager/blob/main/docs/loadbalancer-annotations.md",
  addressKind: AddressKind.Ip,
  hostnameKey: key("use-hostname"),
  evidence: cloudServiceController,
  maximumPorts: 65535,
  supports: {
    certificates: { keys: [CERTIFICATES], rule: certificate },
    tlsPorts: { keys: [CERTIFICATES] },
    tlsPolicy: {
      keys: [key("ssl-compatibility-level")],
      rule: oneOf({
        modern: "ssl_compatibility_level_modern",
        intermediate: "ssl_compatibility_level_intermediate",
        old: "ssl_compatibility_level_old",
      }),
    },
    backendProtocol: {
      keys: [HTTP_PORTS, HTTPS_PORTS],
      rule: oneOf({ Http: BackendProtocol.Http, Https: BackendProtocol.Https }),
    },
    staticAddresses: { keys: [key("ip-ids")], rule: address, most: 2 },
    location: { keys: [key("zone")], rule: zone },
    healthCheckProtocol: { keys: [key("health-check-type")] },
    healthCheckPath: { keys: [key("health-check-http-uri")], rule: path },
    healthCheckIntervalSeconds: { keys: [key("health-check-delay")] },
    healthCheckTimeoutSeconds: { keys: [key("health-check-timeout")] },
    healthCheckUnhealthyThreshold: { keys: [key("health-check-max-retries")] },
    proxyProtocol: {
      keys: [key("proxy-protocol-v2")],
      conflictingKeys: [key("proxy-protocol-v1"), key("send-proxy-v2")],
    },
    idleTimeoutSeconds: { keys: TIMEOUTS },
  },
  sourceRanges: {
    by: RangeEnforcer.LoadBalancerFirewall,
    families: ipv4UnlessPublic,
    voidedBy: {},
  },
  sessionAffinity: noSessionAffinity(NAME),
  ipFamilyPolicy: anything,
  forceNewKeys: [
    key("private"),
    key("zone"),
    key("ip-ids"),
    key("flexible-ip-types"),
    key("private-ip-ids"),
  ],
  // The controller writes the id itself, and asks no ranges of a load balancer that somebody else manages.
  exposureKeys: [key("private"), key("id"), key("externally-managed"), SOURCE_RANGES],
  portFindings: (ports) => tcpOnly(NAME, ports),
  intentFindings: (intent) => [
    ...internalHasIpv4(NAME, intent),
    ...pathNeedsHttp(intent),
    ...queryFindings(intent),
    ...addressFindings(intent),
  ],
  needsNodePorts: always,
  render: (intent) => ({
    annotations: {
      [key("private")]: String(intent.exposure === Exposure.Internal),
      [key("zone")]: intent.location,
      [key("ip-ids")]: commaList(intent.staticAddresses),
      [key("flexible-ip-types")]: hasTwoFamilies(intent) ? "ipv4,ipv6" : undefined,
      ...tlsAnnotations(intent),
      ...healthCheckAnnotations(intent),
      [key("proxy-protocol-v2")]: text(intent.proxyProtocol ?? false),
      ...Object.fromEntries(TIMEOUTS.map((it) => [it, seconds(intent.idleTimeoutSeconds)])),
    },
  }),
};

/** Each port that terminates TLS is named with all certificates. What comes out of TLS are bytes, or HTTP. */
function tlsAnnotations(intent: Intent): Record<string, AnnotationValue> {
  const { backendProtocol, certificates, ports, tlsPolicy } = intent;
  if (certificates === undefined) {
    return {};
  }
  const numbers = ports
    .filter(({ tls }) => tls)
    .map(({ port }) => port)
    .join(",");
  const list = commaList(certificates);
  const ofPorts = (known: unknown) => `${numbers}:${known}`;
  return {
    [CERTIFICATES]: isDeferred(list) ? pulumi.output(list).apply(ofPorts) : ofPorts(list),
    [key("ssl-compatibility-level")]: tlsPolicy,
    [HTTP_PORTS]: backendProtocol === undefined ? undefined : numbers,
    [HTTPS_PORTS]: backendProtocol === BackendProtocol.Https ? numbers : undefined,
  };
}

function healthCheckAnnotations(intent: Intent): Record<string, AnnotationValue> {
  const { interval, protocol, unhealthy } = healthCheckOf(intent);
  return {
    [key("health-check-type")]: String(protocol).toLowerCase(),
    [key("health-check-http-uri")]: intent.healthCheckPath,
    [key("health-check-delay")]: seconds(interval),
    [key("health-check-timeout")]: seconds(intent.healthCheckTimeoutSeconds),
    [key("health-check-max-retries")]: text(unhealthy),
  };
}

/** A duration in Go's format. */
function seconds(value: number | undefined): AnnotationValue {
  return value === undefined ? undefined : `${value}s`;
}

/** The controller asks for the path alone where the check is by HTTPS. */
function queryFindings(intent: Intent): readonly Finding[] {
  const { healthCheckPath: value } = intent;
  const must = `must be a path without "?" with args.healthCheckProtocol "Https": ${NAME} leaves a query out`;
  return intent.healthCheckProtocol === HealthCheckProtocol.Https && String(value).includes("?")
    ? [{ path: "args.healthCheckPath", value, must }]
    : [];
}

/** Reserved addresses are public: an IPv4 address, and one of IPv6 where the load balancer has both families. */
function addressFindings(intent: Intent): readonly Finding[] {
  const { exposure, staticAddresses: value } = intent;
  if (value === undefined) {
    return [];
  }
  if (exposure === Exposure.Internal) {
    const must = `must not be set for an internal load balancer: reserved addresses of ${NAME} are public`;
    return [{ path: "args.staticAddresses", value, must }];
  }
  const must = "must be 2, of IPv4 and of IPv6, because args.ipFamilyPolicy asks for two families";
  return hasTwoFamilies(intent) && value.length === 1
    ? [{ path: "args.staticAddresses.length", value: 1, must }]
    : onePerFamily(intent);
}
