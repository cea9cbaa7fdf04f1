import { describe, expect, test } from "vitest";
import {
  type Admission,
  admissionTo,
  admits,
} from "../../../../../local/cloud/security-groups/admission.ts";
import { packetFilter } from "../../../../../local/cloud/security-groups/packet-filter.ts";
import type {
  IngressRule,
  SecurityGroups,
} from "../../../../../local/cloud/security-groups/security-groups.ts";
import { group, target } from "../load-balancers/balancings.ts";

const OFFICE = "203.0.113.10";
const STRANGER = "198.51.100.10";
const INTERNAL = "10.0.9.10";
const CLIENTS = { office: OFFICE, stranger: STRANGER, internal: INTERNAL };

const rule = (changes: Partial<IngressRule> = {}): IngressRule => ({
  protocol: "tcp",
  fromPort: 30_007,
  toPort: 30_007,
  ranges: [],
  members: [],
  ...changes,
});

/** Two nodes in the group "nodes", and the load balancer's own group "front". */
const world = (
  nodes: readonly IngressRule[],
  front: readonly IngressRule[] = [],
): SecurityGroups => ({
  groups: [
    { id: "nodes", ingress: nodes },
    { id: "front", ingress: front },
    { id: "other", ingress: [rule({ ranges: ["0.0.0.0/0"] })] },
  ],
  instances: [
    { id: "i-a", address: "10.0.0.4", groups: ["nodes"] },
    { id: "i-b", address: "10.0.1.4", groups: ["nodes"] },
  ],
  subnets: { "subnet-a": "10.0.0.0/24", "subnet-b": "10.0.1.0/24" },
});

interface Case {
  readonly nodes: readonly IngressRule[];
  readonly front?: readonly IngressRule[];
  readonly own?: readonly string[];
  readonly preserved?: boolean;
}

function admission({ front, nodes, own = [], preserved = true }: Case): Admission {
  return admissionTo(
    {
      balancer: { securityGroups: own, subnetIds: ["subnet-a", "subnet-b"] },
      listener: { port: 80 },
      group: group({ attributes: { "preserve_client_ip.enabled": String(preserved) } }),
    },
    world(nodes, front),
  );
}

const whoGetsIn = (of: Case) =>
  Object.entries(CLIENTS)
    .filter(([, address]) => admits(admission(of), address))
    .map(([name]) => name);

const ALL = Object.keys(CLIENTS);
const everybody = ["0.0.0.0/0"];
const office = ["203.0.113.0/24"];
const subnets = ["10.0.0.0/24", "10.0.1.0/24"];

describe("admissionTo: without groups of the load balancer's own", () => {
  test.each<[string, Case, readonly string[]]>([
    ["everybody", { nodes: [rule({ ranges: everybody })] }, ALL],
    ["a range", { nodes: [rule({ ranges: office })] }, ["office"]],
    ["one address", { nodes: [rule({ ranges: [`${STRANGER}/32`] })] }, ["stranger"]],
    [
      "two ranges of one rule",
      { nodes: [rule({ ranges: [...office, "10.0.0.0/8"] })] },
      ["office", "internal"],
    ],
    [
      "two rules",
      { nodes: [rule({ ranges: office }), rule({ ranges: ["10.0.0.0/8"] })] },
      ["office", "internal"],
    ],
    [
      "a range of ports",
      { nodes: [rule({ fromPort: 30_000, toPort: 30_007, ranges: office })] },
      ["office"],
    ],
    [
      "every protocol",
      { nodes: [rule({ protocol: "-1", fromPort: 0, toPort: 0, ranges: office })] },
      ["office"],
    ],
    ["the port below", { nodes: [rule({ fromPort: 0, toPort: 30_006, ranges: everybody })] }, []],
    [
      "the port above",
      { nodes: [rule({ fromPort: 30_008, toPort: 65_535, ranges: everybody })] },
      [],
    ],
    [
      "the port of the listener",
      { nodes: [rule({ fromPort: 80, toPort: 80, ranges: everybody })] },
      [],
    ],
    ["another protocol", { nodes: [rule({ protocol: "udp", ranges: everybody })] }, []],
    ["no rule", { nodes: [] }, []],
    ["members of a group", { nodes: [rule({ members: ["front"] })] }, []],
    ["members of the nodes' group", { nodes: [rule({ members: ["nodes"] })] }, []],
    [
      "what is no range",
      {
        nodes: [
          rule({ ranges: ["203.0.113.0/33", "203.0.113.0", "x", "::/0", "203.0.113.0/24/1", ""] }),
        ],
      },
      [],
    ],
  ])("the nodes admit %s", (_, of, expected) => {
    expect(whoGetsIn(of)).toEqual(expected);
  });

  test("admits the nodes when a rule names their group", () => {
    expect(admits(admission({ nodes: [rule({ members: ["nodes"] })] }), "10.0.1.4")).toBe(true);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ["its subnets", subnets, ALL],
    ["more than its subnets", ["10.0.0.0/8"], ALL],
    ["one of its subnets", ["10.0.0.0/24"], []],
    ["a range of clients", office, []],
  ])(
    "admits by whom the nodes take %s when the clients' addresses are not preserved",
    (_, ranges, expected) => {
      expect(whoGetsIn({ nodes: [rule({ ranges })], preserved: false })).toEqual(expected);
    },
  );
});

describe("admissionTo: with a group of the load balancer's own", () => {
  const listener = { fromPort: 80, toPort: 80 };
  const own = ["front"];
  const behind = [rule({ members: ["front"] })];

  test.each<[string, Case, readonly string[]]>([
    ["a range", { own, nodes: behind, front: [rule({ ...listener, ranges: office })] }, ["office"]],
    ["everybody", { own, nodes: behind, front: [rule({ ...listener, ranges: everybody })] }, ALL],
    ["everybody to another port", { own, nodes: behind, front: [rule({ ranges: everybody })] }, []],
    ["nobody", { own, nodes: behind }, []],
    [
      "everybody, and the nodes a range",
      { own, nodes: [rule({ ranges: office })], front: [rule({ ...listener, ranges: everybody })] },
      ["office"],
    ],
    [
      "a range, and the nodes another",
      {
        own,
        nodes: [rule({ ranges: office })],
        front: [rule({ ...listener, ranges: ["10.0.0.0/8"] })],
      },
      [],
    ],
    [
      "a range, and the nodes nobody",
      { own, nodes: [], front: [rule({ ...listener, ranges: office })] },
      [],
    ],
  ])("it admits %s", (_, of, expected) => {
    expect(whoGetsIn(of)).toEqual(expected);
  });
});

test("admissionTo: admits nobody to a target of which nobody knows the groups, unless it gets nothing", () => {
  const to = (targets: ReturnType<typeof target>[]) =>
    admissionTo(
      {
        balancer: { securityGroups: [], subnetIds: [] },
        listener: { port: 80 },
        group: group({ targets }),
      },
      world([rule({ ranges: everybody })]),
    );

  expect(admits(to([target("10.9.9.9", "10.9.9.9")]), OFFICE)).toBe(false);
  expect(admits(to([target("i-gone", undefined)]), OFFICE)).toBe(true);
});

test("packetFilter: drops at listeners and at nodes whatever no rule admits", () => {
  const security = world([
    rule({ ranges: office }),
    rule({ protocol: "-1", fromPort: 0, toPort: 0, ranges: ["10.0.9.0/24"] }),
    rule({ protocol: "udp", fromPort: 53, toPort: 54, ranges: everybody }),
    rule({ fromPort: -1, toPort: -1, ranges: everybody }),
    rule({ ranges: ["::/0"] }),
  ]);
  const [a] = security.instances;
  const rules = packetFilter({
    security: { ...security, instances: a ? [a] : [] },
    loadBalancers: "10.0.255.0/24",
    own: ["10.0.0.4", "10.0.0.1"],
    listeners: [
      { address: "10.0.255.1", port: 80, admission: [office, ["0.0.0.0/1", "10.0.0.0/8"]] },
      { address: "10.0.255.2", port: 81, admission: [] },
      { address: "10.0.255.2", port: 82, admission: [[]] },
    ],
  });

  const chain = rules.slice(rules.indexOf("chain opening {"), rules.indexOf("chain input {"));
  expect(chain.split("\n")).toEqual([
    "chain opening {",
    "ip daddr 10.0.255.1 tcp dport 80 ip saddr != { 203.0.113.0/24 } drop",
    "ip daddr 10.0.255.1 tcp dport 80 ip saddr != { 0.0.0.0/1, 10.0.0.0/8 } drop",
    "ip daddr 10.0.255.1 tcp dport 80 accept",
    "ip daddr 10.0.255.2 tcp dport 81 accept",
    "ip daddr 10.0.255.2 tcp dport 82 drop",
    "ip daddr 10.0.255.2 tcp dport 82 accept",
    "ip daddr 10.0.255.0/24 drop",
    "ip daddr 10.0.0.4 ip saddr { 10.0.0.1, 10.0.0.4 } accept",
    "ip daddr 10.0.0.4 tcp dport 30007-30007 ip saddr { 203.0.113.0/24 } accept",
    "ip daddr 10.0.0.4 tcp dport 0-65535 ip saddr { 10.0.9.0/24 } accept",
    "ip daddr 10.0.0.4 udp dport 0-65535 ip saddr { 10.0.9.0/24 } accept",
    "ip daddr 10.0.0.4 udp dport 53-54 accept",
    "ip daddr 10.0.0.4 drop",
    "}",
    "",
  ]);
  for (const hook of ["input", "forward", "output"]) {
    expect(rules).toContain(`type filter hook ${hook} priority filter`);
  }
});
