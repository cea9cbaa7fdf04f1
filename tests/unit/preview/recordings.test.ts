import { describe, expect, test } from "vitest";
import { judgePreviews } from "../../../preview/judge.ts";
import { type StackReport, Verdict } from "../../../preview/report.ts";
import { readRecording } from "../../preview/recordings.ts";
import { scenarios } from "../../preview/scenarios.ts";

/** The judgement of a recording, as it was recorded or with something changed. */
function judged(name: string, change: Parameters<typeof judgePreviews>[1] = {}): StackReport {
  const { evidence, options } = readRecording(name);
  const [stack] = judgePreviews([evidence], { ...options, ...change }).stacks;
  return stack as StackReport;
}

/** What a reader sees first: the question without a good answer, or the most dangerous finding. */
const firstOf = ({ findings, trust, verdict }: StackReport): string | undefined =>
  verdict === Verdict.Unjudged
    ? trust.find(({ status }) => status === "failed")?.id
    : findings[0]?.rule;

describe("recorded previews", () => {
  test.each(scenarios)(
    "$name: has the verdict $expected.verdict, and $expected.first first",
    ({ expected, name }) => {
      const stack = judged(name);

      expect(stack.verdict, stack.reason).toBe(expected.verdict);
      expect(firstOf(stack)).toBe(expected.first);
      expect(readRecording(name).evidence.engine.exitCode === 0).toBe(expected.green);
    },
  );

  test("are at least 40, of which at least 10 are green for the engine and cannot be believed", ({
    annotate,
  }) => {
    const green = scenarios.filter(({ expected }) => expected.green);
    const lies = green.filter(({ expected }) => expected.verdict === Verdict.Unjudged);
    const dangers = green.filter(({ expected }) => expected.verdict === Verdict.Blocked);

    expect(scenarios.length).toBeGreaterThanOrEqual(40);
    expect(lies.length).toBeGreaterThanOrEqual(10);
    void annotate(
      `Recorded previews: ${scenarios.length}; green for the engine: ${green.length}, of them ${lies.length} not to be believed and ${dangers.length} dangerous`,
      "figure",
    );
  });

  test("are not found to be lies by what the engine says of itself", () => {
    const lies = scenarios.filter(
      ({ expected }) => expected.green && expected.verdict === Verdict.Unjudged,
    );

    const told = lies.filter(({ name }) => {
      const engine = judged(name).trust.find(({ id }) => id === "engine");
      return engine?.status === "failed";
    });

    expect(told.map(({ name }) => name)).toEqual([]);
  });
});

describe("a recorded preview with a secret", () => {
  const CANARY = "canary-7f3b2c9d1e";
  const secret = scenarios.filter((it) => JSON.stringify(it).includes(CANARY));

  test("keeps it out of the recording", () => {
    expect(secret.length).toBeGreaterThanOrEqual(3);
    for (const { name } of secret) {
      const text = JSON.stringify(readRecording(name));

      expect(text).toContain("[secret]");
      expect(text.includes(CANARY), name).toBe(false);
    }
  });
});
