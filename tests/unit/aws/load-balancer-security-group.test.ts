import { describe, expect, test } from "vitest";
import {
  LoadBalancerSecurityGroup,
  type LoadBalancerSecurityGroupArgs,
} from "../../../components/aws/index.ts";
import { Protocol } from "../../../components/index.ts";
import { failureOf, later, outputValue } from "../support/run-program.ts";
import { registered, runAws } from "./run-aws.ts";

const args: LoadBalancerSecurityGroupArgs = {
  vpcId: later("vpc-0a"),
  ports: [{ port: 443 }, { port: 443, protocol: Protocol.UDP }],
  sourceRanges: ["198.51.100.0/24", "2001:db8::/32"],
};
const group = "aws:ec2/securityGroup:SecurityGroup";
const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const egress = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const securityGroupId = "sg-0a1b2c3d4e5f67890";

const runWith = (more: Partial<LoadBalancerSecurityGroupArgs> = {}, preview = false) =>
  runAws(() => new LoadBalancerSecurityGroup("sg", { ...args, ...more }), { preview });

async function refusalOf(more: Record<string, unknown>): Promise<string> {
  const { message } = await failureOf(
    () =>
      new LoadBalancerSecurityGroup("sg", { ...args, ...more } as LoadBalancerSecurityGroupArgs),
  );
  return message.replace('Cannot create LoadBalancerSecurityGroup "sg": ', "");
}

const rules = [
  [ingress, "sg-ingress-tcp-443-198.51.100.0/24"],
  [ingress, "sg-ingress-tcp-443-2001-db8--/32"],
  [ingress, "sg-ingress-udp-443-198.51.100.0/24"],
  [ingress, "sg-ingress-udp-443-2001-db8--/32"],
  [egress, "sg-egress-0.0.0.0/0"],
  [egress, "sg-egress---/0"],
] as const;

describe("children", () => {
  test.each([false, true])(
    "LoadBalancerSecurityGroup: has a rule for each port and range when preview is %s",
    async (preview) => {
      expect(registered(await runWith({}, preview))).toEqual(
        [
          ["pulumi-kubernetes-services:index:LoadBalancerSecurityGroup", "sg", undefined],
          [group, "sg", "sg"],
          ...rules.map(([type, name]) => [type, name, "sg"]),
        ].sort(),
      );
    },
  );

  test("LoadBalancerSecurityGroup: is exactly this when nothing optional is given", async () => {
    const run = await runWith();

    expect(run.resource(group, "sg").inputs).toEqual({
      vpcId: "vpc-0a",
      description: "Who may connect to a front, and what it may connect to",
    });
    const ports = { fromPort: 443, toPort: 443 };
    expect(rules.map(([type, name]) => run.resource(type, name).inputs)).toEqual([
      { securityGroupId, ipProtocol: "tcp", ...ports, cidrIpv4: "198.51.100.0/24" },
      { securityGroupId, ipProtocol: "tcp", ...ports, cidrIpv6: "2001:db8::/32" },
      { securityGroupId, ipProtocol: "udp", ...ports, cidrIpv4: "198.51.100.0/24" },
      { securityGroupId, ipProtocol: "udp", ...ports, cidrIpv6: "2001:db8::/32" },
      { securityGroupId, ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" },
      { securityGroupId, ipProtocol: "-1", cidrIpv6: "::/0" },
    ]);
  });

  test("LoadBalancerSecurityGroup: has region and tags on everything when they are given", async () => {
    const regional = { region: "eu-west-1", tags: { team: "shop" } };
    const run = await runWith(regional);

    for (const [type, name] of [[group, "sg"] as const, ...rules]) {
      expect(run.resource(type, name).inputs).toMatchObject(regional);
    }
  });

  test("LoadBalancerSecurityGroup: takes one address of IPv6 for what it is", async () => {
    const range = "2001:db8:1:2:3:4:5:6/128";
    const run = await runWith({ ports: [{ port: 443 }], sourceRanges: [range] });

    const name = "sg-ingress-tcp-443-2001-db8-1-2-3-4-5-6/128";
    expect(run.resource(ingress, name).inputs).toMatchObject({ cidrIpv6: range });
    expect(run.resource(ingress, name).inputs).not.toHaveProperty("cidrIpv4");
  });

  test("LoadBalancerSecurityGroup: reaches its targets alone when they are said", async () => {
    const run = await runWith({ targetRanges: ["10.0.0.0/16"] });

    const names = run.resources.filter(({ type }) => type === egress).map(({ name }) => name);
    expect(names).toEqual(["sg-egress-10.0.0.0/16"]);
  });
});

describe("order", () => {
  test("LoadBalancerSecurityGroup: says its id once all rules stand", async () => {
    const { result, ...run } = await runWith();

    const late = result.securityGroupId as unknown as {
      allResources(): Promise<Set<{ urn: typeof result.urn }>>;
    };
    const urns = await Promise.all(
      [...(await late.allResources())].map(({ urn }) => outputValue(urn)),
    );
    const names = urns.map((urn) => urn.split("::").at(3));
    expect(names.sort()).toEqual(["sg", ...rules.map(([, name]) => name)].sort());
    expect(await outputValue(result.securityGroupId)).toBe(securityGroupId);
    expect(Object.keys(await run.outputs(result)).sort()).toEqual([
      "securityGroup",
      "securityGroupId",
    ]);
  });
});

describe("refusals", () => {
  test.each([
    [
      "nothing is open",
      { ports: [] },
      "args.ports is an empty list, must be a list of at least one port",
    ],
    [
      "nobody may connect",
      { sourceRanges: [] },
      "args.sourceRanges is an empty list, must be a list of at least one address range",
    ],
    [
      "the ranges are late",
      { sourceRanges: later(["10.0.0.0/8"]) },
      "args.sourceRanges is an Output, must be a plain value: it decides what is created and under which name; write the value itself, and name the resource it comes from in dependsOn",
    ],
    [
      "a range has bits behind its prefix",
      { sourceRanges: ["198.51.100.7/24"] },
      'args.sourceRanges[0] is "198.51.100.7/24", must be an address range in its canonical form; use 198.51.100.0/24',
    ],
    [
      "a range is there twice",
      { sourceRanges: ["10.0.0.0/8", "10.0.0.0/8"] },
      'args.sourceRanges[1] is "10.0.0.0/8", must be unique: the range is already listed',
    ],
    [
      "it may connect to nothing",
      { targetRanges: [] },
      "args.targetRanges is an empty list, must be a list of at least one address range",
    ],
    [
      "a port is there twice",
      { ports: [{ port: 80 }, { port: 80, protocol: "TCP" }] },
      "args.ports[1].port is 80, must be unique: the port is already listed with its protocol",
    ],
    [
      "a port is none",
      { ports: [{ port: 0 }] },
      "args.ports[0].port is 0, must be an integer from 1 to 65535",
    ],
    [
      "a port speaks SCTP",
      { ports: [{ port: 80, protocol: "SCTP" }] },
      'args.ports[0].protocol is "SCTP", must be "TCP" or "UDP": load balancers of AWS support no other protocol',
    ],
    [
      "the network is a subnet",
      { vpcId: "subnet-0a" },
      'args.vpcId is "subnet-0a", must be the id of a network, such as vpc-0a1b2c3d4e5f67890',
    ],
    [
      "the network arrives late and is a subnet",
      { vpcId: later("subnet-0a") },
      'args.vpcId is "subnet-0a", must be the id of a network, such as vpc-0a1b2c3d4e5f67890',
    ],
  ])("LoadBalancerSecurityGroup: fails when %s", async (_, more, message) => {
    expect(await refusalOf(more)).toBe(message);
  });
});
