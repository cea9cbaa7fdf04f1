/**
 * The gate on previews: it judges what `pulumi preview` would do, and whether that preview can be believed. The command
 * `pulumi-preview-gate` runs a preview and calls these functions.
 *
 * @module preview
 */
export type {
  DiagnosticEvent,
  EngineEvent,
  EventLog,
  PolicyEvent,
  PolicySummaryEvent,
  PreludeEvent,
  StepEvent,
  StepMetadata,
  StepState,
  SummaryEvent,
} from "./engine/events.ts";
export { parseEventLog } from "./engine/events.ts";
export type {
  ClusterEvidence,
  EngineRun,
  ObjectEvidence,
  PreviewEvidence,
  SourceEvidence,
  StateEvidence,
} from "./evidence.ts";
export type { Waiver } from "./findings/waivers.ts";
export { judgePreviews } from "./judge.ts";
export type { GateOptions } from "./options.ts";
export { FORMATS, type Format, renderReport } from "./render/formats.ts";
export { MARKDOWN_CHARACTERS, markdownMarker } from "./render/markdown.ts";
export {
  type AppliedWaiver,
  ExitCode,
  type Finding,
  type Fingerprint,
  type Report,
  type ReportedChange,
  Severity,
  type StackReport,
  type TrustItem,
  Verdict,
} from "./report.ts";
