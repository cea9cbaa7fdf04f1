import { describe, expect, test } from "vitest";
import { snapshotOf } from "../../../preview/collect/state.ts";
import { refusalOf } from "../../../preview/commands/up.ts";
import type { PreviewEvidence } from "../../../preview/evidence.ts";
import { judgePreviews } from "../../../preview/judge.ts";
import type { Fingerprint, StackReport } from "../../../preview/report.ts";
import { readRecording } from "../../preview/recordings.ts";

const { evidence } = readRecording("replicas-raised");

const judged = (changes: Partial<PreviewEvidence> = {}): StackReport =>
  judgePreviews([{ ...evidence, ...changes }]).stacks[0] as StackReport;

const events = (change: (text: string) => string): Partial<PreviewEvidence> => ({
  events: JSON.parse(change(JSON.stringify(evidence.events))),
});

const MOVED: readonly (readonly [keyof Fingerprint, string, Partial<PreviewEvidence>])[] = [
  ["source", "the program", { source: { ...evidence.source, tree: "0123" } }],
  ["source", "the program", { source: { ...evidence.source, uncommitted: "0123" } }],
  ["config", "the configuration", { configDigest: "0123" }],
  [
    "config",
    "the configuration",
    events((text) => text.replace('"config":{}', '"config":{"preview:a":"b"}')),
  ],
  ["state", "the stack's state", { state: { ...evidence.state, before: "0123", after: "0123" } }],
  ["plugins", "the versions", { engine: { ...evidence.engine, version: "v4.0.0" } }],
  [
    "plugins",
    "the versions",
    events((text) => text.replaceAll('"version":"4.25.0"', '"version":"4.26.0"')),
  ],
  [
    "clusters",
    "the cluster",
    { clusters: evidence.clusters.map((it) => ({ ...it, uid: "0123" })) },
  ],
  [
    "operations",
    "the operations",
    events((text) => text.replaceAll('"replicas":5', '"replicas":50')),
  ],
];

describe("the fingerprint of a preview", () => {
  test.each(MOVED)("moves in its part %s, and in no other, with %s", (part, _, changes) => {
    const [before, after] = [judged().fingerprint, judged(changes).fingerprint];

    const moved = Object.keys(before).filter(
      (key) => before[key as keyof Fingerprint] !== after[key as keyof Fingerprint],
    );

    expect(moved.sort()).toEqual(["digest", part].sort());
  });

  test("stays when the same preview is made at another time", () => {
    const later = {
      collectedAt: "2031-01-01T00:00:00.000Z",
      ...events((text) => text.replaceAll(/"timestamp":\d+/g, '"timestamp":1')),
    };

    expect(judged(later).fingerprint).toEqual(judged().fingerprint);
  });
});

/** The same preview with a step of a provider that the program makes. */
const withProvider = (op: string, path: string, kubeconfig: string): Partial<PreviewEvidence> => {
  const type = "pulumi:providers:kubernetes";
  const metadata = {
    op,
    type,
    urn: `urn:pulumi:dev::preview::${type}::cluster`,
    new: { type, urn: "", inputs: { kubeconfig, version: "4.25.0" } },
    detailedDiff: { [path]: {} },
  };
  return { events: [...evidence.events, { resOutputsEvent: { metadata } }] };
};

describe("the kubeconfig of a provider", () => {
  const reader = judged(withProvider("update", "kubeconfig", "reader"));
  const writer = judged(withProvider("same", "kubeconfig", "writer"));

  test("is no change and no part of the fingerprint, so that a role that may only read can preview", () => {
    expect(reader.changes).toEqual(judged().changes);
    expect(reader.counts).toEqual({ ...judged().counts });
    expect(reader.fingerprint.operations).toBe(writer.fingerprint.operations);
  });

  test("hides no other change of the provider", () => {
    const changed = (kubeconfig: string) => judged(withProvider("update", "namespace", kubeconfig));

    expect(changed("a").changes).toHaveLength(reader.changes.length + 1);
    expect(changed("a").fingerprint).toEqual(changed("b").fingerprint);
    expect(changed("a").fingerprint.operations).not.toBe(reader.fingerprint.operations);
  });
});

describe("what a Stash keeps", () => {
  const withStash = (op: string, input: unknown): Fingerprint => {
    const type = "pulumi:index:Stash";
    const urn = `urn:pulumi:dev::preview::${type}::web-rollout`;
    const metadata = { op, type, urn, new: { type, urn, inputs: { input } } };
    return judged({ events: [...evidence.events, { resOutputsEvent: { metadata } }] }).fingerprint;
  };

  test("is no part of the fingerprint, because a dry run decides what is known of it", () => {
    expect(withStash("update", { uid: "known" })).toEqual(withStash("update", { uid: "" }));
    expect(withStash("update", {})).not.toEqual(withStash("create", {}));
  });
});

describe("refusalOf", () => {
  const approval = judgePreviews([evidence]);

  test("lets the preview pass that was approved", () => {
    expect(refusalOf(approval, judged())).toBeUndefined();
  });

  test.each(MOVED)("refuses when %s has moved, and says %s", (_, words, changes) => {
    expect(refusalOf(approval, judged(changes))).toContain(`since it was approved, ${words}`);
  });

  test("refuses a stack that was not approved, a report that does not pass, and a preview that does not", () => {
    const blocked = judgePreviews([readRecording("claim-deleted").evidence]);
    const [now] = blocked.stacks as [StackReport];

    expect(refusalOf(approval, { ...judged(), stack: "other" })).toContain("has no such stack");
    expect(refusalOf(blocked, judged())).toContain("its approved report does not pass");
    expect(refusalOf(approval, now)).toContain("its preview does not pass now");
  });

  test("refuses a report whose verdict somebody has changed by hand", () => {
    const { stacks } = judgePreviews([readRecording("claim-deleted").evidence]);
    const [now] = stacks as [StackReport];
    const forged = { ...approval, stacks: [{ ...now, verdict: "pass" as const }] };

    expect(refusalOf(forged, now)).toContain("its preview does not pass now");
  });
});

describe("snapshotOf", () => {
  const exported = (deployment: object): string => JSON.stringify({ version: 3, deployment });
  const resource = {
    urn: "urn:a",
    inputs: { a: 1 },
    created: "2026-01-01T00:00:00Z",
    modified: "2026-01-01T00:00:00Z",
  };

  test("gives one digest to states that differ in their times alone", () => {
    const one = snapshotOf(
      exported({ manifest: { time: "2026-01-01T00:00:00Z" }, resources: [resource] }),
    );
    const other = snapshotOf(
      exported({
        manifest: { time: "2026-02-01T00:00:00Z" },
        resources: [{ ...resource, modified: "2026-02-01T00:00:00Z" }],
      }),
    );
    const changed = snapshotOf(exported({ resources: [{ ...resource, inputs: { a: 2 } }] }));

    expect(one.digest).toBe(other.digest);
    expect(one.digest).not.toBe(changed.digest);
    expect(one.writtenAt).toBe("2026-01-01T00:00:00Z");
  });

  test("names the operations that an update has left", () => {
    const { pending } = snapshotOf(
      exported({ resources: [resource], pending_operations: [{ resource, type: "creating" }] }),
    );

    expect(pending).toEqual(["creating urn:a"]);
  });
});
