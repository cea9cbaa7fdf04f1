import type { Usage } from "./processes.ts";
import { type Place, type Sample, type ScaleResult, samplesAt, spreadOf } from "./result.ts";

/** The peer to which the others are compared. */
export const REFERENCE = "plain, tuned";

/** The result as a page in Markdown. */
export function scalePage(result: ScaleResult): string {
  return [
    "# The same objects, brought into a cluster in several ways",
    "",
    `${intro(result)}\n`,
    ...(result.rounds === 0 ? [] : [...startTable(result), ...stepTables(result)]),
    "## Requests to the API server",
    "",
    ...requestTable(result),
    "## State",
    "",
    ...stateTable(result),
    ...(result.rounds === 0 ? [] : ["## Peak memory in MB, by program", "", ...memory(result)]),
  ].join("\n");
}

const intro = ({ date, machine, rounds }: ScaleResult): string =>
  `\`npm run bench -- scale\` on ${date}: ${machine}; an embedded cluster with simulated nodes, one Pod for each Backend. ${
    rounds === 0
      ? "Nothing was timed."
      : `Each peer does all steps in turn, ${rounds} rounds, and each round begins with another peer. Seconds are medians with the least and the most in brackets, then the ratio to "${REFERENCE}".`
  } Requests and state are counted in a round of their own, whose requests go through a proxy; its processor seconds are those of the program / the engine / the provider.`;

function startTable({ starts }: ScaleResult): string[] {
  const rows = Object.entries(Object.groupBy(starts, ({ peer }) => peer)).map(
    ([peer, some = []]) => {
      const [wall, processor] = [
        spreadOf(some.map((it) => it.seconds)),
        spreadOf(some.map((it) => it.processorSeconds)),
      ];
      return [peer, rounded(wall?.median ?? Number.NaN), rounded(processor?.median ?? Number.NaN)];
    },
  );
  const head = ["a program that declares nothing", "seconds", "processor seconds"];
  return ["## Start of a program: `pulumi preview`", "", ...table(head, rows)];
}

function stepTables(result: ScaleResult): string[] {
  return stepsOf(result).flatMap((step) => [
    `## Seconds: ${step}`,
    "",
    ...stepTable(result, (place) => secondsAt(result, { ...place, step })),
    `Processor seconds, of them the program / the engine / the provider:`,
    "",
    ...stepTable(result, (place) => processorAt(result, { ...place, step })),
  ]);
}

function stepTable(result: ScaleResult, cell: (place: Omit<Place, "step">) => string): string[] {
  return table(
    ["peer", ...result.counts.map((it) => `${it} Backends`)],
    peersOf(result).map((peer) => [
      peer,
      ...result.counts.map((backends) => cell({ peer, backends })),
    ]),
  );
}

/** The names of the executables of Pulumi. */
const PROGRAMS = ["node", "pulumi", "pulumi-resource-kubernetes"] as const;

function processorAt(result: ScaleResult, place: Place): string {
  const median = (at: Place, of: (sample: Sample) => number) =>
    spreadOf(samplesAt(result, at).map(of))?.median;
  const all = median(place, (it) => it.processorSeconds);
  if (all === undefined) return "–";
  const reference = median({ ...place, peer: REFERENCE }, (it) => it.processorSeconds);
  const ratio = reference === undefined ? "" : `, × ${rounded(all / reference)}`;
  const each = PROGRAMS.map((program) =>
    median(place, (it) => it.processorSecondsOf[program] ?? 0),
  );
  return `${rounded(all)} (${each.map((it) => rounded(it ?? 0)).join(" / ")})${ratio}`;
}

function secondsAt(result: ScaleResult, place: Place): string {
  const seconds = (at: Place) => spreadOf(samplesAt(result, at).map((it) => it.seconds));
  const found = seconds(place);
  if (found === undefined) return "–";
  const reference = seconds({ ...place, peer: REFERENCE });
  const ratio = reference === undefined ? "" : `, × ${rounded(found.median / reference.median)}`;
  const spread = `${rounded(found.least)}–${rounded(found.most)}`;
  return `${rounded(found.median)} (${spread})${ratio}`;
}

function requestTable({ requests }: ScaleResult): string[] {
  const verbs = [...new Set(requests.flatMap((it) => Object.keys(it.verbs)))].sort();
  return table(
    ["peer", "Backends", "step", ...verbs, "all", "processor seconds"],
    requests.map((it) => [
      it.peer,
      String(it.backends),
      it.step,
      ...verbs.map((verb) => String(it.verbs[verb] ?? 0)),
      String(Object.values(it.verbs).reduce((sum, count) => sum + count, 0)),
      usedText(it.used),
    ]),
  );
}

function usedText({ processorSeconds, processorSecondsOf }: Usage): string {
  const each = PROGRAMS.map((program) => rounded(processorSecondsOf[program] ?? 0));
  return `${rounded(processorSeconds)} (${each.join(" / ")})`;
}

function stateTable({ states }: ScaleResult): string[] {
  return table(
    ["peer", "Backends", "resources", "bytes", "bytes for each Backend"],
    states.map(({ backends, bytes, peer, resources }) => [
      peer,
      ...[backends, resources, bytes, Math.round(bytes / backends)].map(String),
    ]),
  );
}

function memory(result: ScaleResult): string[] {
  const programs = [
    ...new Set(result.samples.flatMap(({ peakMegabytes }) => Object.keys(peakMegabytes))),
  ].sort();
  const rows = peersOf(result).flatMap((peer) =>
    result.counts.map((backends) => {
      const samples = result.samples.filter((it) => it.peer === peer && it.backends === backends);
      const peaks = programs.map((program) =>
        Math.max(...samples.map(({ peakMegabytes }) => peakMegabytes[program] ?? 0)),
      );
      return [peer, String(backends), ...peaks.map((it) => (it === 0 ? "–" : String(it)))];
    }),
  );
  return table(["peer", "Backends", ...programs], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, index) => (index === 0 ? "---" : "---:"));
  return [line(head), `|${rule.join("|")}|`, ...rows.map(line), ""];
}

/** The peers in the order in which they were measured. */
export function peersOf({ requests, samples }: ScaleResult): readonly string[] {
  return [...new Set([...samples, ...requests].map(({ peer }) => peer))];
}

/** The steps in the order in which they were measured. */
export function stepsOf({ requests, samples }: ScaleResult): readonly string[] {
  return [...new Set([...samples, ...requests].map(({ step }) => step))];
}

const rounded = (value: number): string => value.toFixed(2);
