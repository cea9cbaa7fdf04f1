import { describe, expect, test } from "vitest";
import {
  Exposure,
  LoadBalancerService,
  type LoadBalancerServiceArgs,
} from "../../../components/index.ts";
import { target } from "../support/args.ts";
import { failureOf, later, runProgram } from "../support/run-program.ts";

const args: LoadBalancerServiceArgs = {
  cluster: { controller: "MetalLb" },
  target,
  exposure: Exposure.Internal,
  ports: [{ port: 80, targetPort: "http" }],
};
const front = (more: Partial<LoadBalancerServiceArgs>) => () =>
  new LoadBalancerService("front", { ...args, ...more });

async function refusalOf(more: Partial<LoadBalancerServiceArgs>): Promise<string> {
  const { message } = await failureOf(front(more));
  return message.replace('Cannot create LoadBalancerService "front": ', "");
}

async function annotationsOf(more: Partial<LoadBalancerServiceArgs>) {
  const run = await runProgram(front(more));
  return run.resource("core/v1:Service", "front").inputs["metadata"].annotations;
}

// What each refusal spares: tests/engine/metallb.test.ts has MetalLB's own answer.
describe("LoadBalancerService with MetalLB", () => {
  test("fails when neither a pool nor an address says who can reach it", async () => {
    expect(await refusalOf({})).toBe(
      "args.addressPool is undefined, must name the pool of internal addresses, or args.staticAddresses one of them: nothing else decides who can reach it",
    );
  });

  test("fails when an address has a zone", async () => {
    expect(await refusalOf({ staticAddresses: ["fe80::1%eth0"] })).toBe(
      'args.staticAddresses[0] is "fe80::1%eth0", must be an IP address of a pool',
    );
  });

  test.each([undefined, "SingleStack"] as const)(
    "fails when there are two addresses and the policy for families is %s",
    async (ipFamilyPolicy) => {
      const staticAddresses = ["192.0.2.1", "2001:db8::1"];
      const policy = ipFamilyPolicy === undefined ? {} : { ipFamilyPolicy };

      expect(await refusalOf({ staticAddresses, ...policy })).toBe(
        'args.staticAddresses.length is 2, must be 1, or args.ipFamilyPolicy "RequireDualStack"',
      );
    },
  );

  test("fails when there is one address and both families are required", async () => {
    const ipFamilyPolicy = "RequireDualStack";

    expect(await refusalOf({ staticAddresses: ["192.0.2.1"], ipFamilyPolicy })).toBe(
      'args.staticAddresses.length is 1, must be 2, as args.ipFamilyPolicy is "RequireDualStack"',
    );
  });

  test.each([[["192.0.2.1", "192.0.2.2"]], [["2001:db8::1", "2001:db8::2"]]])(
    "fails when two addresses are of one family: %j",
    async (staticAddresses) => {
      expect(await refusalOf({ staticAddresses, ipFamilyPolicy: "RequireDualStack" })).toBe(
        `args.staticAddresses[1] is "${staticAddresses[1]}", must be of the other family than args.staticAddresses[0]: a Service has one address of each`,
      );
    },
  );

  test("fails when a key is to be shared without an address", async () => {
    expect(await refusalOf({ addressPool: "office", sharedAddressKey: "edge" })).toBe(
      'args.sharedAddressKey is "edge", must come with args.staticAddresses, the address to share: with only a key, MetalLb may assign each Service a different address',
    );
  });

  test.each(["metallb.io", "metallb.universe.tf"])(
    "fails when an annotation is what MetalLB itself notes under %s",
    async (prefix) => {
      const annotations = { [`${prefix}/ip-allocated-from-pool`]: "office" };

      expect(await refusalOf({ addressPool: "office", annotations })).toContain(
        "must not be set: other arguments decide it for MetalLb",
      );
    },
  );

  test.each(["RequireDualStack", "PreferDualStack"] as const)(
    "asks for an address of each family when the policy is %s",
    async (ipFamilyPolicy) => {
      const staticAddresses = ["192.0.2.1", "2001:db8::1"];

      expect(await annotationsOf({ staticAddresses, ipFamilyPolicy })).toMatchObject({
        "metallb.io/loadBalancerIPs": "192.0.2.1,2001:db8::1",
      });
    },
  );

  // In a cluster with one family the policy changes nothing.
  test("asks for one address when both families are preferred", async () => {
    const ipFamilyPolicy = "PreferDualStack";

    expect(await annotationsOf({ staticAddresses: ["192.0.2.1"], ipFamilyPolicy })).toMatchObject({
      "metallb.io/loadBalancerIPs": "192.0.2.1",
    });
  });

  test("asks for addresses that arrive late", async () => {
    const staticAddresses = [later("192.0.2.1"), later("2001:db8::1")];

    const annotations = await annotationsOf({
      staticAddresses,
      ipFamilyPolicy: "RequireDualStack",
    });

    expect(annotations).toMatchObject({ "metallb.io/loadBalancerIPs": "192.0.2.1,2001:db8::1" });
  });

  test("shares the address that is named when there is a key", async () => {
    const asked = { staticAddresses: ["192.0.2.1"], sharedAddressKey: "edge" };

    expect(await annotationsOf(asked)).toMatchObject({
      "metallb.io/allow-shared-ip": "edge",
      "metallb.io/loadBalancerIPs": "192.0.2.1",
    });
  });
});
