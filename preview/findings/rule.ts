import type { Change } from "../engine/changes.ts";
import type { Severity } from "../report.ts";

/** A rule that finds something dangerous in what a preview does to one resource. */
export interface FindingRule {
  /** The name, which waivers and settings use. */
  readonly id: string;
  /** How much a finding matters, unless a setting says otherwise. */
  readonly severity: Severity;
  /** What it finds, in one sentence. */
  readonly description: string;
  /** The messages about one change; none where it is fine. */
  readonly find: (change: Change) => readonly string[];
}
