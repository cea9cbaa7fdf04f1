import { median } from "../rounds.ts";

/** Ways to preview the same program. */
export const WAYS = ["preview", "gate", "policies"] as const;
/** A way to preview a program: the engine alone, through the gate, or with a policy pack. */
export type Way = (typeof WAYS)[number];

/** What one preview has used. */
export interface Sample {
  readonly seconds: number;
  readonly processorSeconds: number;
  /** The most memory that the command and all that it has started have had together, in megabytes. */
  readonly togetherMegabytes: number;
}

/** The previews of one state of the stack. Those of one number were made one right after the other. */
export interface Rounds {
  /** What is previewed. */
  readonly state: string;
  readonly samples: Readonly<Record<Way, readonly Sample[]>>;
}

/** What `npm run bench -- preview-gate` found. */
export interface GateResult {
  readonly machine: string;
  readonly date: string;
  /** How many Backends the program has. */
  readonly backends: number;
  readonly previews: readonly Rounds[];
  /** Seconds to judge a preview of 2,000 resources and to render its report in all formats. */
  readonly reportSeconds: readonly number[];
}

/** What the gate may add, and how long a report may take. */
export const LIMITS = { seconds: 1, megabytes: 150, policies: 0.2, report: 2 } as const;

/** The medians over the rounds, of the differences between previews of the same round. */
export interface Added {
  readonly gateSeconds: number;
  readonly gateProcessorSeconds: number;
  readonly gateMegabytes: number;
  /** As a part of the preview without. */
  readonly policies: number;
  readonly policyProcessorTime: number;
}

/** What the gate and the policy pack add to the previews of one state. */
export function addedBy({ samples }: Rounds): Added {
  const { gate, policies, preview } = samples;
  const differences = (others: readonly Sample[], key: keyof Sample) =>
    others.map((it, index) => it[key] - (preview[index]?.[key] ?? Number.NaN));
  const parts = (key: keyof Sample) =>
    policies.map((it, index) => it[key] / (preview[index]?.[key] ?? Number.NaN) - 1);
  return {
    gateSeconds: median(differences(gate, "seconds")),
    gateProcessorSeconds: median(differences(gate, "processorSeconds")),
    gateMegabytes: median(differences(gate, "togetherMegabytes")),
    policies: median(parts("seconds")),
    policyProcessorTime: median(parts("processorSeconds")),
  };
}

/** What is over its limit, in sentences. */
export function overLimit({ previews, reportSeconds }: GateResult): readonly string[] {
  const over = previews.flatMap((rounds) => {
    const { gateMegabytes, gateSeconds, policies } = addedBy(rounds);
    return [
      ...above(`${rounds.state}: seconds of the gate`, gateSeconds, LIMITS.seconds),
      ...above(`${rounds.state}: megabytes of the gate`, gateMegabytes, LIMITS.megabytes),
      ...above(`${rounds.state}: part of the policy pack`, policies, LIMITS.policies),
    ];
  });
  return [...over, ...above("seconds of a report", median(reportSeconds), LIMITS.report)];
}

const above = (what: string, value: number, limit: number): readonly string[] =>
  value <= limit ? [] : [`${what}: ${value.toFixed(2)} is more than ${limit}`];
