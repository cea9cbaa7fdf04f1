import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { cloudServiceController } from "../../../../components/load-balancer/dialects/evidence.ts";
import { awaitControllerSync } from "../../../../components/readiness/controller/await-controller-sync.ts";
import type { ServiceObservation } from "../../../../components/readiness/controller/sync-status.ts";
import { event, observation } from "./events.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const id = (digit: string) =>
  `request id: ${digit}, ${"00000000-0000-0000-0000-00000000000"}${digit}`;
const failed = (version: number, message = `TooManyListeners, ${id("1")}`) =>
  event("SyncLoadBalancerFailed", version, version, message);
const accepted = observation([event("EnsuringLoadBalancer", 8), event("EnsuredLoadBalancer", 9)]);

/** Waits on a clock that runs by itself, for a Service that looks as it is told for a second, and says how that ended. */
async function outcome(seeAt: (second: number) => ServiceObservation, seconds = 60) {
  const begin = Date.now();
  const progress: string[] = [];
  const see = async () => seeAt(Math.floor((Date.now() - begin) / 1000));
  const options = {
    controller: "Cloud",
    evidence: cloudServiceController,
    seconds,
    progress: (text: string) => progress.push(text),
  };
  let ended: string | undefined;
  void awaitControllerSync(see, "service-uid", options).then(
    () => {
      ended = "reconciled";
    },
    (error: Error) => {
      ended = error.message;
    },
  );
  while (ended === undefined) await vi.advanceTimersByTimeAsync(500);
  return { ended, seconds: Math.floor((Date.now() - begin) / 1000), progress };
}

describe("awaitControllerSync", () => {
  test("awaitControllerSync: asks once when it is reconciled", async () => {
    expect(await outcome(() => accepted)).toMatchObject({ ended: "reconciled", progress: [] });
  });

  test("awaitControllerSync: waits when the controller has not answered", async () => {
    const seen = await outcome((second) => (second < 20 ? observation([]) : accepted));

    expect(seen).toEqual({ ended: "reconciled", seconds: 20, progress: ["Waiting for Cloud"] });
  });

  test("awaitControllerSync: passes when a refusal is gone at the next try", async () => {
    const seen = await outcome((second) => (second < 5 ? observation([failed(2)]) : accepted));

    expect(seen.ended).toBe("reconciled");
    expect(seen.progress).toEqual([
      `Waiting for Cloud, which reports SyncLoadBalancerFailed, TooManyListeners, ${id("1")}`,
    ]);
  });

  test.each([
    ["the same event is changed", () => observation([failed(7)])],
    ["another event is made of it", () => observation([failed(2), failed(7)])],
    [
      "only ids of the request differ",
      () => observation([failed(7, `TooManyListeners, ${id("2")}`)]),
    ],
    [
      "it is combined with others",
      () =>
        observation([failed(7, `(combined from similar events): TooManyListeners, ${id("2")}`)]),
    ],
  ])("awaitControllerSync: fails when a refusal is repeated and %s", async (_, again) => {
    const seen = await outcome((second) => (second < 5 ? observation([failed(2)]) : again()));

    expect(seen).toMatchObject({ seconds: 5 });
    expect(seen.ended).toMatch(
      /^Cloud rejects the Service: SyncLoadBalancerFailed, .*TooManyListeners/,
    );
  });

  test("awaitControllerSync: fails when a refusal is repeated after the controller has begun anew", async () => {
    const answers = [
      observation([failed(2)]),
      observation([failed(2), event("EnsuringLoadBalancer", 6)]),
      observation([event("EnsuringLoadBalancer", 6), failed(7)]),
    ];

    const seen = await outcome((second) => answers[Math.min(second, 2)] ?? accepted);

    expect(seen).toMatchObject({ seconds: 2 });
  });

  test("awaitControllerSync: goes on when the next try is refused for another reason", async () => {
    const answers = [
      observation([failed(2, "one")]),
      observation([failed(2, "one"), failed(3, "another")]),
    ];

    const seen = await outcome((second) => answers[second] ?? accepted);

    expect(seen.ended).toBe("reconciled");
  });

  test.each([
    [
      "nothing is said",
      observation([]),
      "Cloud has not reconciled the Service within 4 s and reported no error; check that it is running",
    ],
    [
      "the only refusal is not repeated",
      observation([failed(2, "no")]),
      "Cloud rejects the Service: SyncLoadBalancerFailed, no",
    ],
    [
      "the controller is at it",
      observation([failed(2, "no"), event("EnsuringLoadBalancer", 3)]),
      "Cloud has not reconciled the Service within 4 s; its last error: SyncLoadBalancerFailed, no",
    ],
  ])("awaitControllerSync: fails at the limit when %s", async (_, seen, message) => {
    expect(await outcome(() => seen, 4)).toMatchObject({ ended: message, seconds: 4 });
  });

  test("awaitControllerSync: asks again when the API server does not answer for a while", async () => {
    const seen = await outcome((second) => {
      if (second < 3) throw new Error("fetch failed");
      return accepted;
    });

    expect(seen.ended).toBe("reconciled");
  });

  test("awaitControllerSync: fails at the limit when the API server never answers", async () => {
    const seen = await outcome(() => {
      throw new Error("fetch failed", { cause: new Error("connect ECONNREFUSED") });
    }, 4);

    expect(seen).toMatchObject({ seconds: 4 });
    expect(seen.ended).toMatch(
      /^the cluster does not show whether the Service is reconciled, fetch failed, connect ECONNREFUSED; allow/,
    );
  });

  test("awaitControllerSync: fails at once when events may not be read", async () => {
    const seen = await outcome(() => {
      throw Object.assign(new Error("HTTP-Code: 403"), {
        code: 403,
        body: '{"message":"events is forbidden"}',
      });
    });

    expect(seen).toMatchObject({
      ended:
        "the cluster does not show whether the Service is reconciled, events is forbidden; allow the kubeconfig's user to read Services and " +
        "events, or set args.reconciledWithinSeconds to 0",
      seconds: 0,
    });
  });

  test("awaitControllerSync: fails at once when the kubeconfig leads to another cluster", async () => {
    const seen = await outcome(() => ({ ...accepted, uid: "another-uid" }));

    expect(seen).toMatchObject({
      ended:
        "its Service has the uid service-uid, but where the kubeconfig leads it has another-uid, must be the same " +
        "cluster; give the component a provider of its own",
      seconds: 0,
    });
  });
});
