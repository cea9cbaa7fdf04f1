import { messageOf } from "../errors.ts";
import { Interrupted } from "../terminal.ts";
import type { World } from "./world.ts";

/** One truth about Services: how it is shown on the running cluster, and what has to be seen for it to hold. */
export interface Step<Evidence = unknown> {
  /** Its number, `S1` and so on. */
  readonly number: string;
  /** The truth in a sentence or two. */
  readonly truth: string;
  /** Does what shows it. The cluster is afterwards as it was before, also when this fails. */
  act(world: World): Promise<Evidence>;
  /** What was seen and does not go with the truth; empty where it holds. */
  judge(evidence: Evidence): string[];
  /** What was seen, for people to read. */
  describe(evidence: Evidence): string[];
}

/** How a step went. */
export interface StepResult {
  readonly number: string;
  readonly truth: string;
  readonly holds: boolean;
  /** What does not hold. */
  readonly problems: readonly string[];
  /** What was seen; `undefined` where the step did not come to its end. */
  readonly evidence: unknown;
  /** What was seen, for people to read. */
  readonly lines: readonly string[];
  readonly seconds: number;
}

/** Walks one step. What keeps it from its end is a problem of the truth; an interruption is thrown. */
export async function walk(step: Step, world: World): Promise<StepResult> {
  const start = performance.now();
  const { number, truth } = step;
  const resultOf = (problems: readonly string[], evidence: unknown, lines: readonly string[]) => {
    const seconds = Math.round((performance.now() - start) / 100) / 10;
    return { number, truth, holds: problems.length === 0, problems, evidence, lines, seconds };
  };
  try {
    const evidence = await step.act(world);
    return resultOf(step.judge(evidence), evidence, step.describe(evidence));
  } catch (error) {
    if (error instanceof Interrupted || world.signal?.aborted === true) throw error;
    return resultOf([messageOf(error)], undefined, []);
  }
}
