import { expect, test } from "vitest";
import type { BackendArgs } from "../../../components/index.ts";
import { backendOf, refusalOf } from "../support/deployment.ts";
import { later } from "../support/run-program.ts";

test("Backend: lets one Pod be evicted at a time when there are two", async () => {
  const run = await backendOf({ replicas: 2, app: "shop" });

  expect(run.resource("PodDisruptionBudget", "web-pod-disruption-budget").inputs).toMatchObject({
    metadata: { name: "web", namespace: "shop", labels: { app: "shop" } },
    spec: {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: "AlwaysAllow",
      selector: { matchLabels: { app: "shop" } },
    },
  });
});

test.each([{ replicas: 0 }, { replicas: 1 }, { podDisruptionBudget: false }])(
  "Backend: has no PodDisruptionBudget when it gets %j",
  async (args) => {
    const run = await backendOf(args);

    expect(run.resources.map(({ type }) => type)).not.toContain(
      "kubernetes:policy/v1:PodDisruptionBudget",
    );
    expect(Object.keys(await run.outputs(run.result))).not.toContain("podDisruptionBudget");
  },
);

test.each([
  [{ minAvailable: 1 }, { minAvailable: 1 }],
  [{ minAvailablePercent: 66 }, { minAvailable: "66%" }],
  [{ maxUnavailable: 2 }, { maxUnavailable: 2 }],
  [{ maxUnavailablePercent: 25 }, { maxUnavailable: "25%" }],
])("Backend: has the budget %j when it is stated", async (disruptionBudget, limit) => {
  const run = await backendOf({ replicas: 3, disruptionBudget });

  expect(run.resource("PodDisruptionBudget", "web-pod-disruption-budget").inputs.spec).toEqual({
    ...limit,
    unhealthyPodEvictionPolicy: "AlwaysAllow",
    selector: { matchLabels: { app: "web" } },
  });
});

test("Backend: has no budget, stated or not, when it has a single Pod", async () => {
  const run = await backendOf({ replicas: 1, disruptionBudget: { minAvailable: 1 } });

  expect(run.resources.map(({ type }) => type)).not.toContain(
    "kubernetes:policy/v1:PodDisruptionBudget",
  );
});

test.each<[Partial<BackendArgs>, string]>([
  [
    { disruptionBudget: {} },
    "args.disruptionBudget is an object, must have exactly one of minAvailable, minAvailablePercent, maxUnavailable, maxUnavailablePercent",
  ],
  [
    { disruptionBudget: { minAvailable: 1, maxUnavailable: 1 } },
    'args.disruptionBudget is "minAvailable and maxUnavailable", must have exactly one of minAvailable, minAvailablePercent, maxUnavailable, maxUnavailablePercent',
  ],
  [
    { replicas: 3, disruptionBudget: { minAvailable: 3 } },
    "args.disruptionBudget.minAvailable is 3, must be at most 2: with 3 Pods it keeps all of them, and no node could be drained",
  ],
  [
    {
      autoscaling: { minReplicas: 2, maxReplicas: 9 },
      disruptionBudget: { minAvailablePercent: 51 },
    },
    "args.disruptionBudget.minAvailablePercent is 51, must be at most 50: with 2 Pods it keeps all of them, and no node could be drained",
  ],
  [
    { disruptionBudget: { maxUnavailable: 0 } },
    "args.disruptionBudget.maxUnavailable is 0, must be an integer from 1 to 2147483647",
  ],
  [
    { podDisruptionBudget: false, disruptionBudget: { maxUnavailable: 1 } },
    "args.disruptionBudget is an object, must not be set with args.podDisruptionBudget false; remove one",
  ],
])("Backend: fails when its Pods are protected by %j", async (args, message) => {
  expect(await refusalOf(args)).toBe(message);
});

test.each([
  [{ podDisruptionBudget: 1 }, "args.podDisruptionBudget is 1, must be true or false"],
  [
    { podDisruptionBudget: later(true) },
    "args.podDisruptionBudget is an Output, must be a plain value: it decides what is created and under which name; write the value itself, and name the resource it comes from in dependsOn",
  ],
])("Backend: fails when its budget is %j", async (args, message) => {
  expect(await refusalOf(args)).toBe(message);
});
