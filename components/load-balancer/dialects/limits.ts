import { IpFamily } from "../../service/ip-families.ts";
import { SessionAffinity } from "../../service/session-affinity.ts";
import type { Finding, Rule } from "../../validation/checks.ts";
import { hasTwoFamilies } from "../contract/address-families.ts";
import type { Intent, LoadBalancerPort } from "../contract/intent.ts";

/** The annotation that is read, by whichever controller, where a Service has no source ranges of its own. */
export const SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";

/** What a dialect says where the controller can do anything. */
export const anything: Rule = () => undefined;

/** What a dialect says where load balancers have IPv4 addresses alone. */
export const ipv4Alone = (): readonly IpFamily[] => [IpFamily.IPv4];

/** What a dialect says where traffic comes through ports of nodes, whatever is asked. */
export const always = (): boolean => true;

/** What a dialect says where traffic comes through no port of a node. */
export const never = (): boolean => false;

/** One family of addresses alone. */
export const singleStack =
  (name: string): Rule =>
  (policy) =>
    policy === undefined || policy === "SingleStack"
      ? undefined
      : `must be left out, load balancers of ${name} have no IPv6 address`;

/** Every connection may go to another Pod. */
export const noSessionAffinity =
  (name: string, instead = ""): Rule =>
  (value) =>
    value === SessionAffinity.ClientIP
      ? `must be "None", load balancers of ${name} have no affinity${instead}`
      : undefined;

/** No Pod has been reached by SCTP behind any of them. */
export function noSctp(name: string, ports: readonly LoadBalancerPort[]): readonly Finding[] {
  const must = `must be a TCP or UDP port, ${name} has no SCTP`;
  return ports.flatMap(({ protocol, targetPort }, index) =>
    protocol === "SCTP" ? [finding(index, targetPort, must)] : [],
  );
}

/** TCP alone. */
export function tcpOnly(name: string, ports: readonly LoadBalancerPort[]): readonly Finding[] {
  const must = `must be a TCP port, ${name} has nothing else`;
  return ports.flatMap(({ protocol, targetPort }, index) =>
    protocol === "TCP" ? [] : [finding(index, targetPort, must)],
  );
}

/** All ports of one protocol, which is TCP or UDP. */
export function oneProtocol(name: string, ports: readonly LoadBalancerPort[]): readonly Finding[] {
  const first = ports[0]?.protocol;
  const others = ports.flatMap(({ protocol, targetPort }, index) => {
    const must = `must be a ${first} port like args.ports[0], ${name} has one protocol per load balancer; use a second LoadBalancerService for ${protocol}`;
    return protocol === first || protocol === "SCTP" ? [] : [finding(index, targetPort, must)];
  });
  return [...noSctp(name, ports), ...others];
}

/** A second fixed address is that of the second family. */
export function onePerFamily(intent: Intent): readonly Finding[] {
  const { staticAddresses: { length: addresses } = [] } = intent;
  const must =
    "must be at most 1, unless args.ipFamilyPolicy asks for two families: each has one address";
  return addresses > 1 && !hasTwoFamilies(intent)
    ? [{ path: "args.staticAddresses.length", value: addresses, must }]
    : [];
}

/** A path is asked for by HTTP. */
export function pathNeedsHttp({
  healthCheckPath: value,
  healthCheckProtocol,
}: Intent): readonly Finding[] {
  const must = 'must be left out where args.healthCheckProtocol is "Tcp"';
  return value !== undefined && healthCheckProtocol === "Tcp"
    ? [{ path: "args.healthCheckPath", value, must }]
    : [];
}

/** TLS needs TCP. */
export function tlsNeedsTcp(ports: readonly LoadBalancerPort[]): readonly Finding[] {
  return ports.flatMap(({ protocol, targetPort, tls }, index) =>
    tls && protocol !== "TCP"
      ? [finding(index, targetPort, "must be a TCP port, TLS ends there")]
      : [],
  );
}

function finding(index: number, value: string, must: string): Finding {
  return { path: `args.ports[${index}].targetPort`, value, must };
}
