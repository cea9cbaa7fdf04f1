import { type Change, nameOf } from "../engine/changes.ts";
import type { EngineEvent } from "../engine/events.ts";
import { placeOf } from "../engine/kubernetes.ts";
import { type Finding, Severity } from "../report.ts";
import { deletionRules } from "./deletion-rules.ts";
import { loadBalancerRules } from "./load-balancer-rules.ts";
import type { FindingRule } from "./rule.ts";
import { workloadRules } from "./workload-rules.ts";

/** Every rule, the most dangerous first: the order of the findings. */
export const findingRules: readonly FindingRule[] = [
  ...loadBalancerRules,
  ...deletionRules,
  ...workloadRules,
];

/** The severities, the highest first. */
export const SEVERITIES: readonly Severity[] = [Severity.Block, Severity.Warn, Severity.Note];

/** The names under which policies' violations are reported. */
export const POLICY_VIOLATION = "policy-violation";
export const POLICY_ADVICE = "policy-advice";

/** What is dangerous in a preview, the most dangerous first. */
export function findingsOf(
  changes: readonly Change[],
  events: readonly EngineEvent[],
  severities: Readonly<Record<string, Severity>> = {},
): readonly Finding[] {
  const found = findingRules.flatMap(({ find, id, severity }) =>
    changes.flatMap((change) =>
      find(change).map((message) => ({
        rule: id,
        severity: severities[id] ?? severity,
        urn: change.urn,
        resource: placeOf(change),
        message,
      })),
    ),
  );
  return byDanger([...policyFindings(events, changes), ...found]);
}

function policyFindings(
  events: readonly EngineEvent[],
  changes: readonly Change[],
): readonly Finding[] {
  return events.flatMap(({ policyEvent }) => {
    if (policyEvent === undefined) return [];
    const mandatory = !["advisory", "warning", "disabled"].includes(policyEvent.enforcementLevel);
    const urn = policyEvent.resourceUrn ?? "";
    const change = changes.find((it) => it.urn === urn);
    const message = policyEvent.message
      .trim()
      .split(/\s*\n\s*/)
      .join(" ");
    return [
      {
        rule: mandatory ? POLICY_VIOLATION : POLICY_ADVICE,
        severity: mandatory ? Severity.Block : Severity.Warn,
        urn,
        resource: change === undefined ? nameOf(urn) || "the stack" : placeOf(change),
        message: `violates ${policyEvent.policyPackName}/${policyEvent.policyName}: ${message}`,
      },
    ];
  });
}

/** The order of the report: waived findings after all others, then by severity; within one, the order of the rules stays. */
export function byDanger(findings: readonly Finding[]): readonly Finding[] {
  const rank = ({ severity, waiver }: Finding): number =>
    SEVERITIES.indexOf(severity) + (waiver === undefined ? 0 : SEVERITIES.length);
  return [...findings].sort((one, other) => rank(one) - rank(other));
}
