import { isIPv4 } from "node:net";
import * as pulumi from "@pulumi/pulumi";
import { AddressKind } from "../../cluster/address-kind.ts";
import { IpFamily } from "../../service/ip-families.ts";
import type { ServicePort } from "../../service/ports.ts";
import type { Finding, Rule } from "../../validation/checks.ts";
import { integer, objectName, oneOf } from "../../validation/rules.ts";
import { BOTH_FAMILIES, hasTwoFamilies } from "../contract/address-families.ts";
import { type AnnotationValue, commaList, text } from "../contract/annotation-value.ts";
import type { LoadBalancerDialect } from "../contract/dialect.ts";
import { RangeEnforcer } from "../contract/enforcement.ts";
import { BackendProtocol, HealthCheckProtocol } from "../contract/enums.ts";
import { healthCheckOf } from "../contract/health-check.ts";
import { Exposure, type Intent } from "../contract/intent.ts";
import { cloudServiceController } from "./evidence.ts";
import {
  always,
  noSctp,
  noSessionAffinity,
  oneProtocolPerNumber,
  pathNeedsHttp,
  SOURCE_RANGES,
  tlsNeedsTcp,
} from "./limits.ts";

const NAME = "Linode";
const key = (name: string): string => `service.beta.kubernetes.io/linode-loadbalancer-${name}`;
/** The prefix of the annotations for single ports. */
const PORT_PREFIX = key("port-");
const SUBNET = key("frontend-subnet-id");

const address: Rule = (value) =>
  typeof value === "string" && isIPv4(value) ? undefined : "must be a reserved IPv4 address";

const subnetId: Rule = (value) =>
  typeof value === "string" && /^[1-9]\d*$/.test(value)
    ? undefined
    : "must be the id of a subnet, such as 1234";

/**
 * Linode's NodeBalancer, written from its cloud controller manager 0.9.8, with which it has not been run here. The
 * controller builds every port anew at each sync, with its defaults for what is not written.
 *
 * @see https://github.com/linode/linode-cloud-controller-manager/blob/v0.9.8/cloud/linode/loadbalancers.go
 */
export const linode: LoadBalancerDialect = {
  name: NAME,
  documentation:
    "https://github.com/linode/linode-cloud-controller-manager/blob/main/docs/configuration/annotations.md",
  // The status has both; the host name comes first.
  addressKind: AddressKind.Hostname,
  evidence: cloudServiceController,
  maximumPorts: 65535,
  supports: {
    certificates: { keys: [PORT_PREFIX], rule: objectName, most: 1 },
    tlsPorts: { keys: [PORT_PREFIX] },
    backendProtocol: { keys: [PORT_PREFIX], rule: oneOf({ Http: BackendProtocol.Http }) },
    staticAddresses: { keys: [key("reserved-ipv4")], rule: address, most: 1 },
    subnets: { keys: [SUBNET], rule: subnetId, most: 1 },
    healthCheckProtocol: {
      keys: [key("check-type")],
      rule: oneOf({ Tcp: HealthCheckProtocol.Tcp, Http: HealthCheckProtocol.Http }),
    },
    healthCheckPath: { keys: [key("check-path"), key("check-type")] },
    healthCheckIntervalSeconds: { keys: [key("check-interval")], rule: integer(2, 3600) },
    healthCheckTimeoutSeconds: { keys: [key("check-timeout")], rule: integer(1, 30) },
    healthCheckUnhealthyThreshold: { keys: [key("check-attempts")], rule: integer(1, 30) },
    proxyProtocol: { keys: [key("default-proxy-protocol")] },
  },
  // A firewall is a resource of its own, which the annotations firewall-id and firewall-acl name.
  sourceRanges: {
    by: RangeEnforcer.Nobody,
    families: (requested) => (hasTwoFamilies(requested) ? BOTH_FAMILIES : [IpFamily.IPv4]),
    voidedBy: {},
  },
  sessionAffinity: noSessionAffinity(NAME),
  ipFamilyPolicy: () => undefined,
  forceNewKeys: [key("reserved-ipv4"), key("nodebalancer-id"), key("nodebalancer-type"), SUBNET],
  exposureKeys: [
    key("nodebalancer-id"),
    key("frontend-vpc-name"),
    key("frontend-subnet-name"),
    key("frontend-ipv4-range"),
    key("frontend-ipv6-range"),
    SUBNET,
    SOURCE_RANGES,
  ],
  portFindings: (ports, intent) => [
    ...noSctp(NAME, ports),
    ...tlsNeedsTcp(ports),
    // The controller knows the ports of a NodeBalancer by their numbers alone.
    ...oneProtocolPerNumber(NAME, ports),
    ...datagramFindings(ports, intent),
  ],
  intentFindings: (intent) => [
    ...exposureFindings(intent),
    ...pathNeedsHttp(intent),
    ...timeoutFindings(intent),
  ],
  needsNodePorts: always,
  render: (intent) => ({
    annotations: {
      [SUBNET]: commaList(intent.subnets),
      [key("reserved-ipv4")]: commaList(intent.staticAddresses),
      [key("enable-ipv6-ingress")]: text(hasTwoFamilies(intent)),
      ...tlsAnnotations(intent),
      ...healthCheckAnnotations(intent),
      [key("default-proxy-protocol")]: intent.proxyProtocol === true ? "v2" : "none",
    },
  }),
};

/** Each port that terminates TLS names the Secret with the certificate. What comes out of TLS is HTTP. */
function tlsAnnotations({ certificates, ports }: Intent): Record<string, AnnotationValue> {
  const [secret] = certificates ?? [];
  if (secret === undefined) {
    return {};
  }
  const value = typeof secret === "string" ? portOf(secret) : pulumi.output(secret).apply(portOf);
  return Object.fromEntries(
    ports.filter(({ tls }) => tls).map(({ port }) => [`${PORT_PREFIX}${port}`, value]),
  );
}

function portOf(secret: string): string {
  return JSON.stringify({ protocol: "https", "tls-secret-name": secret });
}

/** Without a type, TCP ports are connected to and UDP ports are not checked. */
function healthCheckAnnotations(intent: Intent): Record<string, AnnotationValue> {
  const { healthCheckPath, healthCheckProtocol } = intent;
  const { interval, protocol, unhealthy } = healthCheckOf(intent);
  const isDefault = healthCheckPath === undefined && healthCheckProtocol === undefined;
  const type = protocol === HealthCheckProtocol.Http ? "http" : "connection";
  return {
    [key("check-type")]: isDefault ? undefined : type,
    [key("check-path")]: healthCheckPath,
    [key("check-interval")]: text(interval),
    [key("check-timeout")]: text(intent.healthCheckTimeoutSeconds),
    [key("check-attempts")]: text(unhealthy),
  };
}

/** The controller fails with "proxy protocol is not supported for UDP". */
function datagramFindings(
  ports: readonly ServicePort[],
  { proxyProtocol: value }: Intent,
): readonly Finding[] {
  const index = ports.findIndex(({ protocol }) => protocol === "UDP");
  const must = `must not be set: args.ports[${index}] is a UDP port, for which ${NAME} has no PROXY protocol`;
  return value === true && index >= 0 ? [{ path: "args.proxyProtocol", value, must }] : [];
}

/** A NodeBalancer is internal only by an address of a VPC's subnet. */
function exposureFindings({ exposure, staticAddresses, subnets }: Intent): readonly Finding[] {
  if (exposure === Exposure.Public) {
    const must = `must not be set for a public load balancer: with a subnet ${NAME} gives it an address of the VPC`;
    return subnets === undefined ? [] : [{ path: "args.subnets", value: subnets, must }];
  }
  const must = `must name the subnet of the VPC that an internal load balancer has its address in: ${NAME} makes a public one otherwise`;
  const missing = subnets === undefined ? [{ path: "args.subnets", value: undefined, must }] : [];
  const reserved = `must not be set for an internal load balancer: reserved addresses of ${NAME} are public`;
  return staticAddresses === undefined
    ? missing
    : [...missing, { path: "args.staticAddresses", value: staticAddresses, must: reserved }];
}

/** The cloud rejects a timeout that is not shorter than the interval. The controller's default is 3 seconds. */
function timeoutFindings(intent: Intent): readonly Finding[] {
  const { interval } = healthCheckOf(intent);
  const { healthCheckTimeoutSeconds: value = 3 } = intent;
  // A value that is not a number has already been reported.
  if (!(Number.isFinite(value) && Number.isFinite(interval)) || value < interval) {
    return [];
  }
  const must = `must be less than args.healthCheckIntervalSeconds, which is ${interval}`;
  return [{ path: "args.healthCheckTimeoutSeconds", value, must }];
}
