import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Cluster } from "../../../../components/readiness/endpoints/cluster.ts";
import type { EndpointObservation } from "../../../../components/readiness/endpoints/endpoint-status.ts";
import { verifyEndpoints } from "../../../../components/readiness/endpoints/verify-endpoints.ts";
import { pod, service, slice } from "../objects.ts";

const none: EndpointObservation = { pods: [], slices: [] };
const unready: EndpointObservation = { pods: [pod("a", { ready: false })], slices: [] };
const ready: EndpointObservation = { pods: [pod("a")], slices: [slice("http", true)] };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Answers what it is told for a second; a function is called instead. */
function cluster(answerAt: (second: number) => EndpointObservation): Cluster {
  const begin = Date.now();
  return {
    uidOf: async () => service.uid,
    observe: async () => answerAt(Math.floor((Date.now() - begin) / 1000)),
    context: async () => ({ pods: [], events: [] }),
  };
}

/** Proves a Service on a clock that runs by itself, and says how long that took and how it ended. */
async function outcome(asked: Cluster, seconds: number) {
  const begin = Date.now();
  const progress: string[] = [];
  const proof = verifyEndpoints(service, asked, {
    seconds,
    progress: (text) => progress.push(text),
  }).then(
    () => "proved",
    (error: Error) => error.message,
  );
  let ended: string | undefined;
  void proof.then((it) => {
    ended = it;
  });
  while (ended === undefined) await vi.advanceTimersByTimeAsync(500);
  return { ended, seconds: (Date.now() - begin) / 1000, progress };
}

const forbidden = Object.assign(new Error("HTTP-Code: 403\nHeaders: {}"), {
  code: 403,
  body: '{"message":"pods is forbidden"}',
});

describe("verifyEndpoints", () => {
  test("verifyEndpoints: asks once when the Pods are ready", async () => {
    const { ended, progress } = await outcome(
      cluster(() => ready),
      60,
    );

    expect(ended).toBe("proved");
    expect(progress).toEqual([]);
  });

  test("verifyEndpoints: goes on when Pods come and become ready in time", async () => {
    const answers = (second: number) => (second < 9 ? none : second < 50 ? unready : ready);

    const { ended, progress } = await outcome(cluster(answers), 60);

    expect(ended).toBe("proved");
    expect(progress).toEqual([
      "Waiting for Pods with app=web",
      "Waiting for a ready endpoint among Pods with app=web",
    ]);
  });

  test.each([
    ["no Pod comes", none, 60, 10, "the namespace has no Pods"],
    ["no Pod comes and there is less time", none, 5, 5, "the namespace has no Pods"],
    ["no Pod becomes ready", unready, 60, 60, "0 of 1 Pods are ready"],
  ])(
    "verifyEndpoints: fails with the reason when %s",
    async (_, observation, limit, after, reason) => {
      const { ended, seconds } = await outcome(
        cluster(() => observation),
        limit,
      );

      expect(ended).toContain(reason);
      expect(seconds).toBeGreaterThanOrEqual(after);
      expect(seconds).toBeLessThanOrEqual(after + 1);
    },
  );

  test("verifyEndpoints: asks again when the API server does not answer for a while", async () => {
    const answers = (second: number) => {
      if (second < 3) throw new Error("fetch failed");
      return ready;
    };

    expect((await outcome(cluster(answers), 60)).ended).toBe("proved");
  });

  test("verifyEndpoints: fails with what was said last when the API server never answers", async () => {
    const silent = cluster(() => {
      throw new Error("fetch failed", { cause: new Error("connect ECONNREFUSED") });
    });

    expect((await outcome(silent, 4)).ended).toBe(
      "the cluster does not show whether Pods are ready, fetch failed, connect ECONNREFUSED; allow the kubeconfig's user " +
        "to read Services, Pods and EndpointSlices, or set args.targetReadyWithinSeconds to 0",
    );
  });

  test("verifyEndpoints: fails at once when the user may not read Pods", async () => {
    const closed = cluster(() => {
      throw forbidden;
    });

    const { ended, seconds } = await outcome(closed, 60);

    expect(ended).toContain("pods is forbidden; allow the kubeconfig's user to read");
    expect(seconds).toBeLessThanOrEqual(1);
  });

  test("verifyEndpoints: fails when the kubeconfig leads to another cluster", async () => {
    const elsewhere = { ...cluster(() => ready), uidOf: async () => "another-uid" };

    expect((await outcome(elsewhere, 60)).ended).toBe(
      'its Service has the uid service-uid, but where the kubeconfig leads Service dev in namespace "shop" has ' +
        "another-uid, must be the same cluster; give the component a provider of its own",
    );
  });
});
