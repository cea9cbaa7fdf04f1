import fc from "fast-check";
import { expect, test } from "vitest";
import { drainFor, Entrance } from "../../../components/workload/drain.ts";

test.each([
  [[], { sleepSeconds: 10, gracePeriodSeconds: 45, minReadySeconds: 0 }],
  [[Entrance.NodePort], { sleepSeconds: 15, gracePeriodSeconds: 50, minReadySeconds: 0 }],
  [[Entrance.LoadBalancer], { sleepSeconds: 60, gracePeriodSeconds: 95, minReadySeconds: 11 }],
  [
    [Entrance.NodePort, Entrance.LoadBalancer],
    { sleepSeconds: 60, gracePeriodSeconds: 95, minReadySeconds: 11 },
  ],
])("drainFor: follows from the entrances when they are %j", (entrances, drain) => {
  expect(drainFor(entrances, 30)).toEqual(drain);
});

test("drainFor: leaves room for the longest request after the sleep when it has any length", () => {
  const entrances = fc.subarray([...Object.values(Entrance)]);
  fc.assert(
    fc.property(entrances, fc.nat(86400), (some, longest) => {
      const { gracePeriodSeconds, sleepSeconds } = drainFor(some, longest);
      expect(gracePeriodSeconds - sleepSeconds).toBeGreaterThan(longest);
    }),
  );
});
