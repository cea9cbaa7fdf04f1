import { type Answer, countFailed, failuresOf, podsOf as podsThatAnswered } from "./answer.ts";
import { askFrom, podsOf, replaceAll, type SeenPod, untilEnded } from "./pods.ts";
import { askWhile } from "./request-loop.ts";
import type { Step } from "./step.ts";
import type { World } from "./world.ts";

/** What a Service is found by. */
export interface ServiceAddress {
  readonly clusterIP: string;
  /** By which one Service is told from another of the same name. */
  readonly uid: string;
}

/** What S2 sees. */
export interface AddressStays {
  readonly service: string;
  readonly before: ServiceAddress;
  readonly after: ServiceAddress;
  readonly podsBefore: readonly SeenPod[];
  readonly podsAfter: readonly SeenPod[];
  /** To the Service's name, while its Pods were replaced. */
  readonly answersByName: readonly Answer[];
  /** To its ClusterIP of before, when they all were. */
  readonly answerByAddress: Answer;
}

/** S2. */
export const addressStays: Step<AddressStays> = {
  number: "S2",
  truth:
    "A Service has one name and one address, which stay however often its Pods are reborn, and answer all the while.",

  async act(world) {
    const { backend, frontend, insideService: service } = world.example;
    const [client] = await podsOf(world, frontend);
    if (client === undefined) throw new Error("there are no Pods");
    const ask = (host: string) => askFrom(world, client, frontend, `http://${host}/hostname`);
    const [before, podsBefore] = await Promise.all([
      addressOf(world, service),
      podsOf(world, backend),
    ]);
    world.tell(`asking http://${service} from Pod ${client.name} all the while`);
    const { answers, result } = await askWhile(
      () => ask(service),
      async () => {
        const podsAfter = await replaceAll(world, backend);
        await untilEnded(world, podsBefore); // the last chance to lose a request
        return podsAfter;
      },
    );
    return {
      service,
      before,
      after: await addressOf(world, service),
      podsBefore,
      podsAfter: result,
      answersByName: answers,
      answerByAddress: await ask(before.clusterIP),
    };
  },

  judge({ after, answerByAddress, answersByName, before, podsAfter, podsBefore, service }) {
    const problems: string[] = [];
    if (after.clusterIP !== before.clusterIP || after.uid !== before.uid) {
      problems.push(
        `the address of ${service} was to stay ${before.clusterIP}, and is ${after.clusterIP}${after.uid === before.uid ? "" : " of another Service of the same name"}`,
      );
    }
    const old = new Set(podsBefore.map(({ name }) => name));
    const kept = podsAfter.filter(({ name }) => old.has(name));
    if (podsAfter.length === 0 || kept.length > 0) {
      problems.push(
        `every Pod was to be replaced, and ${kept.length} of ${podsAfter.length} were not`,
      );
    }
    const failed = countFailed(answersByName);
    if (answersByName.length === 0 || failed > 0) {
      problems.push(
        `every request to ${service} was to be answered, and ${failed} of ${answersByName.length} were not: ${failuresOf(answersByName).join("; ")}`,
      );
    }
    if ("failure" in answerByAddress) {
      problems.push(`${before.clusterIP} was to answer afterwards: ${answerByAddress.failure}`);
    }
    return problems;
  },

  describe({ after, answersByName, before, podsAfter, podsBefore, service }) {
    const failed = countFailed(answersByName);
    return [
      `Pods before: ${podsBefore.map(({ address }) => address).join(", ")}; after: ${podsAfter.map(({ address }) => address).join(", ")}`,
      `${service} before: ${before.clusterIP}; after: ${after.clusterIP}`,
      `${answersByName.length} requests to the name meanwhile: ${failed} failed, answered by ${podsThatAnswered(answersByName).length} Pods`,
    ];
  },
};

/** What a Service is found by now. */
export async function addressOf(
  { core, example: { namespace } }: World,
  name: string,
): Promise<ServiceAddress> {
  const { metadata, spec } = await core.readNamespacedService({ name, namespace });
  return { clusterIP: spec?.clusterIP ?? "", uid: metadata?.uid ?? "" };
}
