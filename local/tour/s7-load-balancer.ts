import { readNetwork } from "../cloud/network.ts";
import {
  type Answer,
  countFailed,
  failuresOf,
  inWords,
  podsOf as podsThatAnswered,
} from "./answer.ts";
import { askOnHost } from "./ask.ts";
import { balancerInAws, balancerProblems, type SeenBalancer } from "./balancer.ts";
import { SERVICE_PORT } from "./example.ts";
import { balancerNameOf, balancerOnHost, nodePortOf } from "./places.ts";
import { askFrom, podsOf, replaceAll, type SeenPod } from "./pods.ts";
import { askUntilSpread, askWhile, isSpread } from "./request-loop.ts";
import type { Step } from "./step.ts";

const REQUESTS = 20;

/** What S7 sees. */
export interface LoadBalancer {
  readonly service: string;
  /** The name that the Service shows, before the Pods were replaced and afterwards. */
  readonly addressBefore: string;
  readonly addressAfter: string;
  /** The port that the Service has on every node, which nobody chose. */
  readonly nodePort: number;
  readonly inAws: SeenBalancer | undefined;
  /** Ids of the machines that are nodes, sorted. */
  readonly machines: readonly string[];
  /** URL on this computer that stands for the load balancer's own. */
  readonly hostUrl: string;
  readonly podsBefore: readonly string[];
  readonly podsAfter: readonly string[];
  /** From a back-end Pod, by the load balancer's name. */
  readonly fromPod: Answer;
  /** From this computer, before the Pods were replaced, meanwhile and afterwards. */
  readonly answersBefore: readonly Answer[];
  readonly answersMeanwhile: readonly Answer[];
  readonly answersAfter: readonly Answer[];
}

/** S7. */
export const loadBalancer: Step<LoadBalancer> = {
  number: "S7",
  truth:
    "LoadBalancer makes the cloud create a load balancer of its own outside the cluster, which leads to a node port that is made by itself and spreads requests over the Pods; its address outlives them all.",

  async act(world) {
    const { backend, frontend, frontService: service } = world.example;
    const addressBefore = await balancerNameOf(world, service);
    const inAws = await balancerInAws(world, addressBefore);
    const { url: hostUrl } = await balancerOnHost(world, addressBefore);
    const [client] = await podsOf(world, backend);
    if (client === undefined) throw new Error("there are no Pods");
    const ask = () => askOnHost(`${hostUrl}/hostname`);
    const podsBefore = namesOf(await podsOf(world, frontend));
    world.tell(`asking http://${addressBefore} in Pod ${client.name}, and ${hostUrl} here`);
    const fromPod = await askFrom(world, client, backend, `http://${addressBefore}/hostname`);
    const answersBefore = await askUntilSpread(REQUESTS, podsBefore, ask);
    const meanwhile = await askWhile(ask, () => replaceAll(world, frontend));
    const podsAfter = namesOf(meanwhile.result);
    const instances = readNetwork(world.paths)?.instances ?? [];
    return {
      service,
      addressBefore,
      addressAfter: await balancerNameOf(world, service),
      nodePort: await nodePortOf(world, service),
      inAws,
      machines: instances.map(({ instanceId }) => instanceId).sort(),
      hostUrl,
      podsBefore,
      podsAfter,
      fromPod,
      answersBefore,
      answersMeanwhile: meanwhile.answers,
      answersAfter: await askUntilSpread(REQUESTS, podsAfter, ask),
    };
  },

  judge(evidence) {
    const { addressBefore, inAws, machines, nodePort } = evidence;
    if (inAws === undefined) return [`AWS has no load balancer ${addressBefore}`];
    const wanted = { listeners: [{ port: SERVICE_PORT, targetPort: nodePort }], targets: machines };
    return [...balancerProblems(inAws, wanted), ...answerProblems(evidence)];
  },

  describe(evidence) {
    const { addressBefore, answersAfter, answersBefore, answersMeanwhile, hostUrl, inAws } =
      evidence;
    const listener = inAws?.listeners[0];
    return [
      `in AWS (simulated): ${inAws?.type} load balancer ${addressBefore}`,
      `it listens on ${listener?.port} and leads to port ${listener?.targetPort} of ${inAws?.targets.length} machines`,
      `its name in a Pod: ${inWords(evidence.fromPod)}`,
      `${hostUrl} here, ${answersBefore.length} requests: answered by ${podsThatAnswered(answersBefore).join(", ")}`,
      `while every front-end Pod was replaced, ${answersMeanwhile.length} requests: ${countFailed(answersMeanwhile)} failed`,
      `afterwards at the same address, ${answersAfter.length} requests: answered by ${podsThatAnswered(answersAfter).join(", ")}`,
    ];
  },
};

function answerProblems(evidence: LoadBalancer): string[] {
  const { addressAfter, addressBefore, fromPod, podsAfter, podsBefore } = evidence;
  const problems: string[] = [];
  if (addressAfter === "" || addressAfter !== addressBefore) {
    problems.push(`its address was to stay ${addressBefore}, and is ${addressAfter}`);
  }
  const kept = podsAfter.filter((name) => podsBefore.includes(name));
  if (podsAfter.length === 0 || kept.length > 0) {
    problems.push(
      `every Pod was to be replaced, and ${kept.length} of ${podsAfter.length} were not`,
    );
  }
  if (!("pod" in fromPod) || !podsBefore.includes(fromPod.pod)) {
    problems.push(`its name was to lead a Pod to ${podsBefore.join(" or ")}: ${inWords(fromPod)}`);
  }
  const { answersAfter, answersBefore, answersMeanwhile } = evidence;
  const times = { before: answersBefore, meanwhile: answersMeanwhile, after: answersAfter };
  for (const [when, answers] of Object.entries(times)) {
    const failed = countFailed(answers);
    if (answers.length > 0 && failed === 0) continue;
    problems.push(
      `${when}: every request was to be answered, and ${failed} of ${answers.length} were not: ${failuresOf(answers).join("; ")}`,
    );
  }
  problems.push(...spreadProblems("before", answersBefore, podsBefore));
  problems.push(...spreadProblems("after", answersAfter, podsAfter));
  return problems;
}

/** A Pod that drains may still answer: that is what it drains for. */
function spreadProblems(when: string, answers: readonly Answer[], pods: readonly string[]) {
  if (isSpread(answers, pods)) return [];
  const answered = podsThatAnswered(answers).join(", ");
  return [
    `${when}: the requests were to be spread over ${pods.join(", ")}, and went to ${answered}`,
  ];
}

const namesOf = (pods: readonly SeenPod[]): string[] => pods.map(({ name }) => name);
