import { AddressKind } from "../../cluster/address-kind.ts";
import { IpFamily, IpFamilyPolicy } from "../../service/ip-families.ts";
import type { Finding } from "../../validation/checks.ts";
import { integer, oneOf } from "../../validation/rules.ts";
import { BOTH_FAMILIES, hasTwoFamilies } from "../contract/address-families.ts";
import { type AnnotationValue, commaList, text } from "../contract/annotation-value.ts";
import type { LoadBalancerDialect, WrittenService } from "../contract/dialect.ts";
import { RangeEnforcer } from "../contract/enforcement.ts";
import { BackendProtocol } from "../contract/enums.ts";
import { healthCheckOf, healthCheckPortOf } from "../contract/health-check.ts";
import { Exposure, type Intent } from "../contract/intent.ts";
import { VOIDING_HETZNER } from "../contract/voiding.ts";
import { cloudServiceController } from "./evidence.ts";
import { fixedNodePortFindings } from "./health-check-port.ts";
import { always, noSessionAffinity, pathNeedsHttp, SOURCE_RANGES, tcpOnly } from "./limits.ts";
import { MUST_STAY } from "./sticky.ts";

const NAME = "HetznerCloud";
const PREFIX = "load-balancer.hetzner.cloud/";
const key = (name: string): string => `${PREFIX}${name}`;
const NAME_KEY = key("name");
const HEALTH_CHECK_PORT = key("health-check-port");

/** The default timeout of a check in seconds: the cloud's own, and at most the interval. */
const TIMEOUT_SECONDS = 10;

/** The default idle timeout in seconds: the cloud documents none. */
const IDLE_SECONDS = 60;

/**
 * Annotations that the controller reads on every sync, or that have no effect without another one. If any other
 * annotation is removed, the controller keeps the last setting.
 *
 * @see https://github.com/hetznercloud/hcloud-cloud-controller-manager/issues/876
 */
const NOT_KEPT = [
  "disable-private-ingress",
  "health-check-http-path",
  "health-check-port",
  "hostname",
  "http-certificates",
  "http-timeout-idle",
  "ipv6-disabled",
  "node-selector",
  "use-private-ip",
].map(key);

/** Hetzner Cloud's load balancer, written from its cloud controller manager of 2026. */
export const hetznerCloud: LoadBalancerDialect = {
  name: NAME,
  documentation:
    "https://github.com/hetznercloud/hcloud-cloud-controller-manager/blob/main/docs/reference/load_balancer_annotations.md",
  addressKind: AddressKind.Ip,
  evidence: cloudServiceController,
  // Services of the largest type; the smallest, which is the default, has 5.
  // https://docs.hetzner.com/cloud/load-balancers/overview/ (read 2026)
  maximumPorts: 30,
  supports: {
    certificates: { keys: [key("http-certificates")] },
    tlsPorts: { keys: [key("protocol")] },
    backendProtocol: {
      keys: [key("protocol")],
      rule: oneOf({ Http: BackendProtocol.Http }),
    },
    loadBalancerName: { keys: [NAME_KEY] },
    location: { keys: [key("location")] },
    subnets: { keys: [key("private-subnet-ip-range")], most: 1 },
    // The annotation also takes ports that are none of the Service.
    healthCheckPort: { keys: [HEALTH_CHECK_PORT], openKeys: [HEALTH_CHECK_PORT] },
    healthCheckProtocol: { keys: [key("health-check-protocol")] },
    healthCheckPath: { keys: [key("health-check-http-path")] },
    healthCheckIntervalSeconds: {
      keys: [key("health-check-interval")],
      rule: integer(3, 60),
    },
    healthCheckTimeoutSeconds: { keys: [key("health-check-timeout")], rule: integer(1, 60) },
    healthCheckUnhealthyThreshold: { keys: [key("health-check-retries")], rule: integer(1, 5) },
    proxyProtocol: { keys: [key("uses-proxyprotocol")] },
    idleTimeoutSeconds: { keys: [key("http-timeout-idle")], rule: integer(30, 300) },
  },
  // A public load balancer always has addresses of both families and answers on both.
  sourceRanges: {
    by: RangeEnforcer.Nobody,
    families: (requested) => (hasTwoFamilies(requested) ? BOTH_FAMILIES : [IpFamily.IPv4]),
    voidedBy: VOIDING_HETZNER,
  },
  sessionAffinity: noSessionAffinity(NAME),
  ipFamilyPolicy: () => undefined,
  forceNewKeys: [
    "location",
    "network-zone",
    "disable-public-network",
    "private-subnet-ip-range",
  ].map(key),
  stickyFindings,
  exposureKeys: [key("disable-public-network"), SOURCE_RANGES],
  hostnameKey: key("hostname"),
  portFindings: (ports) => tcpOnly(NAME, ports),
  intentFindings: (intent) => [
    ...placeFindings(intent),
    ...tlsFindings(intent),
    ...pathNeedsHttp(intent),
    ...fixedNodePortFindings(NAME, intent),
  ],
  needsNodePorts: always,
  render: (intent) => {
    const { certificates, exposure, ipFamilyPolicy } = intent;
    const isInternal = exposure === Exposure.Internal;
    return {
      annotations: {
        [key("disable-public-network")]: String(isInternal),
        // Without a public network it reaches the nodes, and clients reach it, by private addresses.
        [key("use-private-ip")]: isInternal ? "true" : undefined,
        [key("disable-private-ingress")]: isInternal ? "false" : undefined,
        [key("ipv6-disabled")]: String(ipFamilyPolicy === IpFamilyPolicy.SingleStack),
        [NAME_KEY]: intent.loadBalancerName,
        [key("location")]: intent.location,
        [key("private-subnet-ip-range")]: commaList(intent.subnets),
        [key("protocol")]: certificates === undefined ? "tcp" : "https",
        [key("http-certificates")]: commaList(certificates),
        ...healthCheckAnnotations(intent),
        // Every setting that an argument decides is always written, because an omitted one keeps its last value or
        // takes the cluster's default.
        [key("uses-proxyprotocol")]: text(intent.proxyProtocol ?? false),
        [key("http-timeout-idle")]:
          certificates === undefined
            ? undefined
            : seconds(intent.idleTimeoutSeconds ?? IDLE_SECONDS),
      },
    };
  },
};

function healthCheckAnnotations(intent: Intent): Record<string, AnnotationValue> {
  const { healthCheckPath: path } = intent;
  const { interval, protocol, unhealthy } = healthCheckOf(intent);
  const { healthCheckTimeoutSeconds: timeout = Math.min(TIMEOUT_SECONDS, interval) } = intent;
  return {
    [HEALTH_CHECK_PORT]: text(healthCheckPortOf(intent)?.nodePort),
    [key("health-check-protocol")]: protocol.toLowerCase(),
    [key("health-check-http-path")]: protocol === "Tcp" ? undefined : (path ?? "/"),
    [key("health-check-interval")]: seconds(interval),
    [key("health-check-timeout")]: seconds(timeout),
    [key("health-check-retries")]: text(unhealthy),
  };
}

/** A duration in Go's format. */
function seconds(value: number): string {
  return `${value}s`;
}

function stickyFindings(before: WrittenService, after: WrittenService): readonly Finding[] {
  return Object.keys(before.annotations)
    .filter((annotation) => annotation.startsWith(PREFIX) && !NOT_KEPT.includes(annotation))
    .filter((annotation) => after.annotations[annotation] === undefined)
    .map((annotation) => {
      const path =
        annotation === NAME_KEY ? "args.loadBalancerName" : `args.annotations["${annotation}"]`;
      return { path, value: undefined, must: MUST_STAY };
    });
}

/**
 * The cloud wants to know where, unless the controller was started with a default for the whole cluster.
 *
 * @see https://github.com/hetznercloud/hcloud-cloud-controller-manager/issues/167
 */
function placeFindings({ annotationKeys, location }: Intent): readonly Finding[] {
  const inZone = annotationKeys.includes(key("network-zone"));
  if (inZone !== (location === undefined)) {
    const must = inZone
      ? `must not be set beside the annotation ${key("network-zone")}: ${NAME} takes one of them`
      : `must be set, such as "fsn1", or the annotation ${key("network-zone")}: ${NAME} makes no load balancer without one of them`;
    return [{ path: "args.location", value: location, must }];
  }
  return [];
}

/** One protocol applies to all ports. */
function tlsFindings({ certificates, idleTimeoutSeconds, ports }: Intent): readonly Finding[] {
  const findings: Finding[] = [];
  if (certificates !== undefined && ports.some(({ tls }) => !tls)) {
    const must = `must not be set unless every port terminates TLS: ${NAME} has one protocol per load balancer; use a second LoadBalancerService for the others`;
    findings.push({ path: "args.certificates", value: certificates, must });
  }
  if (certificates === undefined && idleTimeoutSeconds !== undefined) {
    const must = `must not be set without args.certificates, ${NAME} supports it only for HTTP`;
    findings.push({ path: "args.idleTimeoutSeconds", value: idleTimeoutSeconds, must });
  }
  return findings;
}
