import { createHash } from "node:crypto";
import { type Change, identity, isAccess, Operation } from "./engine/changes.ts";
import { placeOf } from "./engine/kubernetes.ts";
import type { PreviewEvidence } from "./evidence.ts";
import type { Fingerprint, ReportedChange } from "./report.ts";

/** A digest of any value; the order of an object's fields does not matter. */
export function digestOf(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(value)) ?? "")
    .digest("hex");
}

/** What identifies a preview: with another one of these, the same program would do something else. */
export function fingerprintOf(evidence: PreviewEvidence, changes: readonly Change[]): Fingerprint {
  const { clusters, configDigest, engine, events, project, source, stack, state } = evidence;
  const prelude = events.find(({ preludeEvent }) => preludeEvent)?.preludeEvent;
  const parts = {
    source: digestOf([project, source.tree, source.uncommitted]),
    config: digestOf([stack, configDigest, prelude?.config ?? {}]),
    state: digestOf(state.before),
    plugins: digestOf([engine.version, versionsOf(changes)]),
    clusters: digestOf(clusters.map(({ provider, uid }) => [provider, uid ?? ""])),
    operations: digestOf(
      reportedChanges(changes)
        .map(({ digest, urn }) => [urn, digest])
        .sort(),
    ),
  };
  return { digest: digestOf(parts), ...parts };
}

const ORDER: readonly string[] = [
  Operation.Delete,
  Operation.Replace,
  Operation.Other,
  Operation.Update,
  Operation.Create,
];

/** The operations of a preview, deletions and replacements first. */
export function reportedChanges(changes: readonly Change[]): readonly ReportedChange[] {
  const rank = ({ operation }: Change): number =>
    (ORDER.indexOf(operation) + ORDER.length + 1) % (ORDER.length + 1);
  const changing = changes.filter((it) => it.operation !== Operation.Same && !isAccess(it));
  const ranked = changing.toSorted((one, other) => rank(one) - rank(other));
  return ranked.map((change) => ({
    urn: change.urn,
    resource: placeOf(change),
    operation: change.operation,
    paths: change.paths,
    forcedBy: change.forcedBy,
    digest: digestOf([
      change.operation,
      change.steps.toSorted(),
      identity(change) ?? null,
      change.provider,
    ]),
  }));
}

function versionsOf(changes: readonly Change[]): unknown {
  const providers = changes.filter(({ type }) => type.startsWith("pulumi:providers:"));
  return providers
    .map(({ after, before, urn }) => [urn, (after ?? before)?.["version"] ?? ""])
    .sort();
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, it]) => [key, sorted(it)]));
}
