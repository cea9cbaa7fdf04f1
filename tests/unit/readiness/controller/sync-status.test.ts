import { describe, expect, test } from "vitest";
import { awsLoadBalancerController } from "../../../../components/load-balancer/dialects/aws/aws-load-balancer-controller.ts";
import { digitalOcean } from "../../../../components/load-balancer/dialects/digital-ocean.ts";
import { cloudServiceController } from "../../../../components/load-balancer/dialects/evidence.ts";
import { googleCloud } from "../../../../components/load-balancer/dialects/google-cloud.ts";
import { k3sServiceLb } from "../../../../components/load-balancer/dialects/k3s-service-lb.ts";
import { metalLb } from "../../../../components/load-balancer/dialects/metal-lb.ts";
import {
  type ServiceObservation,
  syncStatusOf,
} from "../../../../components/readiness/controller/sync-status.ts";
import { CHANGED, event, observation } from "./events.ts";

const ensuring = (version: number, seconds?: number) =>
  event("EnsuringLoadBalancer", version, seconds);
const ensured = (version: number, seconds?: number) =>
  event("EnsuredLoadBalancer", version, seconds);
const failed = (version: number, seconds?: number) =>
  event("SyncLoadBalancerFailed", version, seconds);

/** A change of this update, after the event of that version. */
const sameRun = (version: number): Partial<ServiceObservation> => ({
  change: { time: CHANGED, version: BigInt(version), created: false },
});
const creation: Partial<ServiceObservation> = { change: { time: CHANGED, created: true } };
const HOUR = 3_600_000;

type Case = readonly [when: string, seen: ServiceObservation, standing: string];

const ofClouds: readonly Case[] = [
  ["it was ensured after the change", observation([ensuring(1), ensured(2)]), "Synced"],
  [
    "the events come in another order",
    observation([ensured(4), failed(2), ensuring(3), ensuring(1)]),
    "Synced",
  ],
  [
    "it was ensured in the second of the change",
    observation([ensuring(1, 0), ensured(2, 0)]),
    "Synced",
  ],
  [
    "everything was said in one second, and is listed in another order",
    observation([ensured(8, 1), ensuring(7, 1), failed(6, 1)]),
    "Synced",
  ],
  [
    "it has no address yet",
    observation([ensuring(1), ensured(2)], { addressed: false }),
    "Pending",
  ],
  ["it was ensured before the change", observation([ensuring(1, -9), ensured(2, -8)]), "Pending"],
  [
    "what was ensured had begun before the change",
    observation([ensuring(1, -1), ensured(2, 1)]),
    "Pending",
  ],
  ["it is being ensured", observation([ensuring(1)]), "Pending"],
  ["it is being ensured again", observation([ensured(2), ensuring(3)]), "Pending"],
  ["it was refused", observation([ensuring(1), failed(2)]), "Refused"],
  ["it was refused and has no address", observation([failed(2)], { addressed: false }), "Refused"],
  ["it was refused, then ensured", observation([failed(2), ensuring(3), ensured(4)]), "Synced"],
  ["it was ensured, then refused", observation([ensuring(1), ensured(2), failed(3)]), "Refused"],
  ["it was refused, and is tried again", observation([failed(2), ensuring(3)]), "Pending"],
  [
    // One event each: its version and time are of the last time, its place in the list of the first.
    "the same was said before and after a refusal",
    observation([ensuring(7), ensured(8), failed(6)]),
    "Synced",
  ],
  ["it was refused before the change alone", observation([failed(2, -5)]), "Pending"],
  [
    "nodes changed after a refusal",
    observation([failed(2), event("UpdatedLoadBalancer", 3)]),
    "Refused",
  ],
  [
    "nodes could not be changed",
    observation([ensuring(1), ensured(2), event("UpdateLoadBalancerFailed", 3)]),
    "Synced",
  ],
  [
    "versions have more digits than others",
    observation([failed(9), ensuring(10), ensured(11)]),
    "Synced",
  ],
  [
    "it was ensured after the change of this update",
    observation([ensuring(6), ensured(7)], sameRun(5)),
    "Synced",
  ],
  [
    "it was ensured in the second of the change of this update, and before it",
    observation([ensuring(4, 0), ensured(5, 0)], sameRun(5)),
    "Pending",
  ],
  [
    "its controller's clock is behind in this update",
    observation([ensuring(6, -60), ensured(7, -60)], sameRun(5)),
    "Synced",
  ],
  [
    "what was ensured had begun before the change of this update",
    observation([ensuring(5, 1), ensured(6, 1)], sameRun(5)),
    "Pending",
  ],
  [
    "it was refused before the change of this update",
    observation([ensuring(4), failed(5)], sameRun(5)),
    "Pending",
  ],
  [
    "it was refused after the change of this update",
    observation([ensuring(6), failed(7)], sameRun(5)),
    "Refused",
  ],
  ["nothing is said", observation([]), "Pending"],
  [
    "nothing is said of a new Service without address",
    observation([], { ...creation, addressed: false }),
    "Pending",
  ],
  ["nothing is said of a new Service with address", observation([], creation), "Synced"],
  ["a new Service with address is refused", observation([failed(2)], creation), "Refused"],
  ["a new Service with address is being ensured", observation([ensuring(2)], creation), "Pending"],
  ["nothing is said for an hour", observation([], { now: CHANGED + HOUR }), "Pending"],
  ["nothing is said for more than an hour", observation([], { now: CHANGED + HOUR + 1 }), "Synced"],
  [
    "nothing is said for more than an hour, without address",
    observation([], { now: CHANGED + HOUR + 1, addressed: false }),
    "Pending",
  ],
  [
    "it is refused for more than an hour",
    observation([failed(9, 3700)], { now: CHANGED + 2 * HOUR }),
    "Refused",
  ],
];

describe("syncStatusOf", () => {
  test.each(ofClouds)("syncStatusOf: judges a cloud's Service when %s", (_, seen, standing) => {
    expect(syncStatusOf(cloudServiceController, seen).state).toBe(standing);
  });

  test("syncStatusOf: gives the last refusal when there are several", () => {
    const { refusal } = syncStatusOf(cloudServiceController, observation([failed(4), failed(2)]));

    expect(refusal).toEqual(failed(4));
  });

  test("syncStatusOf: gives the refusal of before when the change is not answered", () => {
    const { refusal } = syncStatusOf(cloudServiceController, observation([failed(2, -5)]));

    expect(refusal).toEqual(failed(2, -5));
  });

  test.each([
    ["SuccessfullyReconciled", "Synced"],
    ["FailedBuildModel", "Refused"],
    ["FailedDeployModel", "Refused"],
  ])(
    "syncStatusOf: judges by the AWS Load Balancer Controller's words when it says %s",
    (reason, standing) => {
      const { evidence } = awsLoadBalancerController;

      expect(syncStatusOf(evidence, observation([event(reason, 1)])).state).toBe(standing);
    },
  );

  test.each([
    ["SyncLoadBalancerSuccessful", "Synced"],
    ["EnsuredLoadBalancer", "Synced"],
    ["SyncLoadBalancerFailed", "Refused"],
  ])("syncStatusOf: judges by GKE's words when it says %s", (reason, standing) => {
    expect(syncStatusOf(googleCloud.evidence, observation([event(reason, 1)])).state).toBe(
      standing,
    );
  });

  test("syncStatusOf: goes on waiting when DigitalOcean is not done yet", () => {
    const text = "failed to ensure: load-balancer is not yet active (current status: new)";
    const making = observation([event("SyncLoadBalancerFailed", 1, 1, text)]);

    expect(syncStatusOf(digitalOcean.evidence, making).state).toBe("Pending");
    expect(syncStatusOf(digitalOcean.evidence, observation([failed(1)])).state).toBe("Refused");
  });

  const ofMetalLb: readonly Case[] = [
    ["an address is there", observation([]), "Synced"],
    ["no address is there", observation([], { addressed: false }), "Pending"],
    [
      "it is allocated again",
      observation([event("AllocationFailed", 1), event("IPAllocated", 2)]),
      "Synced",
    ],
    [
      "it is refused",
      observation([event("IPAllocated", 1), event("AllocationFailed", 2)]),
      "Refused",
    ],
    [
      "it was refused before the change",
      observation([event("AllocationFailed", 1, -1)]),
      "Pending",
    ],
  ];
  test.each(ofMetalLb)("syncStatusOf: judges a Service of MetalLB when %s", (_, seen, standing) => {
    expect(syncStatusOf(metalLb.evidence, seen).state).toBe(standing);
  });

  test.each([
    [true, "Synced"],
    [false, "Pending"],
  ])(
    "syncStatusOf: judges a Service of ServiceLB by its address when that it has one is %s",
    (addressed, standing) => {
      expect(syncStatusOf(k3sServiceLb.evidence, observation([], { addressed })).state).toBe(
        standing,
      );
    },
  );
});
