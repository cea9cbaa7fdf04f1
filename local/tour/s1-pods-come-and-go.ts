import { type Answer, countFailed, inWords } from "./answer.ts";
import { CONTAINER_PORT } from "./example.ts";
import { askFrom, podsOf, type SeenPod, untilEnded, untilReady } from "./pods.ts";
import { askTimes } from "./request-loop.ts";
import type { Step } from "./step.ts";
import { table } from "./table.ts";

const ASKED_AFTERWARDS = 3;

/** What S1 sees. */
export interface PodsComeAndGo {
  readonly before: readonly SeenPod[];
  readonly after: readonly SeenPod[];
  /** The Pod whose address the client keeps, and that is deleted. */
  readonly known: SeenPod;
  readonly answerBefore: Answer;
  readonly answersAfter: readonly Answer[];
}

/** S1. */
export const podsComeAndGo: Step<PodsComeAndGo> = {
  number: "S1",
  truth:
    "Pods come and go. One that is reborn has another address, and a client that kept the old one is cut off.",

  async act(world) {
    const { backend, frontend } = world.example;
    const before = await podsOf(world, backend);
    const [client] = await podsOf(world, frontend);
    const [known] = before;
    if (known === undefined || client === undefined) throw new Error("there are no Pods");
    const url = `http://${known.address}:${CONTAINER_PORT}/hostname`;
    const ask = () => askFrom(world, client, frontend, url);
    world.tell(`Pod ${client.name} keeps the address ${known.address} of ${known.name}`);
    const answerBefore = await ask();
    world.tell(`deleting Pod ${known.name}; it ends when it has drained`);
    await world.core.deleteNamespacedPod({ name: known.name, namespace: world.example.namespace });
    await untilEnded(world, [known]);
    const after = await untilReady(world, backend, before.length, [known.name]);
    const answersAfter = await askTimes(ASKED_AFTERWARDS, ask);
    return { before, after, known, answerBefore, answersAfter };
  },

  judge({ after, answerBefore, answersAfter, before, known }) {
    const problems: string[] = [];
    if (!("pod" in answerBefore) || answerBefore.pod !== known.name) {
      problems.push(
        `before: ${known.address} was to answer as ${known.name}, but there was ${inWords(answerBefore)}`,
      );
    }
    const answered = answersAfter.filter((answer) => "pod" in answer);
    if (answersAfter.length === 0 || answered.length > 0) {
      problems.push(
        `after: the old address ${known.address} was to be dead, but ${answered.length} of ${answersAfter.length} requests were answered`,
      );
    }
    if (after.some(({ address }) => address === known.address)) {
      problems.push(`after: a reborn Pod has the old address ${known.address}`);
    }
    if (after.length !== before.length) {
      problems.push(`after: there are ${after.length} Pods, and there were ${before.length}`);
    }
    return problems;
  },

  describe({ after, answersAfter, before, known }) {
    const rows = (when: string, pods: readonly SeenPod[]) =>
      pods.map(({ address, name, node }) => [when, name, address, node]);
    const failed = countFailed(answersAfter);
    return [
      ...table([
        ["", "Pod", "address", "node"],
        ...rows("before", before),
        ...rows("after", after),
      ]),
      `a client that kept ${known.address}: answered before, ${failed} of ${answersAfter.length} requests failed after`,
    ];
  },
};
