import type { V1Probe } from "@kubernetes/client-node";
import { describe, expect, test } from "vitest";
import { podReasons } from "../../../../components/readiness/pods/pod-reasons.ts";
import { probeText } from "../../../../components/readiness/pods/probe-text.ts";
import { type PodOptions, pod, warning } from "../objects.ts";

const ended = { terminated: { exitCode: 137, reason: "OOMKilled" } };

describe("podReasons", () => {
  const cases: [string, PodOptions, string[]][] = [
    [
      "it found no node",
      {
        phase: "Pending",
        status: { ready: true },
        conditions: [
          { type: "PodScheduled", status: "False", reason: "Unschedulable", message: "0/3 nodes" },
        ],
      },
      ["Pod a is Pending: Unschedulable, 0/3 nodes"],
    ],
    [
      "its image cannot be pulled",
      {
        phase: "Pending",
        status: { state: { waiting: { reason: "ImagePullBackOff", message: "no" } } },
      },
      ["Pod a is Pending: container web is waiting: ImagePullBackOff, no"],
    ],
    [
      "it crashes",
      {
        status: {
          restartCount: 4,
          state: { waiting: { reason: "CrashLoopBackOff" } },
          lastState: ended,
        },
      },
      [
        "Pod a is Running: container web is waiting: CrashLoopBackOff, its last exit code was 137 (OOMKilled), 4 restarts",
      ],
    ],
    [
      "its container has ended",
      { status: { state: ended } },
      ["Pod a is Running: container web does not run, its last exit code was 137 (OOMKilled)"],
    ],
    [
      "its probe does not pass",
      { status: { state: { running: {} } } },
      [
        "Pod a is Running: container web runs and is not ready, its readiness probe is a connection to port http every 10 s, 3 failures count",
      ],
    ],
    [
      "nothing is known",
      { status: { ready: true } },
      ["Pod a is Running: its node has not reported yet"],
    ],
  ];
  test.each(cases)("podReasons: says so when %s", (_, options, lines) => {
    expect(podReasons(pod("a", { ready: false, ...options }), [])).toEqual(lines);
  });

  test("podReasons: ends with the last warning about the Pod when there are several", () => {
    const mine = { kind: "Pod", uid: "a-uid" };
    const events = [
      warning(mine, ["FailedMount", "old"], 1),
      warning(mine, ["Unhealthy", "Readiness probe failed"], 3),
      warning({ kind: "Pod", uid: "b-uid" }, ["Failed", "another's"], 4),
      warning(mine, ["FailedMount", "older"], 2),
      warning(mine, ["FailedScheduling", "which its condition says"], 5),
    ];

    expect(podReasons(pod("a", { ready: false }), events).at(-1)).toBe(
      "  last warning: Unhealthy, Readiness probe failed",
    );
  });

  test("podReasons: names a readiness gate when it is not met", () => {
    const gated = pod("a", { ready: false, status: { ready: true } });
    const readinessGates = [{ conditionType: "target-health" }];
    const spec = { containers: [], ...gated.spec, readinessGates };

    expect(podReasons({ ...gated, spec }, [])).toEqual([
      "Pod a is Running: its readiness gate target-health is not met",
    ]);
  });

  test("podReasons: names an init container when that holds the others up", () => {
    const waiting = pod("a", { status: { state: { waiting: { reason: "PodInitializing" } } } });
    const status = { name: "migrate", image: "i", imageID: "", ready: false, restartCount: 0 };
    const initContainerStatuses = [
      { ...status, name: "done", state: { terminated: { exitCode: 0 } } },
      { ...status, state: ended },
    ];

    const [first] = podReasons(
      { ...waiting, status: { ...waiting.status, initContainerStatuses } },
      [],
    );

    expect(first).toBe(
      "Pod a is Running: container migrate does not run, its last exit code was 137 (OOMKilled)",
    );
  });
});

describe("probeText", () => {
  const probes: [V1Probe, string][] = [
    [
      {
        httpGet: { port: "http", path: "/readyz", scheme: "HTTPS" },
        periodSeconds: 5,
        failureThreshold: 1,
      },
      "HTTPS GET on port http every 5 s, 1 failure counts",
    ],
    [
      { httpGet: { port: 80 }, initialDelaySeconds: 20 },
      "HTTP GET on port 80 every 10 s after 20 s, 3 failures count",
    ],
    [{ grpc: { port: 9000 } }, "gRPC health on port 9000 every 10 s, 3 failures count"],
    [{ exec: { command: ["ready", "now"] } }, "a command every 10 s, 3 failures count"],
  ];
  test.each(probes)("probeText: reads %j as one line when it is shown", (probe, text) => {
    expect(probeText(probe)).toBe(text);
  });
});
