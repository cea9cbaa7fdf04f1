import type { Admission } from "./admission.ts";
import {
  admitted,
  type Protocol,
  portsOf,
  rulesOf,
  type SecurityGroups,
} from "./security-groups.ts";

/** Everything that decides which connections are let through in the network that stands for the VPC. */
export interface FilterPlan {
  readonly security: SecurityGroups;
  readonly listeners: readonly AdmittedListener[];
  /** The range of the load balancers' addresses: nothing in it is open but the listeners. */
  readonly loadBalancers: string;
  /** Addresses and ranges of the network itself: by them HAProxy, the API server and the resolver come to the nodes, and nodes and Pods to other nodes. */
  readonly own: readonly string[];
}

/** A listener and who may connect to it. */
export interface AdmittedListener {
  /** Address of the load balancer. */
  readonly address: string;
  readonly port: number;
  readonly admission: Admission;
}

const ALL = "0.0.0.0/0";
const TABLE = "table ip security_groups";
const PROTOCOLS: readonly Protocol[] = ["tcp", "udp"];
/** What opens a connection; whatever else belongs to one that was let through. */
const OPENS = "tcp flags & (fin | syn | rst | ack) == syn";
const HOOKS = ["input", "forward", "output"];

/**
 * Writes the rules of nftables that carry out the security groups, in place of those before, all at once.
 * As in AWS, what is not admitted is dropped without a word, and a connection that is open stays open.
 */
export function packetFilter({ listeners, loadBalancers, own, security }: FilterPlan): string {
  const rules = [
    ...listeners.flatMap(toListener),
    `ip daddr ${loadBalancers} drop`,
    ...security.instances.flatMap((instance) => toInstance(instance, own, security)),
  ];
  const hooks = HOOKS.map((hook) => [
    `chain ${hook} {`,
    `type filter hook ${hook} priority filter`,
    `${OPENS} jump opening`,
    "meta l4proto udp jump opening",
    "}",
  ]);
  // Declared first, since only a table that is there can be deleted.
  return [TABLE, `delete ${TABLE}`, `${TABLE} {`, "chain opening {", ...rules, "}", ...hooks, "}"]
    .flat(2)
    .join("\n");
}

function toListener({ address, admission, port }: AdmittedListener): string[] {
  const to = `ip daddr ${address} tcp dport ${port}`;
  return [
    ...admission.map((ranges) =>
      ranges.length === 0 ? `${to} drop` : `${to} ip saddr != ${setOf(ranges)} drop`,
    ),
    `${to} accept`,
  ];
}

function toInstance(
  { address, groups }: SecurityGroups["instances"][number],
  own: readonly string[],
  security: SecurityGroups,
): string[] {
  const to = `ip daddr ${address}`;
  const rules = rulesOf(security.groups, groups).flatMap((rule) => {
    const from = admitted(rule, security.instances);
    return PROTOCOLS.flatMap((protocol) => {
      const ports = portsOf(rule, protocol);
      if (ports === undefined || from.length === 0) return [];
      const clients = from.includes(ALL) ? "" : ` ip saddr ${setOf(from)}`;
      return `${to} ${protocol} dport ${ports.join("-")}${clients} accept`;
    });
  });
  return [`${to} ip saddr ${setOf(own)} accept`, ...rules, `${to} drop`];
}

const setOf = (ranges: readonly string[]): string => `{ ${[...ranges].sort().join(", ")} }`;
