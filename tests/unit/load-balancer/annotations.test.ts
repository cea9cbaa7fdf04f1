import { describe, expect, test } from "vitest";
import { LoadBalancerService, type LoadBalancerServiceArgs } from "../../../components/index.ts";
import { target } from "../support/args.ts";
import { failureOf, later, runProgram } from "../support/run-program.ts";

const args: LoadBalancerServiceArgs = {
  cluster: { controller: "MetalLb" },
  target,
  exposure: "Internal",
  ports: [{ port: 80, targetPort: "http" }],
  addressPool: "office",
};
const HEADING = 'Cannot create LoadBalancerService "front": ';

/** The room of one annotation `note` beside what is written anyway. */
const written = {
  "metallb.io/address-pool": "office",
  "pulumi.com/waitFor": "jsonpath={.status.loadBalancer.ingress[0]}",
};
const taken = [...Object.entries(written).flat(), "note"].join("").length;
const room = 262_144 - taken;

const front = (annotations: LoadBalancerServiceArgs["annotations"]) => () =>
  new LoadBalancerService("front", { ...args, ...(annotations && { annotations }) });

describe("size", () => {
  test("LoadBalancerService: takes annotations that fill all the room there is", async () => {
    const run = await runProgram(front({ note: "x".repeat(room) }));

    const { annotations } = run.resource("core/v1:Service", "front").inputs.metadata;
    const bytes = Object.entries(annotations).flat().join("").length;
    expect(bytes).toBe(262_144);
  });

  test.each([
    ["plain", (text: string) => text],
    ["late", (text: string) => later(text)],
  ])("LoadBalancerService: fails when one byte is too much and %s", async (_, given) => {
    const { message } = await failureOf(front({ note: given("x".repeat(room + 1)) }));

    expect(message).toBe(
      `${HEADING}args.annotations is an object, must be at most ${262_144 - 60} bytes, keys and values together`,
    );
  });
});

describe("keys", () => {
  test.each([
    [
      "pulumi.com/skipAwait",
      "must not be set: the component decides how Pulumi handles its Service",
    ],
    ["pulumi.com/waitFor", "must not be set: the component decides how Pulumi handles its Service"],
    ["metallb.io/address-pool", "must not be set; use args.addressPool"],
    ["metallb.universe.tf/allow-shared-ip", "must not be set; use args.sharedAddressKey"],
    [
      "service.beta.kubernetes.io/load-balancer-source-ranges",
      "must not be set: other arguments decide it for MetalLb",
    ],
    [
      "a b",
      'must be a name of at most 63 letters, digits, "-", "_" and ".", optionally after a DNS name and "/"',
    ],
  ])("LoadBalancerService: fails when an annotation is %s", async (key, must) => {
    const { message } = await failureOf(front({ [key]: "x" }));

    expect(message).toBe(`${HEADING}args.annotations key is "${key}", ${must}`);
  });
});
