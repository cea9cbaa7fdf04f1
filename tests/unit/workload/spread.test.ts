import { expect, test } from "vitest";
import { podOf, refusalOf } from "../support/deployment.ts";
import { later } from "../support/run-program.ts";

test("Backend: insists on zones alone when the spread is strict", async () => {
  const { topologySpreadConstraints: constraints } = await podOf({ spread: "Strict", app: "shop" });

  expect(
    constraints.map(({ topologyKey, whenUnsatisfiable }: Record<string, unknown>) => [
      topologyKey,
      whenUnsatisfiable,
    ]),
  ).toEqual([
    ["topology.kubernetes.io/zone", "DoNotSchedule"],
    ["kubernetes.io/hostname", "ScheduleAnyway"],
  ]);
  expect(constraints[0]).toMatchObject({
    labelSelector: { matchLabels: { app: "shop" } },
    matchLabelKeys: ["pod-template-hash"],
  });
});

test("Backend: leaves its Pods to the scheduler when the spread is turned off", async () => {
  const pod = await podOf({ spread: "None" });

  expect(pod).not.toHaveProperty("affinity");
  expect(pod).not.toHaveProperty("topologySpreadConstraints");
});

test.each([
  [{ spread: "Even" }, 'args.spread is "Even", must be "Preferred" or "Strict" or "None"'],
  [
    { spread: later("Strict") },
    "args.spread is an Output, must be a plain value: it decides what is created and under which name; write the value itself, and name the resource it comes from in dependsOn",
  ],
])("Backend: fails when its spread is %j", async (args, message) => {
  expect(await refusalOf(args)).toBe(message);
});
