import { describe, expect, test } from "vitest";
import { type BackendArgs, Entrance } from "../../../components/index.ts";
import { deploymentOf, refusalOf } from "../support/deployment.ts";
import { later } from "../support/run-program.ts";

const probe = { httpGet: { path: "/readyz", port: "http" } };

describe("readyWithinSeconds", () => {
  test.each([
    [{}, 480],
    [{ readyWithinSeconds: 20 }, 16],
    [{ readyWithinSeconds: 2 }, 1],
    [{ readyWithinSeconds: 15, entrances: [Entrance.LoadBalancer] }, 12],
  ])("Backend: has a progress deadline below it when given %j", async (args, deadline) => {
    const { spec } = await deploymentOf(args as Partial<BackendArgs>);

    expect(spec.progressDeadlineSeconds).toBe(deadline);
    expect(spec.progressDeadlineSeconds).toBeGreaterThan(spec.minReadySeconds ?? 0);
  });

  test.each([
    [{ readyWithinSeconds: 1 }, 1, "from 2 to 2147483647"],
    [{ readyWithinSeconds: 1.5 }, 1.5, "from 2 to 2147483647"],
    [
      { readyWithinSeconds: 14, entrances: [Entrance.LoadBalancer] },
      14,
      "from 15 to 2147483647; a Pod is ready after 0 s at the earliest, and then watched for 11 s",
    ],
    [
      {
        readyWithinSeconds: 60,
        readinessProbe: { ...probe, initialDelaySeconds: 30, successThreshold: 3 },
      },
      60,
      "from 64 to 2147483647; a Pod is ready after 50 s at the earliest, and then watched for 0 s",
    ],
    [
      { readinessProbe: { ...probe, initialDelaySeconds: 600 } },
      600,
      "from 752 to 2147483647; a Pod is ready after 600 s at the earliest, and then watched for 0 s",
    ],
  ])("Backend: fails when it is too short in %j", async (args, given, must) => {
    expect(await refusalOf(args)).toBe(
      `args.readyWithinSeconds is ${given}, must be an integer ${must}`,
    );
  });

  test("Backend: has a deadline that Kubernetes takes when given the longest time", async () => {
    const { spec } = await deploymentOf({ readyWithinSeconds: 2 ** 31 - 1 });

    expect(spec.progressDeadlineSeconds).toBe(1_717_986_917);
  });

  test("Backend: fails when it is longer than Kubernetes takes", async () => {
    expect(await refusalOf({ readyWithinSeconds: 2 ** 31 })).toBe(
      "args.readyWithinSeconds is 2147483648, must be an integer from 2 to 2147483647",
    );
  });

  test("Backend: reckons with nothing it does not know when a probe's figures arrive later", async () => {
    const readinessProbe = { ...probe, initialDelaySeconds: later(600) };

    expect((await deploymentOf({ readinessProbe })).spec.progressDeadlineSeconds).toBe(480);
  });
});
