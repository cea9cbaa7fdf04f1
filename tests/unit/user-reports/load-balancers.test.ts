import type * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { LoadBalancerService, type LoadBalancerServiceArgs } from "../../../components/index.ts";
import { target } from "../support/args.ts";
import { failureOf, later, outputValue, runProgram } from "../support/run-program.ts";

type Given = Partial<LoadBalancerServiceArgs>;

const argsOn = (controller: "GoogleCloud" | "HetznerCloud" | "DigitalOcean", more: Given) =>
  ({
    cluster: { controller, allowPublic: true },
    target,
    exposure: "Public",
    sourceRanges: ["0.0.0.0/0"],
    ports: [{ port: 80, targetPort: "http" }],
    ...more,
  }) as LoadBalancerServiceArgs;

const runOn = (
  controller: "GoogleCloud" | "HetznerCloud" | "DigitalOcean",
  more: Given,
  preview = false,
) => runProgram(() => new LoadBalancerService("front", argsOn(controller, more)), { preview });

const annotationsOf = async (controller: "GoogleCloud" | "HetznerCloud", more: Given) =>
  (await runOn(controller, more)).resource("core/v1:Service", "front").inputs.metadata.annotations;

/** Source code of ingress-gce. */
describe("addresses on Google Cloud", () => {
  test.each([["34.1.2.3"], ["2001:db8::1"], ["Front"], ["front.ip"], ["-front"]])(
    "LoadBalancerService: refuses %s, now and later",
    async (address) => {
      const must = /must be the name of a reserved address, not the address itself/;
      const refusal = async (given: pulumi.Input<string>) =>
        (
          await failureOf(
            () =>
              new LoadBalancerService("front", argsOn("GoogleCloud", { staticAddresses: [given] })),
          )
        ).message;

      expect(await refusal(address)).toMatch(must);
      expect(await refusal(later(address))).toMatch(must);
    },
  );

  test("LoadBalancerService: lets an internal one answer clients of every region", async () => {
    const key = "networking.gke.io/internal-load-balancer-allow-global-access";
    const given: Given = { exposure: "Internal", annotations: { [key]: "true" } };

    expect((await annotationsOf("GoogleCloud", given))[key]).toBe("true");
  });
});

/** https://github.com/hetznercloud/hcloud-cloud-controller-manager/issues/167 and 811 */
describe("places and private addresses on Hetzner Cloud", () => {
  const prefix = "load-balancer.hetzner.cloud/";

  test("LoadBalancerService: reaches nodes by private addresses when it is internal", async () => {
    const given: Given = { location: "fsn1", exposure: "Internal", sourceRanges: ["0.0.0.0/0"] };

    expect(await annotationsOf("HetznerCloud", given)).toMatchObject({
      [`${prefix}disable-public-network`]: "true",
      [`${prefix}use-private-ip`]: "true",
      [`${prefix}disable-private-ingress`]: "false",
    });
  });

  test("LoadBalancerService: refuses to hide the only address that an internal one has", async () => {
    const annotations = { [`${prefix}disable-private-ingress`]: "true" };
    const given: Given = { location: "fsn1", exposure: "Internal", annotations };
    const { message } = await failureOf(
      () => new LoadBalancerService("front", argsOn("HetznerCloud", given)),
    );

    expect(message).toContain("must not be set: other arguments decide it for HetznerCloud");
  });

  test("LoadBalancerService: hides the private address of a public one, and uses private ones of nodes", async () => {
    const annotations = {
      [`${prefix}disable-private-ingress`]: "true",
      [`${prefix}use-private-ip`]: "true",
    };

    expect(await annotationsOf("HetznerCloud", { location: "fsn1", annotations })).toMatchObject(
      annotations,
    );
  });
});

describe("an address that an annotation turns into a host name", () => {
  test.each([
    ["DigitalOcean", "service.beta.kubernetes.io/do-loadbalancer-hostname", {}],
    ["HetznerCloud", "load-balancer.hetzner.cloud/hostname", { location: "fsn1" }],
  ] as const)(
    "LoadBalancerService: is of that kind in a preview on %s",
    async (controller, key, more) => {
      const kindOf = async (given: Given) => {
        const { address } = (await runOn(controller, { ...more, ...given }, true)).result;
        return outputValue(address.kind);
      };

      expect(await kindOf({})).toBe("ip");
      expect(await kindOf({ annotations: { [key]: "shop.example.com" } })).toBe("hostname");
    },
  );
});
