import { type Change, changesOf, isAccess, Operation } from "./engine/changes.ts";
import type { PreviewEvidence } from "./evidence.ts";
import { findingsOf, SEVERITIES } from "./findings/find.ts";
import { applyWaivers } from "./findings/waivers.ts";
import { fingerprintOf, reportedChanges } from "./fingerprint.ts";
import type { GateOptions } from "./options.ts";
import {
  type Finding,
  type Report,
  Severity,
  type StackReport,
  type TrustItem,
  Verdict,
} from "./report.ts";
import { withoutCredentials } from "./secrets/without-credentials.ts";
import { judgeClusters, judgeObjects } from "./trust/clusters.ts";
import { judgeDryRun } from "./trust/dry-run.ts";
import { judgeEngine } from "./trust/engine.ts";
import { count } from "./trust/item.ts";
import { judgePolicies } from "./trust/policies.ts";
import { describeSource, judgeState } from "./trust/state.ts";
import { countUnknowns, judgeExposures, judgeOperations } from "./trust/unknowns.ts";

/**
 * Judges previews by what was collected of them. It reads nothing else: the same evidence always gives the same report.
 *
 * @param previews - one entry a stack
 * @param options - how strictly they are judged
 */
export function judgePreviews(
  previews: readonly PreviewEvidence[],
  options: GateOptions = {},
): Report {
  const stacks = previews.map((evidence) => judgeStack(evidence, options));
  const verdicts = stacks.map(({ verdict }) => verdict);
  const worst = [Verdict.Unjudged, Verdict.Blocked].find((verdict) => verdicts.includes(verdict));
  // Without a stack there is nothing that could pass.
  return {
    schemaVersion: 1,
    verdict: stacks.length === 0 ? Verdict.Unjudged : (worst ?? Verdict.Pass),
    stacks,
  };
}

function judgeStack(evidence: PreviewEvidence, options: GateOptions): StackReport {
  const changes = changesOf(evidence.events);
  const trust = trustItems(evidence, changes, options);
  const found = findingsOf(changes, evidence.events, options.severities);
  const findings = applyWaivers(found, options.waivers ?? [], evidence.collectedAt);
  const reported = reportedChanges(changes);
  const report = {
    project: evidence.project,
    stack: evidence.stack,
    at: evidence.collectedAt,
    ...verdictOf(trust, findings, reported.length, options),
    counts: countsOf(changes),
    findings,
    trust,
    changes: reported,
    fingerprint: fingerprintOf(evidence, changes),
  };
  return withoutCredentials(report);
}

function trustItems(
  evidence: PreviewEvidence,
  changes: readonly Change[],
  options: GateOptions,
): readonly TrustItem[] {
  return [
    judgeEngine(evidence),
    judgeOperations(changes),
    judgeState(evidence),
    judgeClusters(evidence, changes, options),
    judgeObjects(evidence),
    judgeDryRun(changes, options),
    judgePolicies(evidence, changes, options),
    judgeExposures(changes),
    countUnknowns(changes),
    describeSource(evidence),
  ];
}

function verdictOf(
  trust: readonly TrustItem[],
  findings: readonly Finding[],
  changes: number,
  { expectNoChanges = false, failOn = Severity.Block }: GateOptions,
): Pick<StackReport, "reason" | "verdict"> {
  const doubt = trust.find(({ status }) => status === "failed");
  if (doubt !== undefined) return { verdict: Verdict.Unjudged, reason: doubt.message };
  const limit = SEVERITIES.indexOf(failOn);
  const blocking = findings.filter(
    ({ rule, severity, waiver }) =>
      waiver === undefined && rule !== "waiver-unused" && SEVERITIES.indexOf(severity) <= limit,
  );
  if (blocking.length > 0) {
    const [{ message, resource }] = blocking as [Finding];
    const more = blocking.length > 1 ? `, and ${count(blocking.length - 1, "more finding")}` : "";
    return { verdict: Verdict.Blocked, reason: `${resource} ${message}${more}` };
  }
  if (expectNoChanges && changes > 0) {
    return {
      verdict: Verdict.Blocked,
      reason: `${count(changes, "change")} where none is expected`,
    };
  }
  return {
    verdict: Verdict.Pass,
    reason: changes === 0 ? "Nothing changes" : `${count(changes, "change")}, and nothing blocks`,
  };
}

function countsOf(changes: readonly Change[]): Readonly<Record<string, number>> {
  const counted = changes.filter((it) => !isAccess(it));
  const operations = Object.values(Operation).map((operation) => {
    return [operation, counted.filter((it) => it.operation === operation).length] as const;
  });
  return Object.fromEntries(operations.filter(([, number]) => number > 0));
}
