import { setTimeout as delay } from "node:timers/promises";
import { settled } from "../wait.ts";
import { type Answer, podsOf } from "./answer.ts";

const ASKERS = 3;
const SEVERAL = 2;
const PAUSE_MILLISECONDS = 100;
/** A new Pod is known to the nodes a second or two after it is to everybody else. */
const SPREAD_WITHIN_MILLISECONDS = 20_000;

/** Several at the same time ask again and again, and no request is sent twice, while something is done. */
export async function askWhile<T>(
  ask: () => Promise<Answer>,
  work: () => Promise<T>,
): Promise<{ readonly answers: readonly Answer[]; readonly result: T }> {
  const answers: Answer[] = [];
  let done = false;
  const asking = async () => {
    while (!done) {
      answers.push(await ask());
      await delay(PAUSE_MILLISECONDS);
    }
  };
  const working = work().finally(() => {
    done = true;
  });
  const [result] = await settled([working, ...Array.from({ length: ASKERS }, asking)]);
  return { answers, result };
}

/** Asks until several of some Pods have answered, at least a number of times and for some seconds at most. */
export async function askUntilSpread(
  count: number,
  pods: readonly string[],
  ask: () => Promise<Answer>,
): Promise<Answer[]> {
  const end = performance.now() + SPREAD_WITHIN_MILLISECONDS;
  const answers = await askTimes(count, ask);
  while (!isSpread(answers, pods) && performance.now() < end) {
    answers.push(await ask());
    await delay(PAUSE_MILLISECONDS);
  }
  return answers;
}

/** Whether several of some Pods have answered. */
export const isSpread = (answers: readonly Answer[], pods: readonly string[]): boolean =>
  podsOf(answers).filter((name) => pods.includes(name)).length >= SEVERAL;

/** Asks a number of times, one request after another. */
export async function askTimes(count: number, ask: () => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let index = 0; index < count; index += 1) answers.push(await ask());
  return answers;
}
