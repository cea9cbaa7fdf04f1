import { isProperties } from "./values.ts";
/** One event of the engine's log. Kinds that are not listed here are read past. */
export interface EngineEvent {
  /** The position in the log. */
  readonly sequence?: number;
  /** The start of the log: the stack's configuration, with secrets masked. */
  readonly preludeEvent?: PreludeEvent;
  /** A step is about to be taken. */
  readonly resourcePreEvent?: StepEvent;
  /** A step has its outputs; those of a dry run where the provider made one. */
  readonly resOutputsEvent?: StepEvent;
  /** A message of the program, a provider or the engine. */
  readonly diagnosticEvent?: DiagnosticEvent;
  /** A violation of a policy. */
  readonly policyEvent?: PolicyEvent;
  /** The policies of a pack that ran on one resource. */
  readonly policyAnalyzeSummaryEvent?: PolicySummaryEvent;
  /** The policies of a pack that ran on the whole stack. */
  readonly policyAnalyzeStackSummaryEvent?: PolicySummaryEvent;
  /** The end of the preview. */
  readonly summaryEvent?: SummaryEvent;
  /** The end of the log. */
  readonly cancelEvent?: object;
}

/** The start of a log. */
export interface PreludeEvent {
  /** The stack's configuration by key, with secrets masked. */
  readonly config?: Readonly<Record<string, string>>;
}

/** A step of the engine. */
export interface StepEvent {
  /** What the step does. */
  readonly metadata: StepMetadata;
}

/** What a step does to a resource. */
export interface StepMetadata {
  /** The operation, such as `create` or `delete-replaced`. */
  readonly op: string;
  /** The URN of the resource. */
  readonly urn: string;
  /** The type token of the resource. */
  readonly type: string;
  /** The resource before the step. */
  readonly old?: StepState | null;
  /** The resource after the step. */
  readonly new?: StepState | null;
  /** The properties that force a replacement. */
  readonly keys?: readonly string[] | null;
  /** The properties that change, by path. */
  readonly detailedDiff?: Readonly<Record<string, unknown>> | null;
  /** The top-level properties that change, where there is no detailed difference. */
  readonly diffs?: readonly string[] | null;
  /** The URN and id of the provider. */
  readonly provider?: string;
}

/** A resource before or after a step. */
export interface StepState {
  /** What the program declares. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** What the provider returned. */
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** Whether the engine refuses to delete it. */
  readonly protect?: boolean;
  /** Whether the object stays when the resource is deleted. */
  readonly retainOnDelete?: boolean;
  /** The URN and id of the provider. */
  readonly provider?: string;
}

/** A message. */
export interface DiagnosticEvent {
  /** The resource it is about. */
  readonly urn?: string;
  /** The text. */
  readonly message: string;
  /** `debug`, `info`, `info#err`, `warning` or `error`. */
  readonly severity: string;
}

/** A violation of a policy. */
export interface PolicyEvent {
  /** The resource that violates it. */
  readonly resourceUrn?: string;
  /** The description and the reason. */
  readonly message: string;
  /** The name of the policy. */
  readonly policyName: string;
  /** The name of its pack. */
  readonly policyPackName: string;
  /** `advisory`, `mandatory`, `remediate` or `warning`. */
  readonly enforcementLevel: string;
}

/** The policies of a pack that ran. */
export interface PolicySummaryEvent {
  /** The resource; absent where they ran on the stack. */
  readonly resourceUrn?: string;
  /** The name of the pack. */
  readonly policyPackName: string;
  /** The version of the pack. */
  readonly policyPackVersion?: string;
  /** The policies that passed. */
  readonly passed?: readonly string[];
  /** The policies that failed. */
  readonly failed?: readonly string[];
  /** The policies that did not apply. */
  readonly disabled?: readonly string[];
  /** The policies that do not apply to this resource, with the reason. */
  readonly notApplicable?: readonly unknown[];
}

/** The end of a preview. */
export interface SummaryEvent {
  /** `succeeded`, `failed` or another word of a newer engine. */
  readonly result?: string;
  /** Whether the state may be damaged. */
  readonly maybeCorrupt?: boolean;
  /** The versions of the policy packs by `name|kind|path`. */
  readonly PolicyPacks?: Readonly<Record<string, string>>;
}

/** A log of events as far as it can be read. */
export interface EventLog {
  /** The events, in their order. */
  readonly events: readonly EngineEvent[];
  /** The lines that are no event, such as the last one of a log that was cut off. */
  readonly unreadableLines: number;
}

/**
 * Reads the log that `pulumi preview --event-log` writes: one JSON object a line. Debug messages are left out.
 */
export function parseEventLog(text: string): EventLog {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const read = lines.map(parseLine);
  const events = read.filter((event) => event !== undefined);
  return {
    events: events.filter(({ diagnosticEvent }) => diagnosticEvent?.severity !== "debug"),
    unreadableLines: lines.length - events.length,
  };
}

function parseLine(line: string): EngineEvent | undefined {
  try {
    const event: unknown = JSON.parse(line);
    return isEvent(event) ? event : undefined;
  } catch {
    return undefined;
  }
}

/** An object whose steps and messages have what is read of them. */
function isEvent(event: unknown): event is EngineEvent {
  if (!isProperties(event)) return false;
  const steps = [event["resourcePreEvent"], event["resOutputsEvent"]].filter(
    (it) => it !== undefined,
  );
  const message = event["diagnosticEvent"];
  return (
    steps.every(isStep) &&
    (message === undefined || (isProperties(message) && typeof message["message"] === "string"))
  );
}

function isStep(step: unknown): boolean {
  const metadata = isProperties(step) ? step["metadata"] : undefined;
  return (
    isProperties(metadata) &&
    ["op", "type", "urn"].every((field) => typeof metadata[field] === "string")
  );
}
