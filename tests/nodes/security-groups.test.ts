import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HEALTH_PORT, TRAFFIC_PORT } from "./fake-targets.ts";
import { type LoadBalancerRig, startRig, tcp } from "./load-balancer-rig.ts";

const OFFICE = "203.0.113.10";
const STRANGER = "198.51.100.10";
const INTERNAL = "10.0.9.10";
const CLIENTS = { office: OFFICE, stranger: STRANGER, internal: INTERNAL };
const POD = "10.244.0.10";
const OFFICE_RANGE = "203.0.113.0/24";

let rig: LoadBalancerRig;
let number = 0;

beforeAll(async () => {
  rig = await startRig("security-groups", [...Object.values(CLIENTS), POD]);
  await rig.startDataPlane();
}, 120_000);
afterAll(() => rig?.stop());

/** A load balancer of its own for a test, with all targets, and its address. */
async function front(groups: string[] = [], preserved = true) {
  number += 1;
  const name = `front-${number}`;
  const { LoadBalancers } = await rig.aws.createLoadBalancer({
    Name: name,
    Type: "network",
    Subnets: [...rig.network.subnetIds],
    ...(groups.length > 0 && { SecurityGroups: groups }),
  });
  const { TargetGroups } = await rig.aws.createTargetGroup({
    Name: name,
    Protocol: "TCP",
    Port: TRAFFIC_PORT,
    VpcId: rig.network.vpcId,
    TargetType: "instance",
  });
  const [balancer, group] = [LoadBalancers?.[0], TargetGroups?.[0]];
  await rig.aws.modifyTargetGroupAttributes({
    TargetGroupArn: group?.TargetGroupArn,
    Attributes: [{ Key: "preserve_client_ip.enabled", Value: String(preserved) }],
  });
  await rig.aws.registerTargets({
    TargetGroupArn: group?.TargetGroupArn,
    Targets: rig.targets.map(({ id }) => ({ Id: id, Port: TRAFFIC_PORT })),
  });
  await rig.aws.createListener({
    LoadBalancerArn: balancer?.LoadBalancerArn,
    Protocol: "TCP",
    Port: 80,
    DefaultActions: [{ Type: "forward", TargetGroupArn: group?.TargetGroupArn }],
  });
  const host = balancer?.DNSName?.toLowerCase() ?? "";
  const line = rig
    .hosts()
    .split("\n")
    .find((it) => it.endsWith(` ${host}`));
  return { name, address: line?.split(" ")[0] ?? "" };
}

/** Which clients get in by the load balancer, and which at the node's port and at the port of its health check. */
async function whoGetsIn(address: string) {
  const node = rig.targets[0]?.address ?? "";
  const places = { front: [address, 80], node: [node, TRAFFIC_PORT], health: [node, HEALTH_PORT] };
  const attempts = Object.entries(places).flatMap(([place, [to, port]]) =>
    Object.entries(CLIENTS).map(([client, from]) => ({
      place,
      client,
      from,
      to: String(to),
      port: Number(port),
    })),
  );
  const taken = await rig.attempt(attempts);
  const inside = attempts.filter((_, index) => taken[index]);
  return Object.fromEntries(
    Object.keys(places).map((place) => [
      place,
      inside.filter((it) => it.place === place).map(({ client }) => client),
    ]),
  );
}

const hasHostPort = (name: string) =>
  rig.forwards().listeners.some(({ loadBalancer }) => loadBalancer === name);

const nodes = () => rig.network.securityGroupId;

describe("a load balancer without security groups, by those of its targets", () => {
  test.each([
    ["everybody", "0.0.0.0/0", ["office", "stranger", "internal"]],
    ["a range of the internet", OFFICE_RANGE, ["office"]],
    ["one address", `${STRANGER}/32`, ["stranger"]],
    ["the inside", "10.0.0.0/8", ["internal"]],
  ])("admits %s, and so does the port of the nodes", async (_, range, clients) => {
    await rig.admit(nodes(), tcp(TRAFFIC_PORT, range));
    const { address, name } = await front();

    expect(await whoGetsIn(address)).toEqual({ front: clients, node: clients, health: [] });
    expect(hasHostPort(name)).toBe(range === "0.0.0.0/0");
  });

  test("admits others as soon as the ranges have changed", async () => {
    await rig.admit(nodes(), tcp(TRAFFIC_PORT, OFFICE_RANGE));
    const { address } = await front();
    const before = await whoGetsIn(address);

    await rig.admit(nodes(), tcp(TRAFFIC_PORT, "10.0.0.0/8"));

    expect(before["front"]).toEqual(["office"]);
    expect((await whoGetsIn(address))["front"]).toEqual(["internal"]);
  });

  test("admits nobody when no rule is of the port of its targets", async () => {
    await rig.admit(nodes(), tcp(HEALTH_PORT, "0.0.0.0/0"));
    const { address } = await front();

    expect(await whoGetsIn(address)).toEqual({ front: [], node: [], health: [] });
  });

  test("admits nobody from outside, and the nodes' Pods still reach the nodes, when there is no rule", async () => {
    await rig.admit(nodes());
    const { address } = await front();
    const to = rig.targets[0]?.address ?? "";

    expect(await whoGetsIn(address)).toEqual({ front: [], node: [], health: [] });
    expect(await rig.attempt([{ from: POD, to, port: TRAFFIC_PORT }])).toEqual([true]);
  });

  test("admits everybody when the clients' addresses are not preserved and its subnets are admitted", async () => {
    const subnets = ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"];
    await rig.admit(nodes(), ...subnets.map((range) => tcp(TRAFFIC_PORT, range)));
    const { address, name } = await front([], false);

    const all = ["office", "stranger", "internal"];
    expect(await whoGetsIn(address)).toEqual({ front: all, node: [], health: [] });
    expect(hasHostPort(name)).toBe(true);
  });

  test("admits nobody when the clients' addresses are not preserved and its subnets are not admitted", async () => {
    await rig.admit(nodes(), tcp(TRAFFIC_PORT, OFFICE_RANGE));
    const { address } = await front([], false);

    expect((await whoGetsIn(address))["front"]).toEqual([]);
  });
});

describe("a load balancer with a security group", () => {
  test("admits whom its group admits, and the nodes admit nobody but it", async () => {
    const { GroupId = "" } = await rig.ec2.createSecurityGroup({
      GroupName: "front",
      Description: "front",
      VpcId: rig.network.vpcId,
    });
    await rig.admit(GroupId, tcp(80, OFFICE_RANGE));
    await rig.admit(nodes(), {
      IpProtocol: "tcp",
      FromPort: TRAFFIC_PORT,
      ToPort: TRAFFIC_PORT,
      UserIdGroupPairs: [{ GroupId }],
    });
    const { address, name } = await front([GroupId]);

    expect(await whoGetsIn(address)).toEqual({ front: ["office"], node: [], health: [] });
    expect(hasHostPort(name)).toBe(false);

    await rig.admit(GroupId, tcp(80, "0.0.0.0/0"));

    expect((await whoGetsIn(address))["front"]).toEqual(["office", "stranger", "internal"]);
    expect(hasHostPort(name)).toBe(true);
  });
});
