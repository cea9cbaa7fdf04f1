import { expect, test } from "vitest";
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
  [{ podDisruptionBudget: 1 }, "args.podDisruptionBudget is 1, must be true or false"],
  [
    { podDisruptionBudget: later(true) },
    "args.podDisruptionBudget is an Output, must be a plain value: it decides what is created and under which name; write the value itself, and name the resource it comes from in dependsOn",
  ],
])("Backend: fails when its budget is %j", async (args, message) => {
  expect(await refusalOf(args)).toBe(message);
});
