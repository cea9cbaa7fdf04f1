import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { DnsRecords, type DnsRecordsArgs, RecordTarget } from "../../../components/aws/index.ts";
import {
  type Address,
  AddressKind,
  Exposure,
  LoadBalancerService,
} from "../../../components/index.ts";
import { cluster, target } from "../support/args.ts";
import { failureOf, isKnown, later, outputValue } from "../support/run-program.ts";
import { registered, runAws } from "./run-aws.ts";

const network = "shop-0123456789abcdef.elb.eu-west-1.amazonaws.com";
const classic = "internal-a0123-4567.eu-west-3.elb.amazonaws.com";
const record = "aws:route53/record:Record";
const hostname = (host: string): Address => ({ host, kind: AddressKind.Hostname });
const ip = (host: string): Address => ({ host, kind: AddressKind.Ip });
const args: DnsRecordsArgs = {
  domainName: "shop.example",
  zoneId: "Z0123456789",
  zoneName: "shop.example",
  targetKind: RecordTarget.NetworkLoadBalancer,
  address: hostname(network),
};
const below = { domainName: "www.shop.example" };

const runWith = (more: Partial<DnsRecordsArgs> = {}, preview = false) =>
  runAws(() => new DnsRecords("dns", { ...args, ...more }), { preview });

async function refusalOf(more: Record<string, unknown>): Promise<string> {
  const { message } = await failureOf(
    () => new DnsRecords("dns", { ...args, ...more } as DnsRecordsArgs),
  );
  return message.replace('Cannot create DnsRecords "dns": ', "");
}

/** A front whose Service has this status. */
function withFront(status: object | undefined, preview = false) {
  const program = () => {
    const front = new LoadBalancerService("front", {
      cluster,
      target,
      exposure: Exposure.Internal,
      ports: [{ port: 443, targetPort: "http" }],
    });
    return new DnsRecords("dns", { ...args, address: front.address, dualStack: true });
  };
  return runAws(program, { preview, ...(status === undefined ? {} : { status }) });
}

describe("records", () => {
  test("DnsRecords: is exactly this alias when it leads to a Network Load Balancer", async () => {
    const run = await runWith();

    expect(registered(run)).toEqual(
      [
        ["pulumi-kubernetes-services:index:DnsRecords", "dns", undefined],
        [record, "dns", "dns"],
      ].sort(),
    );
    expect(run.resource(record, "dns").inputs).toEqual({
      zoneId: "Z0123456789",
      name: "shop.example",
      type: "A",
      aliases: [
        {
          name: network,
          zoneId: "zone of aws:lb/getHostedZoneId:getHostedZoneId",
          evaluateTargetHealth: true,
        },
      ],
    });
    expect(run.calls.map(({ inputs, token }) => [token, inputs])).toEqual([
      [
        "aws:lb/getHostedZoneId:getHostedZoneId",
        { loadBalancerType: "network", region: "eu-west-1" },
      ],
    ]);
  });

  test("DnsRecords: has an alias for IPv6, too, when it leads to both families", async () => {
    const run = await runWith({ dualStack: true });

    const [first, second] = ["dns", "dns-ipv6"].map((name) => run.resource(record, name).inputs);
    expect(second).toEqual({ ...first, type: "AAAA" });
  });

  test("DnsRecords: asks for the other zone when it leads to a Classic Load Balancer", async () => {
    const run = await runWith({
      targetKind: RecordTarget.ClassicLoadBalancer,
      address: hostname(classic),
    });

    expect(run.calls.map(({ inputs, token }) => [token, inputs])).toEqual([
      ["aws:elb/getHostedZoneId:getHostedZoneId", { region: "eu-west-3" }],
    ]);
    expect(run.resource(record, "dns").inputs.aliases).toEqual([
      {
        name: classic,
        zoneId: "zone of aws:elb/getHostedZoneId:getHostedZoneId",
        evaluateTargetHealth: true,
      },
    ]);
  });

  test.each([
    ["203.0.113.10", "A"],
    ["2001:db8::10", "AAAA"],
  ])(
    "DnsRecords: has the address in a record of its family when it leads to %s",
    async (host, type) => {
      const run = await runWith({
        targetKind: RecordTarget.Ip,
        address: later(ip(host)),
        ttlSeconds: 30,
      });

      expect(run.resource(record, "dns").inputs).toEqual({
        zoneId: "Z0123456789",
        name: "shop.example",
        type,
        ttl: 30,
        records: [host],
      });
      expect(run.calls).toEqual([]);
    },
  );

  test.each([["front.provider.example"], [network]])(
    "DnsRecords: is a CNAME below the zone's name when it leads to the name %s",
    async (host) => {
      const run = await runWith({
        ...below,
        targetKind: RecordTarget.HostName,
        address: hostname(host),
      });

      expect(run.resource(record, "dns").inputs).toEqual({
        zoneId: "Z0123456789",
        name: "www.shop.example",
        type: "CNAME",
        ttl: 60,
        records: [host],
      });
    },
  );

  test("DnsRecords: takes the provider's region when the host does not say one", async () => {
    const run = await runWith({ address: hostname("front.example") });

    expect(run.calls.map(({ inputs }) => inputs)).toEqual([{ loadBalancerType: "network" }]);
  });

  test("DnsRecords: has the wildcard when it is one", async () => {
    const run = await runWith({ domainName: "*.shop.example" });

    expect(run.resource(record, "dns").inputs.name).toBe("*.shop.example");
  });

  test("DnsRecords: removes a record before one of another type stands under its name", async () => {
    const run = await runWith({ dualStack: true });

    for (const name of ["dns", "dns-ipv6"]) {
      expect(run.resource(record, name).deleteBeforeReplace).toBe(true);
    }
  });

  test("DnsRecords: says its name once the record is there", async () => {
    const run = await runWith();

    expect(await outputValue(run.result.domainName)).toBe("shop.example");
    expect(Object.keys(await run.outputs(run.result))).toEqual(["domainName"]);
  });
});

describe("a front's address", () => {
  const status = { loadBalancer: { ingress: [{ hostname: network }] } };

  test("DnsRecords: comes after the Service when the address is a front's", async () => {
    const run = await withFront(status);

    expect(run.resource(record, "dns").dependencies).toContain("front");
    expect(run.resource(record, "dns").inputs.aliases[0].name).toBe(network);
  });

  test("DnsRecords: has the same records in a preview, and nothing is looked up", async () => {
    const [run, preview] = [await withFront(status), await withFront(undefined, true)];

    expect(preview.calls).toEqual([]);
    expect(run.calls).toHaveLength(1);
    expect(registered(preview)).toEqual(registered(run));
    const known = { zoneId: "Z0123456789", name: "shop.example" };
    expect(preview.resource(record, "dns").sent).toMatchObject({ ...known, type: "A" });
    expect(preview.resource(record, "dns-ipv6").sent).toMatchObject({ ...known, type: "AAAA" });
    expect(await isKnown(run.result.domainName)).toBe(true);
  });
});

describe("refusals", () => {
  test.each([
    [
      "a CNAME is to be the zone's own",
      { targetKind: RecordTarget.HostName, address: hostname("front.example") },
      'args.domainName is "shop.example", must be a name below the zone\'s own name, which cannot have a CNAME record; use www.shop.example',
    ],
    [
      "the name is of another zone",
      { domainName: "www.other.example" },
      'args.domainName is "www.other.example", must be shop.example or a name below it',
    ],
    [
      "it leads to something unknown",
      { targetKind: "Alb" },
      'args.targetKind is "Alb", must be "NetworkLoadBalancer" or "ClassicLoadBalancer" or "Ip" or "HostName"',
    ],
    [
      "a Classic Load Balancer is to have two families",
      { targetKind: RecordTarget.ClassicLoadBalancer, address: hostname(classic), dualStack: true },
      'args.dualStack is true, must be false: only "NetworkLoadBalancer" has both address families',
    ],
    [
      "an alias is to have a time of its own",
      { ttlSeconds: 30 },
      "args.ttlSeconds is 30, must not be set: AWS decides it for an alias",
    ],
    [
      "there is no address",
      { address: undefined },
      "args.address is undefined, must be an address, such as front.address",
    ],
    [
      "the address is a text",
      { address: network },
      `args.address is "${network}", must be an address, such as front.address`,
    ],
    [
      "a Network Load Balancer is a Classic one",
      { address: hostname(classic) },
      `args.address.host is "${classic}", must be the host of the kind in args.targetKind; use RecordTarget.ClassicLoadBalancer`,
    ],
    [
      "a Classic Load Balancer is a Network one, which comes out late",
      { targetKind: RecordTarget.ClassicLoadBalancer, address: later(hostname(network)) },
      `args.address.host is "${network}", must be the host of the kind in args.targetKind; use RecordTarget.NetworkLoadBalancer`,
    ],
    [
      "an alias leads to an ip",
      { address: ip("203.0.113.10") },
      'args.address.host is "203.0.113.10", must be the host of the kind in args.targetKind; use RecordTarget.Ip',
    ],
    [
      "a CNAME leads to an ip",
      { ...below, targetKind: RecordTarget.HostName, address: ip("203.0.113.10") },
      'args.address.host is "203.0.113.10", must be the host of the kind in args.targetKind; use RecordTarget.Ip',
    ],
    [
      "an address record leads to a name",
      { targetKind: RecordTarget.Ip, address: hostname("front.example") },
      'args.address.host is "front.example", must be the host of the kind in args.targetKind; use RecordTarget.HostName',
    ],
    [
      "the time is negative",
      { targetKind: RecordTarget.Ip, address: ip("203.0.113.10"), ttlSeconds: later(-1) },
      "args.ttlSeconds is -1, must be an integer from 0 to 2147483647",
    ],
  ])("DnsRecords: fails when %s", async (_, more, message) => {
    expect(await refusalOf(more)).toBe(message);
  });

  test("DnsRecords: looks nothing up when the address is refused", async () => {
    const calls: unknown[] = [];
    const address = pulumi.output(Promise.resolve(hostname(classic)));
    const answer = (call: pulumi.runtime.MockCallArgs) => ({ id: calls.push(call) });

    await failureOf(() => new DnsRecords("dns", { ...args, address }), { answer });

    expect(calls).toEqual([]);
  });
});
