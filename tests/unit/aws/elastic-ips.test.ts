import { describe, expect, test } from "vitest";
import { ElasticIps, type ElasticIpsArgs } from "../../../components/aws/index.ts";
import { failureOf, isKnown, later, outputValue } from "../support/run-program.ts";
import { registered, runAws } from "./run-aws.ts";

const args: ElasticIpsArgs = { subnets: ["subnet-0b", later("subnet-0a"), "subnet-0c"] };
const eip = "aws:ec2/eip:Eip";
const runWith = (more: Partial<ElasticIpsArgs> = {}, preview = false) =>
  runAws(() => new ElasticIps("ips", { ...args, ...more }), { preview });

async function refusalOf(more: Record<string, unknown>): Promise<string> {
  const { message } = await failureOf(
    () => new ElasticIps("ips", { ...args, ...more } as ElasticIpsArgs),
  );
  return message.replace('Cannot create ElasticIps "ips": ', "");
}

describe("children", () => {
  test.each([false, true])(
    "ElasticIps: has one address for each subnet when preview is %s",
    async (preview) => {
      expect(registered(await runWith({}, preview))).toEqual(
        [
          ["pulumi-kubernetes-services:index:ElasticIps", "ips", undefined],
          [eip, "ips-0", "ips"],
          [eip, "ips-1", "ips"],
          [eip, "ips-2", "ips"],
        ].sort(),
      );
    },
  );

  test("ElasticIps: has exactly this address when nothing optional is given", async () => {
    expect((await runWith()).resource(eip, "ips-1").inputs).toEqual({ domain: "vpc" });
  });

  test("ElasticIps: has region and tags when they are given", async () => {
    const regional = { region: "eu-west-1", tags: { team: "shop" } };

    expect((await runWith(regional)).resource(eip, "ips-0").inputs).toEqual({
      domain: "vpc",
      ...regional,
    });
  });
});

describe("outputs", () => {
  test("ElasticIps: has ids, addresses and subnets in the order of the subnets", async () => {
    const { result } = await runWith();

    const { allocationIds, publicIps, subnets } = result;
    expect(await Promise.all(allocationIds.map(outputValue))).toEqual([
      "eipalloc-0",
      "eipalloc-1",
      "eipalloc-2",
    ]);
    expect(await Promise.all(publicIps.map(outputValue))).toEqual([
      "203.0.113.0",
      "203.0.113.1",
      "203.0.113.2",
    ]);
    expect(await Promise.all(subnets.map(outputValue))).toEqual([
      "subnet-0b",
      "subnet-0a",
      "subnet-0c",
    ]);
  });

  test("ElasticIps: has as many ids in a preview, which are unknown", async () => {
    const { result } = await runWith({}, true);

    expect(await Promise.all(result.allocationIds.map(isKnown))).toEqual([false, false, false]);
  });

  test("ElasticIps: registers its lists", async () => {
    const run = await runWith();

    expect(await run.outputs(run.result)).toMatchObject({
      allocationIds: ["eipalloc-0", "eipalloc-1", "eipalloc-2"],
      subnets: ["subnet-0b", "subnet-0a", "subnet-0c"],
    });
  });
});

describe("refusals", () => {
  test.each([
    [
      "there is no subnet",
      { subnets: [] },
      "args.subnets is an empty list, must be a list of at least one subnet",
    ],
    [
      "the list is late",
      { subnets: later(["subnet-0a"]) },
      "args.subnets is an Output, must be a plain value: it decides what is created and under which name; write the value itself, and name the resource it comes from in dependsOn",
    ],
    [
      "a subnet is a name",
      { subnets: ["public-a"] },
      'args.subnets[0] is "public-a", must be the id of a subnet, such as subnet-0a1b2c3d4e5f67890',
    ],
    [
      "a subnet is there twice",
      { subnets: ["subnet-0a", "subnet-0a"] },
      'args.subnets[1] is "subnet-0a", must be unique: the subnet is already listed',
    ],
  ])("ElasticIps: fails when %s", async (_, more, message) => {
    expect(await refusalOf(more)).toBe(message);
  });

  test("ElasticIps: fails when a subnet that arrives late is a name", async () => {
    const program = () =>
      new ElasticIps("ips", { subnets: [later("public-a")] }).subnets.map(outputValue).at(0);

    expect((await failureOf(program)).message).toContain(
      'args.subnets[0] is "public-a", must be the id of a subnet',
    );
  });
});
