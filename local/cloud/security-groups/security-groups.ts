import { isIPv4 } from "node:net";

/** What the simulated AWS says of security groups, with everything that decides what they admit. */
export interface SecurityGroups {
  readonly groups: readonly SecurityGroup[];
  readonly instances: readonly GroupedInstance[];
  /** Range of addresses by the subnet's id. */
  readonly subnets: Readonly<Record<string, string>>;
}

/** One security group. */
export interface SecurityGroup {
  readonly id: string;
  /** Whom it admits; it has no other say, since what leaves is not looked at. */
  readonly ingress: readonly IngressRule[];
}

/** One rule of a security group. */
export interface IngressRule {
  /** `tcp`, `udp`, or `-1` for all. */
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  /** Ranges of IPv4 addresses. */
  readonly ranges: readonly string[];
  /** Ids of groups whose members are admitted. */
  readonly members: readonly string[];
}

/** A machine in its security groups. */
export interface GroupedInstance {
  readonly id: string;
  readonly address: string;
  readonly groups: readonly string[];
}

/** The protocols that are filtered. */
export type Protocol = "tcp" | "udp";

/** Whom a rule of some of the groups admits to a port: ranges of IPv4 addresses. */
export function rangesOf(
  { groups, instances }: SecurityGroups,
  ids: readonly string[],
  to: { readonly protocol: Protocol; readonly port: number },
): string[] {
  const rules = rulesOf(groups, ids).filter((rule) => covers(rule, to.protocol, to.port));
  return unique(rules.flatMap((rule) => admitted(rule, instances)));
}

/** Whether a rule of some of the groups admits the members of some others to a port. */
export function admitsMembers(
  { groups }: SecurityGroups,
  ids: readonly string[],
  to: { readonly protocol: Protocol; readonly port: number },
  members: readonly string[],
): boolean {
  return rulesOf(groups, ids)
    .filter((rule) => covers(rule, to.protocol, to.port))
    .some((rule) => rule.members.some((id) => members.includes(id)));
}

/** The rules of some of the groups. */
export const rulesOf = (groups: readonly SecurityGroup[], ids: readonly string[]): IngressRule[] =>
  groups.filter(({ id }) => ids.includes(id)).flatMap(({ ingress }) => ingress);

/** The ranges that a rule admits, with the addresses of the groups' members that it names. */
export const admitted = (
  { members, ranges }: IngressRule,
  instances: readonly GroupedInstance[],
): string[] =>
  unique([
    ...ranges.filter(isRange),
    ...instances
      .filter(({ groups }) => groups.some((id) => members.includes(id)))
      .map(({ address }) => `${address}/32`),
  ]);

/** The ports that a rule opens for a protocol, the first and the last; `undefined` where it opens none. */
export function portsOf(
  { fromPort, protocol, toPort }: IngressRule,
  of: Protocol,
): readonly [number, number] | undefined {
  if (protocol === ANY_PROTOCOL) return [0, MOST_PORT];
  const isPort = (port: number) => Number.isInteger(port) && port >= 0 && port <= MOST_PORT;
  return protocol === of && isPort(fromPort) && isPort(toPort) && fromPort <= toPort
    ? [fromPort, toPort]
    : undefined;
}

const ANY_PROTOCOL = "-1";
const MOST_PORT = 65_535;
const MOST_BITS = 32;

function covers(rule: IngressRule, protocol: Protocol, port: number): boolean {
  const [from, to] = portsOf(rule, protocol) ?? [];
  return from !== undefined && to !== undefined && from <= port && port <= to;
}

/** What is no range admits nobody; the simulated AWS takes more than AWS does. */
function isRange(text: string): boolean {
  const [address = "", bits = "", ...more] = text.split("/");
  return (
    isIPv4(address) && /^(0|[1-9]\d?)$/.test(bits) && Number(bits) <= MOST_BITS && !more.length
  );
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
