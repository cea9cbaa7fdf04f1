import { describe, expect, test } from "vitest";
import type { BackendArgs } from "../../../components/index.ts";
import { deploymentOf, refusalOf } from "../support/deployment.ts";
import { later } from "../support/run-program.ts";

const claim = { name: "data", mountPath: "/data", persistentVolumeClaimName: "disk" };
const both = "is 0, must not be 0 while args.maxUnavailable is 0: no Pod could ever be replaced";

describe("how Pods are replaced", () => {
  test.each([
    [{}, { maxSurge: 1, maxUnavailable: 0 }],
    [
      { maxSurge: 0, maxUnavailable: 1 },
      { maxSurge: 0, maxUnavailable: 1 },
    ],
    [{ maxUnavailable: 2 }, { maxSurge: 1, maxUnavailable: 2 }],
  ])("Backend: replaces them one after another with %j", async (args, rollingUpdate) => {
    const { strategy } = (await deploymentOf(args as Partial<BackendArgs>)).spec;

    expect(strategy).toEqual({ type: "RollingUpdate", rollingUpdate });
  });

  test("Backend: takes figures that arrive later", async () => {
    const args = { maxSurge: later(3), maxUnavailable: later(2) };

    expect((await deploymentOf(args)).spec.strategy.rollingUpdate).toEqual({
      maxSurge: 3,
      maxUnavailable: 2,
    });
  });

  test("Backend: replaces all at once when it is told to", async () => {
    const { strategy } = (await deploymentOf({ strategy: "Recreate" })).spec;

    expect(strategy).toEqual({ type: "Recreate" });
  });

  test("Backend: may have an autoscaler and replace all Pods at once", async () => {
    const autoscaling = { minReplicas: 2, maxReplicas: 3 };

    expect((await deploymentOf({ strategy: "Recreate", autoscaling })).spec.replicas).toBe(2);
  });

  test.each([
    [() => ({ maxSurge: 0 }), `args.maxSurge ${both}`],
    [() => ({ maxSurge: later(0) }), `args.maxSurge ${both}`],
    [() => ({ maxSurge: 0, maxUnavailable: later(0) }), `args.maxSurge ${both}`],
    [() => ({ maxSurge: -1 }), "must be an integer from 0"],
    [() => ({ strategy: null }), 'must be "RollingUpdate" or "Recreate"'],
    [() => ({ readyWithinSeconds: null }), "args.readyWithinSeconds is null, must be an integer"],
    [() => ({ strategy: "Canary" }), 'must be "RollingUpdate" or "Recreate"'],
    [
      () => ({ strategy: "Recreate", maxSurge: 1 }),
      "args.maxSurge is 1, must not be set: the strategy",
    ],
    [() => ({ volumes: [claim], strategy: "RollingUpdate" }), "must be Recreate with a claim"],
    [() => ({ volumes: [claim], maxUnavailable: 1 }), "args.maxUnavailable is 1, must not be set"],
  ])("Backend: fails with %s: %s", async (args, must) => {
    expect(await refusalOf(args())).toContain(must);
  });
});

describe("drainSeconds", () => {
  test.each([
    [{ drainSeconds: 10 }, 10, 45],
    [{ drainSeconds: 300 }, 300, 335],
    [{ drainSeconds: 90, entrances: ["LoadBalancer"], longestRequestSeconds: 600 }, 90, 695],
    [{ drainSeconds: 0, ports: [], readinessProbe: { exec: { command: ["true"] } } }, 0, 35],
  ])("Backend: keeps accepting as long as %j says", async (args, seconds, grace) => {
    const pod = (await deploymentOf(args as Partial<BackendArgs>)).spec.template.spec;

    expect(pod.containers[0].lifecycle.preStop.sleep.seconds).toBe(seconds);
    expect(pod.terminationGracePeriodSeconds).toBe(grace);
  });

  test.each([
    [{ drainSeconds: 9 }, 10],
    [{ drainSeconds: 14, entrances: ["NodePort"] }, 15],
    [{ drainSeconds: 59, entrances: ["LoadBalancer"] }, 60],
  ])("Backend: fails when its entrances need more than %j", async (args, least) => {
    expect(await refusalOf(args)).toBe(
      `args.drainSeconds is ${args.drainSeconds}, must be an integer from ${least} to 2147483647; ${least} s are what its entrances need`,
    );
  });
});
