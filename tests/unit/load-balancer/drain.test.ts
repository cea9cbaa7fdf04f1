import { expect, test } from "vitest";
import {
  drainNeed,
  loadBalancerDrainSeconds,
} from "../../../components/load-balancer/contract/drain.ts";

test.each([
  ["nothing is asked", {}, 60],
  ["checks fail faster", { healthCheckIntervalSeconds: 5 }, 60],
  ["checks come more slowly", { healthCheckIntervalSeconds: 30 }, 100],
  ["more checks have to fail", { healthCheckUnhealthyThreshold: 5 }, 90],
  ["both are asked", { healthCheckIntervalSeconds: 300, healthCheckUnhealthyThreshold: 10 }, 3040],
  ["one is no number", { healthCheckIntervalSeconds: 10n }, 0],
  ["the other is no number", { healthCheckUnhealthyThreshold: Symbol("2") }, 0],
])("loadBalancerDrainSeconds: outlasts the failing checks when %s", (_, asked, seconds) => {
  expect(loadBalancerDrainSeconds(asked as never)).toBe(seconds);
});

test.each([
  [
    "is the usual one",
    {},
    "add Entrance.LoadBalancer to the entrances of the target's Backend, or raise its drainSeconds",
  ],
  [
    "is more than a Backend's",
    { healthCheckIntervalSeconds: 11 },
    "raise drainSeconds of the target's Backend, or lower args.healthCheckIntervalSeconds or args.healthCheckUnhealthyThreshold",
  ],
])("drainNeed: says how to get the time when it %s", (_, asked, fix) => {
  expect(drainNeed("MetalLb", asked)).toMatchObject({ by: "a load balancer of MetalLb", fix });
});
