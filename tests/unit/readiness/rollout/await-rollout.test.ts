import type { V1Deployment } from "@kubernetes/client-node";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  awaitRollout,
  UnseenRolloutError,
} from "../../../../components/readiness/rollout/await-rollout.ts";
import { rolloutLeft } from "../../../../components/readiness/rollout/rollout-left.ts";
import { pod } from "../objects.ts";

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

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Waits for a rollout on a clock that runs by itself, and says how long that took and how it ended. */
async function outcome(
  seeAt: (second: number) => V1Deployment,
  { explains = true, uid = "the-uid" } = {},
) {
  const begin = Date.now();
  const seconds = () => (Date.now() - begin) / 1000;
  const progress: string[] = [];
  let explained = 0;
  const source = {
    read: async () => seeAt(Math.floor(seconds())),
    explain: async (seen: V1Deployment) => {
      explained += 1;
      if (!explains) throw refused;
      const pods = [pod("a", { ready: false })];
      return { deployment: seen, replicaSets: [], pods, events: [] };
    },
  };
  let ended: unknown;
  void awaitRollout(source, { uid, seconds: 10, progress: (text) => progress.push(text) }).then(
    () => {
      ended = "complete";
    },
    (error: Error) => {
      ended = error;
    },
  );
  await vi.advanceTimersByTimeAsync(0);
  while (ended === undefined) await vi.advanceTimersByTimeAsync(500);
  return { ended, explained, seconds: seconds(), progress };
}

const refused = Object.assign(new Error("HTTP-Code: 403"), {
  code: 403,
  body: '{"message":"deployments is forbidden"}',
});

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

describe("awaitRollout", () => {
  test("awaitRollout: asks once when the rollout is complete", async () => {
    const { ended, progress, seconds } = await outcome(() => deployment());

    expect({ ended, progress, seconds }).toEqual({ ended: "complete", progress: [], seconds: 0 });
  });

  test("awaitRollout: goes on when the rollout goes on, and tells each step once", async () => {
    const steps = [
      { ...complete, observedGeneration: 1 },
      { ...complete, observedGeneration: 1 },
      { ...complete, updatedReplicas: 1 },
    ];

    const { ended, progress, seconds } = await outcome((second) => deployment(steps[second]));

    expect({ ended, seconds }).toEqual({ ended: "complete", seconds: 3 });
    expect(progress).toEqual([
      "Waiting for the rollout: its controller has not seen the last change",
      "Waiting for the rollout: 1 of 2 Pods are new",
    ]);
  });

  test("awaitRollout: goes on when the cluster cannot be asked for a moment", async () => {
    const { ended } = await outcome((second) => {
      if (second < 2) throw new Error("connect ECONNREFUSED");
      return deployment();
    });

    expect(ended).toBe("complete");
  });

  test("awaitRollout: fails with the reasons when the time is over", async () => {
    const { ended, seconds } = await outcome(() => deployment({ ...complete, updatedReplicas: 1 }));

    expect(String(ended)).toContain(
      "Error: 1 of 2 Pods are new; 0 of 2 Pods are ready\n  Pod a is",
    );
    expect(ended).not.toBeInstanceOf(UnseenRolloutError);
    expect(seconds).toBe(10);
  });

  test("awaitRollout: reads Pods and events only when the time is over", async () => {
    const slow = await outcome((second) =>
      deployment(second < 5 ? { ...complete, updatedReplicas: 1 } : complete),
    );
    const never = await outcome(() => deployment({ ...complete, updatedReplicas: 1 }));

    expect(slow).toMatchObject({ ended: "complete", explained: 0 });
    expect(never.explained).toBe(1);
  });

  test("awaitRollout: fails without reasons when only the Deployment may be read", async () => {
    const { ended } = await outcome(() => deployment({ ...complete, updatedReplicas: 1 }), {
      explains: false,
    });

    expect(ended).toEqual(new Error("1 of 2 Pods are new"));
    expect(ended).not.toBeInstanceOf(UnseenRolloutError);
  });

  test("awaitRollout: goes on when the controller has given up the rollout before", async () => {
    const conditions = [{ type: "Progressing", status: "False" }];

    const { ended } = await outcome((second) =>
      deployment(second < 2 ? { ...complete, updatedReplicas: 1, conditions } : complete),
    );

    expect(ended).toBe("complete");
  });

  test("awaitRollout: fails as unseen when it may not look", async () => {
    const { ended } = await outcome(() => {
      throw refused;
    });

    expect(ended).toEqual(new UnseenRolloutError("deployments is forbidden"));
    expect(ended).toBeInstanceOf(UnseenRolloutError);
  });

  test("awaitRollout: fails as unseen when the Deployment is another one", async () => {
    const { ended } = await outcome(() => deployment(), { uid: "another" });

    expect(ended).toEqual(
      new UnseenRolloutError(
        "its Deployment has the uid another, but where the kubeconfig leads it has the-uid, must be the same cluster; give the component a provider of its own",
      ),
    );
    expect(ended).toBeInstanceOf(UnseenRolloutError);
  });
});
