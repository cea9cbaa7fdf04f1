import type { DiagnosticEvent, EngineEvent } from "../engine/events.ts";
import type { PreviewEvidence } from "../evidence.ts";
import type { TrustItem } from "../report.ts";
import { distrusted, trusted } from "./item.ts";

const ID = "engine";

/** Whether the engine has previewed everything. A preview that policies stopped counts: its violations are findings. */
export function judgeEngine({ engine, events, unreadableLines }: PreviewEvidence): TrustItem {
  const summary = events.findLast(({ summaryEvent }) => summaryEvent)?.summaryEvent;
  const errors = errorsOf(events);
  if (engine.timedOut) return distrusted(ID, "The engine did not finish in time", errors);
  if (unreadableLines > 0) {
    return distrusted(
      ID,
      `The engine's log is damaged: ${unreadableLines} lines are no event`,
      errors,
    );
  }
  if (summary === undefined) {
    const code = engine.exitCode === null ? "was ended" : `ended with exit code ${engine.exitCode}`;
    return distrusted(ID, `The engine ${code} before its preview was complete`, errors);
  }
  if (summary.maybeCorrupt)
    return distrusted(ID, "The engine says that the state may be damaged", errors);
  if (!events.some(({ cancelEvent }) => cancelEvent)) {
    return distrusted(ID, "The engine's log ends before the preview does", errors);
  }
  const stoppedByPolicy = stopsByPolicy(events) && errors.length === 0;
  const succeeded = engine.exitCode === 0 && (summary.result ?? "succeeded") === "succeeded";
  if (!succeeded && !stoppedByPolicy) {
    return distrusted(ID, `The preview failed with exit code ${engine.exitCode}`, errors);
  }
  return trusted(ID, `Pulumi ${engine.version} has previewed every resource`);
}

const stopsByPolicy = (events: readonly EngineEvent[]): boolean =>
  events.some(({ policyEvent }) => policyEvent?.enforcementLevel === "mandatory");

/** The engine's last words, which say nothing of the cause. */
const GENERIC = /^(error: )?(preview|update) failed$/;

function errorsOf(events: readonly EngineEvent[]): readonly string[] {
  const errors = events.flatMap(({ diagnosticEvent }) =>
    diagnosticEvent?.severity === "error" ? [firstLines(diagnosticEvent)] : [],
  );
  return errors.filter((error) => !GENERIC.test(error));
}

const firstLines = ({ message }: DiagnosticEvent): string =>
  message
    .trim()
    .split("\n")
    .slice(0, 3)
    .map((line) => line.trim())
    .join(" ");
