import { type Finding, Severity } from "../report.ts";
import { byDanger } from "./find.ts";

/** A decision to accept a finding for a while. */
export interface Waiver {
  /** The rule. */
  readonly rule: string;
  /** The URN of the resource; `*` stands for any characters. */
  readonly urn: string;
  /** The last day on which it applies, as `2026-12-31` in UTC. */
  readonly until: string;
  /** The reason. */
  readonly because: string;
}

/** Marks the findings that a waiver accepts. A waiver whose last day is over is reported and accepts nothing. */
export function applyWaivers(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  at: string,
): readonly Finding[] {
  const today = at.slice(0, 10);
  const used = new Set<Waiver>();
  const waived = findings.map((finding) => {
    const matching = waivers.filter((waiver) => matches(waiver, finding));
    const valid = matching.find(({ until }) => until >= today);
    for (const waiver of matching) used.add(waiver);
    if (valid !== undefined)
      return { ...finding, waiver: { because: valid.because, until: valid.until } };
    const [expired] = matching;
    return expired === undefined
      ? finding
      : { ...finding, message: `${finding.message} (its waiver ended on ${expired.until})` };
  });
  return byDanger([...waived, ...waivers.filter((it) => !used.has(it)).map(unused)]);
}

function matches({ rule, urn }: Waiver, finding: Finding): boolean {
  const pattern = urn.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return rule === finding.rule && new RegExp(`^${pattern.join(".*")}$`, "s").test(finding.urn);
}

function unused({ rule, urn }: Waiver): Finding {
  return {
    rule: "waiver-unused",
    severity: Severity.Note,
    urn,
    resource: urn,
    message: `has a waiver of ${rule} that nothing needs; delete it`,
  };
}
