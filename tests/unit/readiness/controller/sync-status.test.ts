import { describe, expect, test } from "vitest";
import { awsLoadBalancerController } from "../../../../components/load-balancer/dialects/aws/aws-load-balancer-controller.ts";
import { digitalOcean } from "../../../../components/load-balancer/dialects/digital-ocean.ts";
import { cloudServiceController } from "../../../../components/load-balancer/dialects/evidence.ts";
import { googleCloud } from "../../../../components/load-balancer/dialects/google-cloud.ts";
import { k3sServiceLb } from "../../../../components/load-balancer/dialects/k3s-service-lb.ts";
import { metalLb } from "../../../../components/load-balancer/dialects/metal-lb.ts";
import { type Facts, verdictOf } from "../../../../components/readiness/controller/sync-status.ts";
import { CHANGED, facts, word } from "./events.ts";

const ensuring = (version: number, seconds?: number) =>
  word("EnsuringLoadBalancer", version, seconds);
const ensured = (version: number, seconds?: number) =>
  word("EnsuredLoadBalancer", version, seconds);
const failed = (version: number, seconds?: number) =>
  word("SyncLoadBalancerFailed", version, seconds);

/** A change of this update, after the event of that version. */
const sameRun = (version: number): Partial<Facts> => ({
  change: { time: CHANGED, version: BigInt(version), created: false },
});
const creation: Partial<Facts> = { change: { time: CHANGED, created: true } };
const HOUR = 3_600_000;

type Case = readonly [when: string, seen: Facts, standing: string];

const ofClouds: readonly Case[] = [
  ["it was ensured after the change", facts([ensuring(1), ensured(2)]), "CarriedOut"],
  [
    "the events come in another order",
    facts([ensured(4), failed(2), ensuring(3), ensuring(1)]),
    "CarriedOut",
  ],
  [
    "it was ensured in the second of the change",
    facts([ensuring(1, 0), ensured(2, 0)]),
    "CarriedOut",
  ],
  [
    "everything was said in one second, and is listed in another order",
    facts([ensured(8, 1), ensuring(7, 1), failed(6, 1)]),
    "CarriedOut",
  ],
  ["it has no address yet", facts([ensuring(1), ensured(2)], { addressed: false }), "Unanswered"],
  ["it was ensured before the change", facts([ensuring(1, -9), ensured(2, -8)]), "Unanswered"],
  [
    "what was ensured had begun before the change",
    facts([ensuring(1, -1), ensured(2, 1)]),
    "Unanswered",
  ],
  ["it is being ensured", facts([ensuring(1)]), "Unanswered"],
  ["it is being ensured again", facts([ensured(2), ensuring(3)]), "Unanswered"],
  ["it was refused", facts([ensuring(1), failed(2)]), "Refused"],
  ["it was refused and has no address", facts([failed(2)], { addressed: false }), "Refused"],
  ["it was refused, then ensured", facts([failed(2), ensuring(3), ensured(4)]), "CarriedOut"],
  ["it was ensured, then refused", facts([ensuring(1), ensured(2), failed(3)]), "Refused"],
  ["it was refused, and is tried again", facts([failed(2), ensuring(3)]), "Unanswered"],
  [
    // One event each: its version and time are of the last time, its place in the list of the first.
    "the same was said before and after a refusal",
    facts([ensuring(7), ensured(8), failed(6)]),
    "CarriedOut",
  ],
  ["it was refused before the change alone", facts([failed(2, -5)]), "Unanswered"],
  ["nodes changed after a refusal", facts([failed(2), word("UpdatedLoadBalancer", 3)]), "Refused"],
  [
    "nodes could not be changed",
    facts([ensuring(1), ensured(2), word("UpdateLoadBalancerFailed", 3)]),
    "CarriedOut",
  ],
  [
    "versions have more digits than others",
    facts([failed(9), ensuring(10), ensured(11)]),
    "CarriedOut",
  ],
  [
    "it was ensured after the change of this update",
    facts([ensuring(6), ensured(7)], sameRun(5)),
    "CarriedOut",
  ],
  [
    "it was ensured in the second of the change of this update, and before it",
    facts([ensuring(4, 0), ensured(5, 0)], sameRun(5)),
    "Unanswered",
  ],
  [
    "its controller's clock is behind in this update",
    facts([ensuring(6, -60), ensured(7, -60)], sameRun(5)),
    "CarriedOut",
  ],
  [
    "what was ensured had begun before the change of this update",
    facts([ensuring(5, 1), ensured(6, 1)], sameRun(5)),
    "Unanswered",
  ],
  [
    "it was refused before the change of this update",
    facts([ensuring(4), failed(5)], sameRun(5)),
    "Unanswered",
  ],
  [
    "it was refused after the change of this update",
    facts([ensuring(6), failed(7)], sameRun(5)),
    "Refused",
  ],
  ["nothing is said", facts([]), "Unanswered"],
  [
    "nothing is said of a new Service without address",
    facts([], { ...creation, addressed: false }),
    "Unanswered",
  ],
  ["nothing is said of a new Service with address", facts([], creation), "CarriedOut"],
  ["a new Service with address is refused", facts([failed(2)], creation), "Refused"],
  ["a new Service with address is being ensured", facts([ensuring(2)], creation), "Unanswered"],
  ["nothing is said for an hour", facts([], { now: CHANGED + HOUR }), "Unanswered"],
  ["nothing is said for more than an hour", facts([], { now: CHANGED + HOUR + 1 }), "CarriedOut"],
  [
    "nothing is said for more than an hour, without address",
    facts([], { now: CHANGED + HOUR + 1, addressed: false }),
    "Unanswered",
  ],
  [
    "it is refused for more than an hour",
    facts([failed(9, 3700)], { now: CHANGED + 2 * HOUR }),
    "Refused",
  ],
];

describe("verdictOf", () => {
  test.each(ofClouds)("verdictOf: judges a cloud's Service when %s", (_, seen, standing) => {
    expect(verdictOf(cloudServiceController, seen).standing).toBe(standing);
  });

  test("verdictOf: gives the last refusal when there are several", () => {
    const { refusal } = verdictOf(cloudServiceController, facts([failed(4), failed(2)]));

    expect(refusal).toEqual(failed(4));
  });

  test("verdictOf: gives the refusal of before when the change is not answered", () => {
    const { refusal } = verdictOf(cloudServiceController, facts([failed(2, -5)]));

    expect(refusal).toEqual(failed(2, -5));
  });

  test.each([
    ["SuccessfullyReconciled", "CarriedOut"],
    ["FailedBuildModel", "Refused"],
    ["FailedDeployModel", "Refused"],
  ])(
    "verdictOf: judges by the AWS Load Balancer Controller's words when it says %s",
    (reason, standing) => {
      const { evidence } = awsLoadBalancerController;

      expect(verdictOf(evidence, facts([word(reason, 1)])).standing).toBe(standing);
    },
  );

  test.each([
    ["SyncLoadBalancerSuccessful", "CarriedOut"],
    ["EnsuredLoadBalancer", "CarriedOut"],
    ["SyncLoadBalancerFailed", "Refused"],
  ])("verdictOf: judges by GKE's words when it says %s", (reason, standing) => {
    expect(verdictOf(googleCloud.evidence, facts([word(reason, 1)])).standing).toBe(standing);
  });

  test("verdictOf: goes on waiting when DigitalOcean is not done yet", () => {
    const text = "failed to ensure: load-balancer is not yet active (current status: new)";
    const making = facts([word("SyncLoadBalancerFailed", 1, 1, text)]);

    expect(verdictOf(digitalOcean.evidence, making).standing).toBe("Unanswered");
    expect(verdictOf(digitalOcean.evidence, facts([failed(1)])).standing).toBe("Refused");
  });

  const ofMetalLb: readonly Case[] = [
    ["an address is there", facts([]), "CarriedOut"],
    ["no address is there", facts([], { addressed: false }), "Unanswered"],
    [
      "it is allocated again",
      facts([word("AllocationFailed", 1), word("IPAllocated", 2)]),
      "CarriedOut",
    ],
    ["it is refused", facts([word("IPAllocated", 1), word("AllocationFailed", 2)]), "Refused"],
    ["it was refused before the change", facts([word("AllocationFailed", 1, -1)]), "Unanswered"],
  ];
  test.each(ofMetalLb)("verdictOf: judges a Service of MetalLB when %s", (_, seen, standing) => {
    expect(verdictOf(metalLb.evidence, seen).standing).toBe(standing);
  });

  test.each([
    [true, "CarriedOut"],
    [false, "Unanswered"],
  ])(
    "verdictOf: judges a Service of ServiceLB by its address when that it has one is %s",
    (addressed, standing) => {
      expect(verdictOf(k3sServiceLb.evidence, facts([], { addressed })).standing).toBe(standing);
    },
  );
});
