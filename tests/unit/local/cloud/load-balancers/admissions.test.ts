import { expect, test } from "vitest";
import { admissionsOf, filterPlan } from "../../../../../local/cloud/load-balancers/admissions.ts";
import { wantedPorts } from "../../../../../local/cloud/load-balancers/forwards.ts";
import { nodePortKey } from "../../../../../local/cloud/load-balancers/haproxy-config.ts";
import { balancer, group } from "./balancings.ts";

const addresses = new Map([["arn:front", "10.0.255.1"]]);
const nodesAdmit = (range: string) => ({
  groups: [
    {
      id: "nodes",
      ingress: [
        { protocol: "tcp", fromPort: 30_007, toPort: 30_007, ranges: [range], members: [] },
      ],
    },
  ],
  instances: [
    { id: "i-a", address: "10.0.0.4", groups: ["nodes"] },
    { id: "i-b", address: "10.0.1.4", groups: ["nodes"] },
  ],
  subnets: {},
});
const preserved = group({ attributes: { "preserve_client_ip.enabled": "true" } });
const balancing = (protocol = "TCP") => ({
  balancers: [balancer({ port: 80, protocol })],
  groups: [preserved],
});

test.each([
  [
    "a listener that admits everybody",
    "0.0.0.0/0",
    ["front.elb.amazonaws.com:80", nodePortKey(30_007)],
  ],
  ["no listener that admits a range alone", "203.0.113.0/24", [nodePortKey(30_007)]],
])("wantedPorts: leads from the host to %s, and to node ports always", (_, range, keys) => {
  const admissions = admissionsOf(balancing(), nodesAdmit(range));

  const wanted = wantedPorts({ ...balancing(), addresses, admissions, nodePorts: [30_007] });

  expect(wanted.map(({ key }) => key)).toEqual(keys);
});

test("wantedPorts: leads to no listener of which nobody knows whom it admits", () => {
  const reached = { ...balancing(), addresses, admissions: new Map(), nodePorts: [] };

  expect(wantedPorts(reached)).toEqual([]);
});

test("filterPlan: has the listeners that are carried, and lets the network's own addresses and Pods reach the nodes", () => {
  const security = nodesAdmit("203.0.113.0/24");
  const planOf = (of: ReturnType<typeof balancing>, at: ReadonlyMap<string, string>) =>
    filterPlan({ ...of, addresses: at, admissions: admissionsOf(of, security), security });

  const plan = planOf(balancing(), addresses);

  expect(plan.listeners).toEqual([
    { address: "10.0.255.1", port: 80, admission: [["203.0.113.0/24"]] },
  ]);
  expect(plan.loadBalancers).toBe("10.0.255.0/24");
  expect(plan.own).toEqual(["10.0.0.1", "10.0.0.2", "10.244.0.0/16", "10.0.0.4", "10.0.1.4"]);
  expect(planOf(balancing("TLS"), addresses).listeners).toEqual([]);
  expect(planOf(balancing(), new Map()).listeners).toEqual([]);
});
