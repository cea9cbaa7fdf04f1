import { ApiException } from "@kubernetes/client-node";
import { type Answer, inWords } from "./answer.ts";
import { askInVpc } from "./ask.ts";
import { SERVICE_PORT } from "./example.ts";
import { nodePortOf, nodes } from "./places.ts";
import { podsOf } from "./pods.ts";
import type { Step } from "./step.ts";
import { table } from "./table.ts";
import type { World } from "./world.ts";

const FIRST = 30_000;
const LAST = 32_767;
const TRIAL = "tour-node-port";

/** One node, asked for its port. */
export interface AskedNode {
  readonly node: string;
  readonly url: string;
  /** How many of the Pods that may answer it has. */
  readonly pods: number;
  readonly answer: Answer;
}

/** What S6 sees. */
export interface NodePort {
  readonly service: string;
  readonly type: string;
  readonly nodePort: number;
  /** A Service of the type has it, too: it is one more way to the same. */
  readonly clusterIP: string;
  /** The Pods that may answer. */
  readonly pods: readonly string[];
  readonly nodes: readonly AskedNode[];
  /** What the API server says to ports outside the range; `undefined` where it takes one. */
  readonly refusals: readonly (string | undefined)[];
  /** The port of a Service that asks for none. */
  readonly given: number | undefined;
}

/** S6. */
export const nodePort: Step<NodePort> = {
  number: "S6",
  truth:
    "NodePort opens one port from 30000 to 32767 on every node, and each leads to the Pods wherever they run: for development and tests, since the addresses are the nodes' own.",

  async act(world) {
    const { devService: service, frontend, namespace } = world.example;
    const { spec } = await world.core.readNamespacedService({ name: service, namespace });
    const [port, pods] = [await nodePortOf(world, service), await podsOf(world, frontend)];
    const asked: AskedNode[] = [];
    for (const { address, name } of nodes(world)) {
      const url = `http://${address}:${port}`;
      world.tell(`asking ${url}`);
      const answer = await askInVpc(world.paths, `${url}/hostname`);
      const count = pods.filter(({ node }) => node === name).length;
      asked.push({ node: name, url, pods: count, answer });
    }
    world.tell("asking the API server for ports outside the range, and for any");
    return {
      service,
      type: spec?.type ?? "",
      nodePort: port,
      clusterIP: spec?.clusterIP ?? "",
      pods: pods.map(({ name }) => name),
      nodes: asked,
      refusals: [await tryPort(world, FIRST - 1), await tryPort(world, LAST + 1)].map(
        (tried) => tried.refusal,
      ),
      given: (await tryPort(world)).nodePort,
    };
  },

  judge({ clusterIP, given, nodePort: port, nodes: asked, pods, refusals, service, type }) {
    const problems: string[] = [];
    const expect = (holds: boolean, problem: string) => holds || problems.push(problem);
    expect(type === "NodePort", `${service} was to be of type NodePort, and is ${type}`);
    expect(clusterIP !== "" && clusterIP !== "None", `${service} was to have a ClusterIP as well`);
    expect(inRange(port), `${port} was to be from ${FIRST} to ${LAST}`);
    expect(asked.length > 0, "there are no nodes");
    for (const { answer, url } of asked) {
      const right = "pod" in answer && pods.includes(answer.pod);
      expect(right, `${url} was to lead to ${pods.join(" or ")}: ${inWords(answer)}`);
    }
    for (const [index, refusal] of refusals.entries()) {
      const refused = refusal?.includes("not in the valid range") === true;
      expect(
        refused,
        `port ${index === 0 ? FIRST - 1 : LAST + 1} was to be refused as out of range: ${refusal ?? "it was taken"}`,
      );
    }
    expect(
      given !== undefined && inRange(given),
      `a port from the range was to be given where none is said: ${given}`,
    );
    return problems;
  },

  describe({ given, nodes: asked, refusals }) {
    return [
      ...table([
        ["node", "its front-end Pods", "address", ""],
        ...asked.map(({ answer, node, pods, url }) => [node, String(pods), url, inWords(answer)]),
      ]),
      `${FIRST - 1} and ${LAST + 1}: ${refusals.every((it) => it !== undefined) ? "refused by the API server" : "taken"}; a Service that asks for no port got ${given}`,
    ];
  },
};

const inRange = (port: number): boolean => port >= FIRST && port <= LAST;

interface Tried {
  readonly nodePort?: number | undefined;
  readonly refusal?: string | undefined;
}

/** Makes a Service that leads nowhere and deletes it at once: a dry run would take any port, and give one that nobody can have. */
async function tryPort(world: World, asked?: number): Promise<Tried> {
  const { core, example, signal } = world;
  const { namespace } = example;
  signal?.throwIfAborted();
  await removeTrial(world); // of a tour that was killed
  try {
    const ports = [{ port: SERVICE_PORT, ...(asked !== undefined && { nodePort: asked }) }];
    const body = { metadata: { name: TRIAL }, spec: { type: "NodePort", ports } };
    const { spec } = await core.createNamespacedService({ namespace, body });
    return { nodePort: spec?.ports?.[0]?.nodePort };
  } catch (error) {
    if (!(error instanceof ApiException) || error.code !== 422) throw error;
    return { refusal: messageIn(error) };
  } finally {
    await removeTrial(world);
  }
}

async function removeTrial({ core, example: { namespace } }: World): Promise<void> {
  await core.deleteNamespacedService({ name: TRIAL, namespace }).catch((error: unknown) => {
    if (!(error instanceof ApiException) || error.code !== 404) throw error;
  });
}

const messageIn = ({ body }: ApiException<string>): string =>
  (JSON.parse(body) as { message: string }).message;
