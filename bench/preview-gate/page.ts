import { median } from "../rounds.ts";
import { addedBy, type GateResult, LIMITS, overLimit, type Rounds, WAYS } from "./result.ts";

const NAMES = {
  preview: "`pulumi preview`",
  gate: "the gate, which runs it",
  policies: "`pulumi preview` with the policy pack",
} as const;

/** The result as a page in Markdown. */
export function gatePage(result: GateResult): string {
  const over = overLimit(result);
  return [
    "# What the gate and the policy pack add to a preview",
    "",
    intro(result),
    "",
    ...result.previews.flatMap(section),
    "## A report of 2,000 resources",
    "",
    `Judged, and rendered in all five formats: ${median(result.reportSeconds).toFixed(2)} s (at most ${LIMITS.report} s).`,
    "",
    over.length === 0 ? "Nothing is over its limit." : `Over its limit: ${over.join("; ")}.`,
    "",
  ].join("\n");
}

const intro = ({ backends, date, machine, previews }: GateResult): string =>
  `\`npm run bench -- preview-gate\` on ${date}: ${machine}; ${backends} Backends on an embedded cluster, ${previews[0]?.samples.gate.length ?? 0} rounds ` +
  "of the three in turn, each round begins with another. The medians are below; what is added is the median of the differences within a round.";

function section(rounds: Rounds): string[] {
  const { state, samples } = rounds;
  const added = addedBy(rounds);
  const percent = (part: number) => `${(100 * part).toFixed(0)} %`;
  return [
    `## ${state}`,
    "",
    "| | seconds | processor seconds | most memory at one time, the engine's included |",
    "|---|---|---|---|",
    ...WAYS.map((way) => {
      const middle = (key: keyof (typeof samples.gate)[number]) =>
        median(samples[way].map((it) => it[key]));
      return `| ${NAMES[way]} | ${middle("seconds").toFixed(2)} | ${middle("processorSeconds").toFixed(2)} | ${middle("togetherMegabytes").toFixed(0)} MB |`;
    }),
    "",
    `The gate adds ${added.gateSeconds.toFixed(2)} s (at most ${LIMITS.seconds}), ${added.gateProcessorSeconds.toFixed(2)} s of processor time and ${added.gateMegabytes.toFixed(0)} MB (at most ${LIMITS.megabytes}).`,
    `The policy pack adds ${percent(added.policies)} (at most ${percent(LIMITS.policies)}), ${percent(added.policyProcessorTime)} of processor time.`,
    "",
  ];
}
