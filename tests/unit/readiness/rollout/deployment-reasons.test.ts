import type { V1Deployment } from "@kubernetes/client-node";
import { describe, expect, test } from "vitest";
import { deploymentReasons } from "../../../../components/readiness/rollout/deployment-reasons.ts";
import { type PodOptions, pod } from "../objects.ts";

const revision = (it: string) => ({ "deployment.kubernetes.io/revision": it });
const hash = (it: string) => ({ "pod-template-hash": it });
const replicaSets = [
  { metadata: { annotations: revision("1"), labels: hash("old") } },
  { metadata: { annotations: revision("2"), labels: hash("new") } },
];
const ofHash = (name: string, labels: string, options: PodOptions = {}) =>
  pod(name, { labels: hash(labels), ...options });

function deployment(conditions: object[] = []): V1Deployment {
  return {
    metadata: { annotations: revision("2") },
    spec: { replicas: 2, selector: {}, template: {} },
    status: { conditions: conditions as [] },
  };
}

describe("deploymentReasons", () => {
  test("deploymentReasons: tells of the new Pods alone when old ones are still ready", () => {
    const waiting = { waiting: { reason: "ImagePullBackOff" } };
    const pods = [
      ofHash("old-a", "old"),
      ofHash("old-b", "old"),
      ofHash("new-a", "new", { ready: false, phase: "Pending", status: { state: waiting } }),
    ];

    expect(deploymentReasons({ deployment: deployment(), replicaSets, pods, events: [] })).toBe(
      "0 of 2 Pods are ready\n  Pod new-a is Pending: container web is waiting: ImagePullBackOff",
    );
  });

  test("deploymentReasons: tells why Pods cannot be created when there are none", () => {
    const conditions = [
      { type: "ReplicaFailure", status: "True", reason: "FailedCreate", message: "exceeded quota" },
      { type: "Progressing", status: "True", reason: "x", message: "y" },
    ];
    const facts = { deployment: deployment(conditions), replicaSets, pods: [], events: [] };

    expect(deploymentReasons(facts)).toBe("0 of 2 Pods are ready\n  FailedCreate, exceeded quota");
  });

  test("deploymentReasons: tells nothing when the new Pods are ready", () => {
    const pods = [ofHash("a", "new"), ofHash("b", "new"), ofHash("c", "old", { ready: false })];

    expect(
      deploymentReasons({ deployment: deployment(), replicaSets, pods, events: [] }),
    ).toBeUndefined();
  });
});
