import * as pulumi from "@pulumi/pulumi";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  LoadBalancerService,
  type LoadBalancerServiceArgs,
  NodePortService,
} from "../../../components/index.ts";
import { automaticBandWarning } from "../../../components/service/node-port-registry.ts";
import { cluster, target } from "../support/args.ts";
import { failureOf, runProgram } from "../support/run-program.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

const nodePortArgs = {
  cluster,
  target,
  ports: [{ port: 80, targetPort: "http", nodePort: 30007 }],
};
const local: LoadBalancerServiceArgs = {
  cluster,
  target,
  exposure: "Internal",
  externalTrafficPolicy: "Local",
  ports: [{ port: 80, targetPort: "http" }],
};

describe("automaticBandWarning", () => {
  const usual = { first: 30000, last: 32767 };
  test.each([
    [30000, usual, undefined],
    [30085, usual, undefined],
    [30086, usual, "30000 to 30085"],
    [32767, usual, "30000 to 30085"],
    [30016, { first: 30000, last: 30099 }, "30000 to 30015"],
    [30015, { first: 30000, last: 30099 }, undefined],
    [20128, { first: 20000, last: 29999 }, "20000 to 20127"],
    [30010, { first: 30000, last: 30015 }, undefined],
  ])("automaticBandWarning: judges %i of %j as %s when it is fixed", (port, range, band) => {
    const warning = automaticBandWarning("args.x", port, range);

    expect(warning).toBe(
      band === undefined
        ? undefined
        : `args.x is ${port}, which the API server may have assigned to another Service; ` +
            `choose one from ${band}, which it assigns last`,
    );
  });
});

describe("the registry", () => {
  test("NodePortService: warns beside itself when its port is one of the automatic ones", async () => {
    const warn = vi.spyOn(pulumi.log, "warn");
    const ports = [{ port: 80, targetPort: "http", nodePort: 31000 }];

    const { result } = await runProgram(
      () => new NodePortService("dev", { ...nodePortArgs, ports }),
    );

    expect(warn.mock.calls).toEqual([
      [expect.stringMatching(/^args\.ports\[0\]\.nodePort is 31000, which the API server/), result],
    ]);
  });

  test("NodePortService: does not warn when its port is one that programs ask for", async () => {
    const warn = vi.spyOn(pulumi.log, "warn");

    await runProgram(() => new NodePortService("dev", nodePortArgs));

    expect(warn).not.toHaveBeenCalled();
  });

  test("LoadBalancerService: has the port for its health check when one is given", async () => {
    const run = await runProgram(
      () => new LoadBalancerService("front", { ...local, healthCheckNodePort: 30009 }),
    );

    const { spec } = run.resource("core/v1:Service", "front").inputs;
    expect(spec.healthCheckNodePort).toBe(30009);
  });

  test.each([
    [
      { healthCheckNodePort: 29999 },
      "args.healthCheckNodePort is 29999, must be an integer from 30000 to 32767",
    ],
    [
      { healthCheckNodePort: 30009, externalTrafficPolicy: "Cluster" as const },
      'args.healthCheckNodePort is 30009, must not be set: only with externalTrafficPolicy "Local" is there a health check of nodes',
    ],
  ])("LoadBalancerService: fails when it is given %j", async (more, message) => {
    const failure = await failureOf(() => new LoadBalancerService("front", { ...local, ...more }));

    expect(failure.message).toBe(`Cannot create LoadBalancerService "front": ${message}`);
  });

  test("LoadBalancerService: fails when a NodePortService has the port for its health check", async () => {
    const failure = await failureOf(() => [
      new NodePortService("dev", nodePortArgs),
      new LoadBalancerService("front", { ...local, healthCheckNodePort: 30007 }),
    ]);

    expect(failure.message).toBe(
      'Cannot create LoadBalancerService "front": args.healthCheckNodePort is 30007, must differ from the node ports of component "dev"',
    );
  });
});
