import { rmSync } from "node:fs";
import { join } from "node:path";
import { AppsV1Api } from "@kubernetes/client-node";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { imageReferences } from "../../local/images/node-images.ts";
import { machinePid } from "../../local/nodes/machine.ts";
import { realNodes } from "../../local/nodes/names.ts";
import { ctr } from "../../local/nodes/node-processes.ts";
import { config, core, network, paths, pulumi, stackConfig } from "../engine/rig.ts";
import { amount } from "../shared/soak.ts";
import { clientPod } from "./client-pod.ts";
import {
  type Answer,
  askFromHere,
  askFromPod,
  askFromVpc,
  listenerOf,
  untilRunning,
} from "./request-loop.ts";

// `up` ends when the front answers: whoever asks in that moment, once, gets an answer.
const cwd = join(import.meta.dirname, "programs", "answers-after-up");
const apps = config.makeApiClient(AppsV1Api);
const nodes = realNodes(network());
const asker = { namespace: "asker", name: "asker" };

/** The same application under another name, as the next version of it would have. */
const images = {
  first: imageReferences.demo,
  second: imageReferences.demo.replace(/:[^:]+$/, ":second"),
};
/** Stacks that are worked on at the same time, and how many each lane makes one after another. */
const LANES = amount(2, 5);
const ROUNDS = amount(1, 4);
/** Up to 30085 the API server gives no port away by itself, to the load balancers of the other stacks. */
const FIRST_NODE_PORT = 30_010;
/** Longer than an `up` takes, on a busy machine too. */
const UP_SECONDS = 280;
/** Longer than that. */
const SLOWEST_START_SECONDS = 300;

/** One request, the first after an `up`. */
interface Asked {
  readonly way: string;
  readonly answer: Answer;
  /** Milliseconds from the end of `up` to the answer. */
  readonly milliseconds: number;
}

/** What was seen when an `up` had ended. */
interface Seen {
  readonly up: string;
  readonly asked: readonly Asked[];
  /** Whether the Deployments had nothing left to do. */
  readonly complete: boolean;
  /** How many of the answers came from Pods with the image that the update was for. */
  readonly ofVersion: number;
}

/** A stack of the program, in a namespace and on a node port of its own. */
class Stack {
  readonly #name: string;
  readonly #settings: object;
  readonly #nodePort: number;
  static #count = 0;

  constructor(settings: object = {}) {
    Stack.#count += 1;
    this.#name = `answers-${Stack.#count}`;
    this.#nodePort = FIRST_NODE_PORT + Stack.#count;
    this.#settings = settings;
  }

  /** Brings it up. */
  async up(image: string, more: object = {}): Promise<void> {
    const settings = { ...this.#settings, ...more, image, nodePort: this.#nodePort };
    const stack = ["--stack", this.#name];
    await pulumi(["stack", "init", this.#name, "--no-select"], { cwd }); // fails where it is there
    rmSync(join(cwd, `Pulumi.${this.#name}.yaml`), { force: true }); // written for a salt of its own
    const file = stackConfig(settings, cwd);
    const { exitCode, output } = await pulumi(
      ["up", "--yes", "--skip-preview", ...stack, "--config-file", file],
      { cwd, timeoutSeconds: UP_SECONDS },
    );
    expect(exitCode, output).toBe(0);
  }

  /** Brings it up and asks each way once, at once. */
  async upAndAsk(up: string, image: string): Promise<Seen> {
    await this.up(image);
    const asked = await this.#ask();
    const complete = (await this.unfinished()).length === 0;
    const versions = await Promise.all(asked.map(({ answer }) => this.#imageOf(answer)));
    const ofVersion = versions.filter((it) => it === image).length;
    return { up: `${up} of ${this.#name}`, asked, complete, ofVersion };
  }

  async #ask(): Promise<readonly Asked[]> {
    const ended = performance.now();
    const one = async (way: string, answering: Promise<Answer>): Promise<Asked> => {
      const answer = await answering;
      return { way, answer, milliseconds: performance.now() - ended };
    };
    const balancer = listenerOf("production", this.#name);
    const inside = (service: string) => ({
      target: `http://${service}.${this.#name}.svc/hostname`,
    });
    return Promise.all([
      ...nodes.map(({ address, label }) =>
        one(
          `node port of ${label}`,
          askFromVpc({ target: `http://${address}:${this.#nodePort}/hostname` }),
        ),
      ),
      one("the front end's Service", askFromPod(asker, inside("front"))),
      one("the back end's Service", askFromPod(asker, inside("back"))),
      one(
        "load balancer",
        balancer.then(({ address }) => askFromVpc({ target: `http://${address}/hostname` })),
      ),
      one(
        "load balancer on 127.0.0.1",
        balancer.then(({ hostPort }) =>
          askFromHere({ target: `http://127.0.0.1:${hostPort}/hostname` }),
        ),
      ),
    ]);
  }

  /** The Deployments whose rollout is not complete. */
  async unfinished(): Promise<readonly string[]> {
    const { items } = await apps.listNamespacedDeployment({ namespace: this.#name });
    expect(items).toHaveLength(2);
    return items
      .filter(({ metadata, spec, status }) => {
        const numbers = [status?.replicas, status?.updatedReplicas, status?.availableReplicas];
        return (
          status?.observedGeneration !== metadata?.generation ||
          numbers.some((it) => it !== spec?.replicas)
        );
      })
      .map(({ metadata }) => metadata?.name ?? "");
  }

  async #imageOf({ ok, text }: Answer): Promise<string | undefined> {
    if (!ok) return undefined;
    const pod = await core.readNamespacedPod({ name: text, namespace: this.#name });
    return pod.spec?.containers[0]?.image;
  }

  /** Has it deleted; what its Pods take to end is not waited for. */
  async leave(): Promise<void> {
    await core.deleteNamespace({ name: this.#name });
  }
}

const lost = (seen: readonly Seen[]) =>
  seen.flatMap(({ up, asked }) =>
    asked.filter(({ answer }) => !answer.ok).map(({ answer, way }) => ({ up, way, ...answer })),
  );

beforeAll(async () => {
  const { paths: tools } = inject("nodeToolchain");
  const tag = ["images", "tag", "--force", images.first, images.second];
  await Promise.all(nodes.map((node) => ctr(tools.ctr, machinePid(paths, node), ...tag)));
  const { name, namespace } = asker;
  await core.createNamespace({ body: { metadata: { name: namespace } } });
  await core.createNamespacedPod({ namespace, body: clientPod(name, namespace, { app: name }) });
  await untilRunning(name, namespace);
});

describe("the moment in which `up` ends", () => {
  test("finds everything answering, after first `up`s and changes of the image, there and back", {
    timeout: 1_800_000,
  }, async ({ annotate }) => {
    const first: Seen[] = [];
    const changed: Seen[] = [];
    const lane = async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const stack = new Stack();
        first.push(await stack.upAndAsk("the first `up`", images.first));
        if (round % 2 === 0) {
          changed.push(await stack.upAndAsk("the change", images.second));
          changed.push(await stack.upAndAsk("the change back", images.first));
        }
        await stack.leave();
      }
    };

    await Promise.all(Array.from({ length: LANES }, lane));

    const all = [...first, ...changed];
    expect([first.length, changed.length]).toEqual([
      LANES * ROUNDS,
      LANES * 2 * Math.ceil(ROUNDS / 2),
    ]);
    expect(lost(all)).toEqual([]);
    expect(all.filter(({ complete }) => !complete).map(({ up }) => up)).toEqual([]);
    for (const [what, seen] of [
      ["first `up`s", first],
      ["image changes, half of them back", changed],
    ] as const) {
      await annotate(`Show 5: ${figureOf(what, seen)}`, "figure");
    }
  });

  test("finds an application that is still starting when its probe does not ask it", {
    timeout: 600_000,
  }, async ({ annotate }) => {
    const unasked = new Stack({ startSeconds: SLOWEST_START_SECONDS, asksApplication: false });
    const asked = new Stack({ startSeconds: 20 });

    const [without, having] = await Promise.all([
      unasked.upAndAsk("the `up` without readiness", images.first),
      asked.upAndAsk("the `up` with readiness", images.first),
    ]);
    await Promise.all([unasked.leave(), asked.leave()]);

    expect(lost([having])).toEqual([]);
    expect(lost([without])).toHaveLength(without.asked.length);
    const { length } = without.asked;
    await annotate(
      `Show 5, control: readiness off, 0 of ${length} requests answered after up`,
      "figure",
    );
  });

  test("finds rollouts under way when nobody waits for them", {
    timeout: 600_000,
  }, async ({ annotate }) => {
    const stack = new Stack({ plain: true });
    await stack.up(images.first);

    // Each new Pod is watched for so long that nobody looks too late.
    await stack.up(images.second, { minReadySeconds: 60, skipAwait: true });

    const unfinished = await stack.unfinished();
    await stack.leave();
    expect(unfinished).toEqual(["back", "front"]);
    await annotate(
      `Show 5, control: nobody waits, ${unfinished.length} of 2 rollouts under way after up`,
      "figure",
    );
  });
});

function figureOf(what: string, seen: readonly Seen[]): string {
  const asked = seen.flatMap((it) => it.asked);
  const answered = asked.filter(({ answer }) => answer.ok).length;
  const ofVersion = seen.reduce((sum, it) => sum + it.ofVersion, 0);
  const latest = Math.max(...asked.map(({ milliseconds }) => milliseconds));
  return (
    `${seen.length} ${what}: ${answered} of ${asked.length} first requests answered, the last ` +
    `${Math.round(latest)} ms after up; ${ofVersion} by Pods of the image that was applied`
  );
}
