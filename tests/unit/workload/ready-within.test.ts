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
      "from 15 to 2147483647; minReadySeconds adds 11 s",
    ],
    [
      {
        readyWithinSeconds: 60,
        readinessProbe: { ...probe, initialDelaySeconds: 30, successThreshold: 3 },
      },
      60,
      "from 64 to 2147483647; the readiness probe needs 50 s",
    ],
    [
      { readyWithinSeconds: 751, startupProbe: { ...probe, failureThreshold: 60 } },
      751,
      "from 752 to 2147483647; the startup probes give a Pod 600 s",
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

  test.each([
    [{ startupProbe: { ...probe, failureThreshold: 60 } }, 601],
    [{ startupProbe: { ...probe, failureThreshold: 30, periodSeconds: 30 } }, 901],
    [{ startupProbe: { ...probe, initialDelaySeconds: 600 } }, 631],
    [{ readinessProbe: { ...probe, initialDelaySeconds: 600 } }, 601],
    [
      {
        startupProbe: { ...probe, failureThreshold: 30 },
        initContainers: [
          {
            name: "proxy",
            image: "registry.example/proxy:1",
            sidecar: true,
            ports: [{ name: "admin", containerPort: 9000 }],
            startupProbe: { tcpSocket: { port: "admin" }, failureThreshold: 40 },
          },
        ],
      },
      701,
    ],
  ])("Backend: waits by default as long as the probes give a Pod in %j", async (args, least) => {
    const { spec } = await deploymentOf(args as Partial<BackendArgs>);

    expect(spec.progressDeadlineSeconds).toBeGreaterThanOrEqual(least);
    expect(spec.progressDeadlineSeconds).toBeLessThanOrEqual(least + 1);
  });

  test.each([
    [752, () => ({ readinessProbe: { ...probe, initialDelaySeconds: later(600) } })],
    [752, () => ({ startupProbe: { ...probe, failureThreshold: later(60) } })],
    [
      1127,
      () => ({ startupProbe: { ...probe, failureThreshold: later(30), periodSeconds: later(30) } }),
    ],
  ])("Backend: fails when figures of probes that arrive later need %i s", async (least, args) => {
    expect(await refusalOf(args())).toContain(
      `args.readyWithinSeconds is 600, must be an integer from ${least} to`,
    );
  });

  test("Backend: takes figures of probes that arrive later when the time suffices", async () => {
    const startupProbe = { ...probe, failureThreshold: later(60) };
    const { spec } = await deploymentOf({ startupProbe, readyWithinSeconds: 800 });

    expect(spec.progressDeadlineSeconds).toBe(640);
    expect(spec.template.spec.containers[0].startupProbe.failureThreshold).toBe(60);
  });
});
