import { AddressKind } from "../../cluster/address-kind.ts";
import { IpFamilyPolicy } from "../../service/ip-families.ts";
import type { ServicePort } from "../../service/ports.ts";
import type { Finding, Rule } from "../../validation/checks.ts";
import { integer, oneOf } from "../../validation/rules.ts";
import { hasTwoFamilies } from "../contract/address-families.ts";
import { type AnnotationValue, commaList, text } from "../contract/annotation-value.ts";
import type { LoadBalancerDialect } from "../contract/dialect.ts";
import { RangeEnforcer } from "../contract/enforcement.ts";
import { BackendProtocol } from "../contract/enums.ts";
import { healthCheckOf, healthCheckPortOf } from "../contract/health-check.ts";
import { Exposure, type Intent } from "../contract/intent.ts";
import { cloudServiceController } from "./evidence.ts";
import { healthCheckPortFindings } from "./health-check-port.ts";
import {
  always,
  anything,
  internalHasIpv4,
  ipv4UnlessPublic,
  noSctp,
  noSessionAffinity,
  pathNeedsHttp,
  SOURCE_RANGES,
  tlsNeedsTcp,
} from "./limits.ts";

const NAME = "DigitalOcean";
const key = (name: string): string => `service.beta.kubernetes.io/do-loadbalancer-${name}`;

/** The options that only the type REGIONAL supports; the network type forwards packets and silently ignores them. */
const READS_TRAFFIC = ["certificates", "proxyProtocol"] as const;

/** The annotations without an argument that only the type REGIONAL supports. */
const READING_KEYS = [
  "certificate-id",
  "enable-backend-keepalive",
  "http-ports",
  "http2-ports",
  "http3-port",
  "protocol",
  "redirect-http-to-https",
  "sticky-sessions-type",
  "tls-passthrough",
  "tls-ports",
].map(key);

/** With HTTP/2, a port that terminates TLS is in one of two lists, which the program then states itself. */
const HTTP2_PORTS = key("http2-ports");

/** The id changes whenever the certificate is renewed; the controller then writes the new one into the Service. */
const certificateName: Rule = (value) =>
  typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
    ? "must be the name of a certificate: its id changes with each renewal"
    : undefined;

const loadBalancerName: Rule = (value) =>
  typeof value === "string" && /^[A-Za-z0-9][A-Za-z0-9.-]{0,254}$/.test(value)
    ? undefined
    : 'must be at most 255 letters, digits, "-" and ".", starting with a letter or digit';

/**
 * DigitalOcean's load balancer, written from its cloud controller manager 0.1.68. That version ignores the annotations
 * for a static address and a subnet, which only its unreleased code reads: they have no argument yet.
 */
export const digitalOcean: LoadBalancerDialect = {
  name: NAME,
  documentation:
    "https://docs.digitalocean.com/products/kubernetes/how-to/configure-load-balancers/",
  addressKind: AddressKind.Ip,
  // While a load balancer is being created, its error events contain this text for minutes.
  evidence: { ...cloudServiceController, unfinished: ["not yet active"] },
  // https://docs.digitalocean.com/products/networking/load-balancers/details/limits/ (read 2026)
  maximumPorts: 40,
  supports: {
    certificates: {
      keys: [key("certificate-name")],
      rule: certificateName,
      most: 1,
    },
    tlsPorts: { keys: [key("tls-ports")], openKeys: [key("tls-ports")] },
    backendProtocol: {
      keys: [key("protocol")],
      openKeys: [key("protocol")],
      rule: oneOf({ Http: BackendProtocol.Http }),
    },
    loadBalancerName: { keys: [key("name")], rule: loadBalancerName },
    healthCheckPort: { keys: [key("healthcheck-port"), key("override-health-check")] },
    healthCheckProtocol: {
      keys: [key("healthcheck-protocol"), key("override-health-check")],
    },
    healthCheckPath: {
      keys: [key("healthcheck-path"), key("override-health-check")],
    },
    healthCheckIntervalSeconds: {
      keys: [key("healthcheck-check-interval-seconds")],
      rule: integer(3, 300),
    },
    healthCheckTimeoutSeconds: {
      keys: [key("healthcheck-response-timeout-seconds")],
      rule: integer(3, 300),
    },
    healthCheckHealthyThreshold: {
      keys: [key("healthcheck-healthy-threshold")],
      rule: integer(2, 10),
    },
    healthCheckUnhealthyThreshold: {
      keys: [key("healthcheck-unhealthy-threshold")],
      rule: integer(2, 10),
    },
    proxyProtocol: { keys: [key("enable-proxy-protocol")] },
    idleTimeoutSeconds: { keys: [key("http-idle-timeout-seconds")], rule: integer(30, 600) },
  },
  sourceRanges: {
    by: RangeEnforcer.LoadBalancerFirewall,
    families: ipv4UnlessPublic,
    voidedBy: {},
  },
  sessionAffinity: noSessionAffinity(NAME),
  ipFamilyPolicy: anything,
  forceNewKeys: [key("type"), key("network"), key("network-stack"), key("ip"), key("subnet-uuid")],
  hostnameKey: key("hostname"),
  exposureKeys: [key("type"), key("network"), key("allow-rules"), SOURCE_RANGES],
  portFindings: (ports, intent) => [
    ...noSctp(NAME, ports),
    ...tlsNeedsTcp(ports),
    ...healthCheckPortFindings(ports, intent),
    ...askedPortFindings(ports, intent),
  ],
  intentFindings: (intent) => [
    ...idleFindings(intent),
    ...pathNeedsHttp(intent),
    // The controller fails with "dual stack networking is not supported for internal load balancer".
    ...internalHasIpv4(NAME, intent),
  ],
  needsNodePorts: always,
  render: (intent) => ({
    annotations: {
      [key("type")]: readsTraffic(intent) ? "REGIONAL" : "REGIONAL_NETWORK",
      [key("network")]: intent.exposure === Exposure.Public ? "EXTERNAL" : "INTERNAL",
      [key("network-stack")]: networkStack(intent),
      [key("name")]: intent.loadBalancerName,
      ...tlsAnnotations(intent),
      ...healthCheckAnnotations(intent),
      [key("enable-proxy-protocol")]: text(intent.proxyProtocol),
      [key("http-idle-timeout-seconds")]: text(intent.idleTimeoutSeconds),
    },
  }),
};

function readsTraffic(intent: Intent): boolean {
  return (
    READS_TRAFFIC.some((name) => intent[name] !== undefined && intent[name] !== false) ||
    intent.annotationKeys.some((annotation) => READING_KEYS.includes(annotation))
  );
}

/** The network type has both families only if the nodes do, which the cloud detects itself. */
function networkStack(intent: Intent): AnnotationValue {
  const preferred = intent.ipFamilyPolicy === IpFamilyPolicy.PreferDualStack;
  if (preferred && !readsTraffic(intent)) {
    return undefined;
  }
  return hasTwoFamilies(intent) ? "DUALSTACK" : "IPV4";
}

/** The controller supports HTTP inside TLS. Its protocol annotation applies to the other ports, which forward bytes. */
function tlsAnnotations(intent: Intent): Record<string, AnnotationValue> {
  const { annotationKeys, certificates, ports } = intent;
  const tlsPorts = ports.filter(({ tls }) => tls).map(({ port }) => port);
  return certificates === undefined
    ? {}
    : {
        [key("certificate-name")]: commaList(certificates),
        [key("protocol")]: "tcp",
        [key("tls-ports")]: annotationKeys.includes(HTTP2_PORTS) ? undefined : tlsPorts.join(","),
      };
}

function isOverridden({ healthCheckPath, healthCheckPort, healthCheckProtocol }: Intent): boolean {
  return [healthCheckPath, healthCheckPort, healthCheckProtocol].some((it) => it !== undefined);
}

/** Health checks go to the first TCP port. Without one the controller fails. */
function askedPortFindings(ports: readonly ServicePort[], intent: Intent) {
  const must = `must be a TCP port, or another port must be: ${NAME} sends health checks only to a TCP port; set neither args.healthCheckProtocol nor args.healthCheckPath to check the nodes`;
  // A UDP port of healthCheckPort is reported at that argument.
  return intent.healthCheckPort === undefined &&
    ports.every(({ protocol }) => protocol === "UDP") &&
    isOverridden(intent)
    ? [{ path: "args.ports[0].targetPort", value: ports[0]?.targetPort, must }]
    : [];
}

/** The controller checks the health of nodes by default, unless an annotation names a port of the Service. */
function healthCheckAnnotations(intent: Intent): Record<string, AnnotationValue> {
  const { healthCheckPath: path } = intent;
  const { healthy, interval, protocol, unhealthy } = healthCheckOf(intent);
  const overridden = isOverridden(intent);
  return {
    [key("override-health-check")]: overridden ? "true" : undefined,
    [key("healthcheck-protocol")]: overridden ? String(protocol).toLowerCase() : undefined,
    [key("healthcheck-path")]: path,
    [key("healthcheck-port")]: text(healthCheckPortOf(intent)?.port),
    [key("healthcheck-check-interval-seconds")]: text(interval),
    [key("healthcheck-response-timeout-seconds")]: text(intent.healthCheckTimeoutSeconds),
    [key("healthcheck-healthy-threshold")]: text(healthy),
    [key("healthcheck-unhealthy-threshold")]: text(unhealthy),
  };
}

function idleFindings({ certificates, idleTimeoutSeconds }: Intent): readonly Finding[] {
  const must = "must not be set without args.certificates, DigitalOcean supports it only for HTTP";
  return idleTimeoutSeconds !== undefined && certificates === undefined
    ? [{ path: "args.idleTimeoutSeconds", value: idleTimeoutSeconds, must }]
    : [];
}
