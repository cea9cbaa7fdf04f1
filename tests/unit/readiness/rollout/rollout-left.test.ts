import type { V1Deployment } from "@kubernetes/client-node";
import { describe, expect, test } from "vitest";
import {
  rolloutLeft,
  rolloutReasons,
} from "../../../../components/readiness/rollout/rollout-left.ts";
import { untilRolledOut } from "../../../../components/readiness/rollout/until-rolled-out.ts";

const complete = {
  observedGeneration: 2,
  replicas: 2,
  updatedReplicas: 2,
  availableReplicas: 2,
};

function deployment(
  status: V1Deployment["status"] = complete,
  wanted: number | undefined = 2,
): V1Deployment {
  return {
    metadata: { uid: "the-uid", generation: 2 },
    spec: { replicas: wanted, selector: {}, template: {} } as V1Deployment["spec"] & object,
    ...(status && { status }),
  };
}

describe("rolloutLeft", () => {
  test.each([
    [{ ...complete, observedGeneration: 1 }, "its controller has not seen the last change"],
    [{ ...complete, updatedReplicas: 1 }, "1 of 2 Pods are new"],
    [{ ...complete, replicas: 3 }, "1 old Pods are left"],
    [{ ...complete, availableReplicas: 1 }, "1 of 2 Pods are available"],
    [undefined, "its controller has not seen the last change"],
  ])("rolloutLeft: names what is left when the status is %o", (status, left) => {
    expect(rolloutLeft({ ...deployment(), status } as V1Deployment)).toBe(left);
  });

  test.each([
    ["every Pod is new and available", deployment()],
    ["no Pod is wanted", deployment({ observedGeneration: 2 }, 0)],
  ])("rolloutLeft: is nothing when %s", (_, complete) => {
    expect(rolloutLeft(complete)).toBeUndefined();
  });

  test("rolloutLeft: counts one Pod when the number is not stated", () => {
    const { spec, ...rest } = deployment({ observedGeneration: 2 });
    const { replicas: _, ...unstated } = spec ?? { selector: {}, template: {} };

    expect(rolloutLeft({ ...rest, spec: unstated })).toBe("0 of 1 Pods are new");
  });
});

describe("rolloutReasons", () => {
  const paused = (status: V1Deployment["status"]) => {
    const { spec, ...rest } = deployment(status);
    return { ...rest, spec: { selector: {}, template: {}, ...spec, paused: true } };
  };
  const seen = (it: V1Deployment) => ({ deployment: it, replicaSets: [], pods: [], events: [] });

  test("rolloutReasons: says first that a rollout is paused", () => {
    const text = rolloutReasons(seen(paused({ observedGeneration: 2 })));

    expect(text?.split("\n")).toEqual([
      "it is paused (spec.paused), so its Pods stay as they are",
      "0 of 2 Pods are ready",
    ]);
  });

  test("rolloutReasons: says nothing of a pause when there is none", () => {
    expect(rolloutReasons(seen(deployment({ observedGeneration: 2 })))).toBe(
      "0 of 2 Pods are ready",
    );
  });
});

/** Whether the provider finds the condition: some member of the object passes the filter, which means the same in JavaScript. */
function isFound(object: V1Deployment): boolean {
  const [, path = ""] = JSON.parse(untilRolledOut["pulumi.com/waitFor"] ?? "");
  const filter = /^jsonpath=\{\$\[\?(.*)\]\}$/.exec(path)?.[1] ?? "";
  const text = filter.replaceAll("==", "===").replaceAll("@", "member").replaceAll("$", "object");
  const passes = new Function("member", "object", `return Boolean(${text});`);
  return Object.values(object).some((member) => passes(member, object));
}

describe("untilRolledOut", () => {
  const numbers = [undefined, 1, 2, 3];
  const all = [0, 1, 2].flatMap((wanted) =>
    numbers.flatMap((replicas) =>
      numbers.flatMap((updatedReplicas) =>
        numbers.map((availableReplicas) => {
          const counts = { replicas, updatedReplicas, availableReplicas };
          const status = JSON.parse(JSON.stringify({ observedGeneration: 2, ...counts }));
          return deployment(status, wanted);
        }),
      ),
    ),
  );

  test("untilRolledOut: holds in no state in which something is left of the rollout", () => {
    const found = all.filter(isFound);

    expect(found.length).toBeGreaterThanOrEqual(3);
    expect(found.map(rolloutLeft).filter((left) => left !== undefined)).toEqual([]);
  });

  test.each([0, 1, 2])(
    "untilRolledOut: holds when all of %i Pods are new and available and no other is left",
    (wanted) => {
      const count = wanted === 0 ? {} : { replicas: wanted, updatedReplicas: wanted };
      const available = wanted === 0 ? {} : { availableReplicas: wanted };
      const status = { observedGeneration: 2, ...count, ...available };

      expect(isFound(deployment(status, wanted))).toBe(true);
    },
  );

  test("untilRolledOut: does not hold before the controller has written a status", () => {
    expect(isFound(deployment({}, 2))).toBe(false);
    expect(isFound(deployment({}, 0))).toBe(false);
  });

  test("untilRolledOut: has what the provider's parser takes: one pair of braces, no equals sign alone and no blanks", () => {
    const conditions: readonly string[] = JSON.parse(untilRolledOut["pulumi.com/waitFor"] ?? "");

    expect(conditions[0]).toBe("condition=Available");
    expect(conditions[1]).toMatch(/^jsonpath=\{[^{}\s]*\}$/);
    expect(conditions[1]?.replace("jsonpath=", "").replaceAll("==", "")).not.toContain("=");
  });
});
