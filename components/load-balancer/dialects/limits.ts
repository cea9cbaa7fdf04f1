import { IpFamily } from "../../service/ip-families.ts";
import type { ServicePort } from "../../service/ports.ts";
import { SessionAffinity } from "../../service/session-affinity.ts";
import type { Finding, Rule } from "../../validation/checks.ts";
import { BOTH_FAMILIES, hasTwoFamilies } from "../contract/address-families.ts";
import type { RangeContext } from "../contract/enforcement.ts";
import { Exposure, type Intent } from "../contract/intent.ts";

/** The annotation that every controller reads if a Service has no `loadBalancerSourceRanges`. */
export const SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";

/** The rule of a dialect that accepts any value. */
export const anything: Rule = () => undefined;

/** The families of a dialect whose load balancers have only IPv4 addresses. */
export const ipv4Alone = (): readonly IpFamily[] => [IpFamily.IPv4];

/** The families of a dialect whose internal load balancers have only IPv4 addresses, whatever the Service has. */
export function ipv4UnlessPublic(requested: RangeContext): readonly IpFamily[] {
  return hasTwoFamilies(requested) && requested.exposure === Exposure.Public
    ? BOTH_FAMILIES
    : [IpFamily.IPv4];
}

/** For a dialect whose traffic always comes through node ports. */
export const always = (): boolean => true;

/** For a dialect whose traffic never comes through node ports. */
export const never = (): boolean => false;

/** The rule of a dialect that supports only one address family. */
export const singleStack =
  (name: string): Rule =>
  (policy) =>
    policy === undefined || policy === "SingleStack"
      ? undefined
      : `must not be set: load balancers of ${name} have no IPv6 address`;

/** The rule of a dialect that does not support session affinity. */
export const noSessionAffinity =
  (name: string, instead = ""): Rule =>
  (value) =>
    value === SessionAffinity.ClientIP
      ? `must be "None": load balancers of ${name} do not support session affinity${instead}`
      : undefined;

/** Rejects SCTP ports, which no controller has been shown to support. */
export function noSctp(name: string, ports: readonly ServicePort[]): readonly Finding[] {
  const must = `must be a TCP or UDP port: ${name} does not support SCTP`;
  return ports.flatMap(({ protocol, targetPort }, index) =>
    protocol === "SCTP" ? [finding(index, targetPort, must)] : [],
  );
}

/** Rejects ports other than TCP. */
export function tcpOnly(name: string, ports: readonly ServicePort[]): readonly Finding[] {
  const must = `must be a TCP port: ${name} supports no other protocol`;
  return ports.flatMap(({ protocol, targetPort }, index) =>
    protocol === "TCP" ? [] : [finding(index, targetPort, must)],
  );
}

/** Rejects ports of different protocols, and SCTP. */
export function oneProtocol(name: string, ports: readonly ServicePort[]): readonly Finding[] {
  const first = ports[0]?.protocol;
  const others = ports.flatMap(({ protocol, targetPort }, index) => {
    const must = `must be a ${first} port like args.ports[0], ${name} has one protocol per load balancer; use a second LoadBalancerService for ${protocol}`;
    return protocol === first || protocol === "SCTP" ? [] : [finding(index, targetPort, must)];
  });
  return [...noSctp(name, ports), ...others];
}

/** Rejects a second protocol on a number. */
export function oneProtocolPerNumber(
  name: string,
  ports: readonly ServicePort[],
): readonly Finding[] {
  return ports.flatMap(({ port: value }, index) => {
    const first = ports.findIndex(({ port }) => port === value);
    const must = `must differ from args.ports[${first}].port: ${name} has one protocol per number; use a second LoadBalancerService`;
    return first < index ? [{ path: `args.ports[${index}].port`, value, must }] : [];
  });
}

/** Rejects a second static address without a second address family. */
export function onePerFamily(intent: Intent): readonly Finding[] {
  const { staticAddresses: { length: addresses } = [] } = intent;
  const must =
    "must be at most 1, unless args.ipFamilyPolicy asks for two families: each has one address";
  return addresses > 1 && !hasTwoFamilies(intent)
    ? [{ path: "args.staticAddresses.length", value: addresses, must }]
    : [];
}

/** Rejects two families of an internal load balancer. */
export function internalHasIpv4(name: string, intent: Intent): readonly Finding[] {
  const { exposure, ipFamilyPolicy: value } = intent;
  const must = `must not be set for an internal load balancer, ${name} gives it only an IPv4 address`;
  return exposure === Exposure.Internal && hasTwoFamilies(intent)
    ? [{ path: "args.ipFamilyPolicy", value, must }]
    : [];
}

/** Rejects a path for a TCP health check. */
export function pathNeedsHttp({
  healthCheckPath: value,
  healthCheckProtocol,
}: Intent): readonly Finding[] {
  const must = 'must not be set if args.healthCheckProtocol is "Tcp"';
  return value !== undefined && healthCheckProtocol === "Tcp"
    ? [{ path: "args.healthCheckPath", value, must }]
    : [];
}

/** Rejects TLS on ports other than TCP. */
export function tlsNeedsTcp(ports: readonly ServicePort[]): readonly Finding[] {
  return ports.flatMap(({ protocol, targetPort, tls }, index) =>
    tls && protocol !== "TCP"
      ? [finding(index, targetPort, "must be a TCP port, because it terminates TLS")]
      : [],
  );
}

function finding(index: number, value: string, must: string): Finding {
  return { path: `args.ports[${index}].targetPort`, value, must };
}
