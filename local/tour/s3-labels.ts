import { type Answer, inWords } from "./answer.ts";
import { type Followed, followed } from "./endpoints.ts";
import { CONTAINER_PORT } from "./example.ts";
import { askFrom, podsOf, type SeenPod, untilReady } from "./pods.ts";
import type { Step } from "./step.ts";
import { table } from "./table.ts";
import { LEFT_BY, leavingNoUnownedPods, startUnownedPod } from "./unowned-pods.ts";
import type { World } from "./world.ts";

const NUMBER = "S3";
/** Of three Pods one does not answer so often in a row, but once in a hundred million times. */
const ASKED_AT_MOST = 45;

/** What S3 sees. */
export interface Labels {
  readonly before: Followed;
  /** The Pod that loses its label. */
  readonly orphan: SeenPod;
  /** When the label is gone. */
  readonly withoutOrphan: Followed;
  /** From the orphan, asked by its own address. */
  readonly orphanAnswer: Answer;
  /** A Pod that no Deployment owns and that has the label. */
  readonly stranger: SeenPod;
  readonly withStranger: Followed;
  /** From the stranger, asked by the Service's name. */
  readonly strangerAnswer: Answer;
}

/** S3. */
export const labels: Step<Labels> = {
  number: NUMBER,
  truth:
    "A Service is bound to a condition and not to Pods: a Pod with the label of its selector belongs to it, and one that loses the label does not.",

  act: (world) => leavingNoUnownedPods(world, NUMBER, () => observe(world)),

  judge({ before, orphan, orphanAnswer, stranger, strangerAnswer, withoutOrphan, withStranger }) {
    const problems: string[] = [];
    const expect = (holds: boolean, problem: string) => holds || problems.push(problem);
    const { service } = before;
    expect(
      before.endpoints.includes(orphan.address),
      `${service} was to lead to ${orphan.address} at first`,
    );
    expect(
      !withoutOrphan.endpoints.includes(orphan.address),
      `${service} was not to lead to ${orphan.address} without the label, and does`,
    );
    expect(
      withoutOrphan.endpoints.length >= before.endpoints.length,
      `the Deployment was to make a new Pod, and ${service} leads to ${withoutOrphan.endpoints.length} in place of ${before.endpoints.length}`,
    );
    expect(
      "pod" in orphanAnswer && orphanAnswer.pod === orphan.name,
      `the Pod without the label was to live on: ${inWords(orphanAnswer)}`,
    );
    expect(
      withStranger.endpoints.includes(stranger.address),
      `${service} was to lead to the stranger ${stranger.address}, and leads to ${withStranger.endpoints.join(", ")}`,
    );
    expect(
      "pod" in strangerAnswer && strangerAnswer.pod === stranger.name,
      `the stranger was to answer under the name ${service}: ${inWords(strangerAnswer)}`,
    );
    return problems;
  },

  describe({ before, orphan, stranger, withoutOrphan, withStranger }) {
    const selects = ({ endpoints }: Followed) => endpoints.join(", ");
    return [
      ...table([
        [`selector ${before.selector}`, `${before.service} leads to`],
        ["at first", selects(before)],
        [`label taken from ${orphan.name}`, selects(withoutOrphan)],
        [`label given to ${stranger.name}`, selects(withStranger)],
      ]),
      `${orphan.name} runs on at ${orphan.address} and answers there; ${stranger.name}, which no Deployment owns, answers as ${before.service}`,
    ];
  },
};

async function observe(world: World): Promise<Labels> {
  const { backend, frontend, insideService } = world.example;
  const before = await followed(world, insideService);
  const [[orphan], [client]] = await Promise.all([podsOf(world, backend), podsOf(world, frontend)]);
  if (orphan === undefined || client === undefined) throw new Error("there are no Pods");
  const ask = (host: string) => askFrom(world, client, frontend, `http://${host}/hostname`);

  world.tell(`taking the label app from Pod ${orphan.name}`);
  await takeLabel(world, orphan);
  await untilReady(world, backend, before.pods.length, [orphan.name]);
  const withoutOrphan = await followed(world, insideService);
  const orphanAnswer = await ask(`${orphan.address}:${CONTAINER_PORT}`);

  world.tell(`starting a Pod of nobody with the label app=${backend.app}`);
  const stranger = await startUnownedPod(world, { step: NUMBER, like: backend });
  await untilReady(world, backend, before.pods.length + 1, [orphan.name]);
  const withStranger = await followed(world, insideService);
  const asked = withStranger.endpoints.includes(stranger.address) ? ASKED_AT_MOST : 1;
  const strangerAnswer = await untilAnswered(stranger, asked, () => ask(insideService));
  return { before, orphan, withoutOrphan, orphanAnswer, stranger, withStranger, strangerAnswer };
}

/** Takes the label away, and leaves another by which the Pod is found again. */
async function takeLabel({ core, example: { namespace } }: World, { name }: SeenPod) {
  const mark = `/metadata/labels/${LEFT_BY.replace("/", "~1")}`;
  const body = [
    { op: "remove", path: "/metadata/labels/app" },
    { op: "add", path: mark, value: NUMBER },
  ];
  await core.patchNamespacedPod({ name, namespace, body });
}

/** Which Pod answers is left to chance: asks until this one does, and so many times at most. Returns the last answer. */
async function untilAnswered(
  { name }: SeenPod,
  atMost: number,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  for (let asked = 1; ; asked += 1) {
    const answer = await ask();
    if (asked === atMost || ("pod" in answer && answer.pod === name)) return answer;
  }
}
