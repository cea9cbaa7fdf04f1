import { describe, expect, test } from "vitest";
import { type EngineEvent, parseEventLog } from "../../../preview/engine/events.ts";
import type { PreviewEvidence } from "../../../preview/evidence.ts";
import { judgePreviews } from "../../../preview/judge.ts";
import { Verdict } from "../../../preview/report.ts";
import { readRecording } from "../../preview/recordings.ts";
import { scenarios } from "../../preview/scenarios.ts";

const passing = scenarios.filter(({ expected }) => expected.verdict === Verdict.Pass);

/** The verdict on a recording with something changed. */
function verdictOf(
  name: string,
  change: (evidence: PreviewEvidence) => Partial<PreviewEvidence>,
): string {
  const { evidence, options } = readRecording(name);
  return judgePreviews([{ ...evidence, ...change(evidence) }], options).verdict;
}

const withStep = (events: readonly EngineEvent[], step: (op: string) => string): EngineEvent[] =>
  JSON.parse(JSON.stringify(events), (key, value) => (key === "op" ? step(value) : value));

describe("judgePreviews", () => {
  test.each(passing)("never passes $name when its log ends early", ({ name }) => {
    const { evidence } = readRecording(name);
    const lengths = evidence.events.map((_, index) => index);

    const passed = lengths.filter(
      (length) =>
        verdictOf(name, ({ events }) => ({ events: events.slice(0, length) })) === Verdict.Pass,
    );

    expect(passed).toEqual([]);
    expect(verdictOf(name, () => ({}))).toBe(Verdict.Pass);
  });

  test.each<[string, (evidence: PreviewEvidence) => Partial<PreviewEvidence>]>([
    ["a line of the log is no event", () => ({ unreadableLines: 1 })],
    ["the engine was killed", ({ engine }) => ({ engine: { ...engine, exitCode: null } })],
    [
      "the engine fails without an error",
      ({ engine }) => ({ engine: { ...engine, exitCode: 255 } }),
    ],
    [
      "the engine did not finish in time",
      ({ engine }) => ({ engine: { ...engine, timedOut: true } }),
    ],
    [
      "an operation is unknown",
      ({ events }) => ({ events: withStep(events, (op) => (op === "update" ? "transmute" : op)) }),
    ],
    ["nobody asked the cluster", () => ({ clusters: [] })],
    [
      "the cluster answers 403",
      ({ clusters }) => ({
        clusters: clusters.map(({ uid: _, ...it }) => ({
          ...it,
          error: "namespaces is forbidden",
        })),
      }),
    ],
    ["the state cannot be read", ({ state }) => ({ state: { ...state, before: "" } })],
    [
      "the engine loads one policy pack less than it was told to",
      ({ engine }) => ({ engine: { ...engine, policyPacks: ["one"] } }),
    ],
  ])("cannot judge when %s", (_, change) => {
    expect(verdictOf("replicas-raised", change)).toBe(Verdict.Unjudged);
    expect(verdictOf("replicas-raised", () => ({}))).toBe(Verdict.Pass);
  });

  test("reads past events of a kind that it does not know", () => {
    const unknown = { sequence: 0, quantumEvent: { state: "both" } } as EngineEvent;

    expect(verdictOf("replicas-raised", ({ events }) => ({ events: [unknown, ...events] }))).toBe(
      Verdict.Pass,
    );
  });

  test("does not pass when there is no stack", () => {
    expect(judgePreviews([]).verdict).toBe(Verdict.Unjudged);
  });

  test("is as bad as the worst of its stacks", () => {
    const [good, bad, doubtful] = ["replicas-raised", "claim-deleted", "server-down-update"].map(
      (name) => readRecording(name).evidence,
    ) as [PreviewEvidence, PreviewEvidence, PreviewEvidence];

    expect(judgePreviews([good, good]).verdict).toBe(Verdict.Pass);
    expect(judgePreviews([good, bad]).verdict).toBe(Verdict.Blocked);
    expect(judgePreviews([bad, doubtful, good]).verdict).toBe(Verdict.Unjudged);
  });

  test("always gives the same report for the same evidence", () => {
    const { evidence, options } = readRecording("replicas-raised");

    expect(judgePreviews([evidence], options)).toEqual(
      judgePreviews([structuredClone(evidence)], options),
    );
  });
});

describe("parseEventLog", () => {
  test("counts what is no event, and leaves debug messages out", () => {
    const log = [
      '{"sequence":0,"preludeEvent":{"config":{}}}',
      '{"sequence":1,"diagnosticEvent":{"message":"x","severity":"debug"}}',
      '{"sequence":2,"resourcePreEvent":{"metadata":{"op":"create"}}}',
      "[1]",
      '{"sequence":3,"summaryEv',
    ].join("\n");

    const { events, unreadableLines } = parseEventLog(log);

    expect(events.map(({ sequence }) => sequence)).toEqual([0]);
    expect(unreadableLines).toBe(3);
  });

  test("reads an empty log as no event", () => {
    expect(parseEventLog("\n")).toEqual({ events: [], unreadableLines: 0 });
  });
});
