import type { Answer } from "./answer.ts";
import { askInVpc, askOnHost } from "./ask.ts";
import { balancerNameOf, balancerOnHost, nodePortOf, nodePortOnHost, nodes } from "./places.ts";
import { askFrom, podsOf } from "./pods.ts";
import { addressOf } from "./s2-address-stays.ts";
import type { Step } from "./step.ts";
import { table } from "./table.ts";
import type { World } from "./world.ts";

/** A type of Service, and who can ask it. */
export interface Reach {
  readonly type: string;
  /** What one asks. */
  readonly address: string;
  readonly inPod: Answer;
  /** On a machine beside the nodes. */
  readonly inVpc: Answer;
  /** On this computer. */
  readonly outside: Answer;
}

/** What S8 sees. */
export interface Choice {
  readonly clusterIP: Reach;
  readonly nodePort: Reach;
  readonly loadBalancer: Reach;
}

/** S8. */
export const choice: Step<Choice> = {
  number: "S8",
  truth:
    "The purpose decides: ClusterIP for what is called inside, NodePort for a quick look from outside, LoadBalancer for a lasting service to the outside.",

  async act(world) {
    world.tell("asking each of the three Services in a Pod, beside the nodes, and here");
    return {
      clusterIP: await reachOfClusterIP(world),
      nodePort: await reachOfNodePort(world),
      loadBalancer: await reachOfLoadBalancer(world),
    };
  },

  judge({ clusterIP, loadBalancer, nodePort }) {
    const everywhere = { inPod: true, inVpc: true, outside: true };
    return [
      ...wrong(clusterIP, { inPod: true, inVpc: false, outside: false }),
      ...wrong(nodePort, everywhere),
      ...wrong(loadBalancer, everywhere),
    ];
  },

  describe({ clusterIP, loadBalancer, nodePort }) {
    const row = ({ address, inPod, inVpc, outside, type }: Reach, purpose: string) => [
      type,
      ...[inPod, inVpc, outside].map((answer) => ("pod" in answer ? "yes" : "no")),
      purpose,
      address,
    ];
    return table([
      ["type", "in a Pod", "beside the nodes", "outside", "take it for", "address"],
      row(clusterIP, "back ends, databases"),
      row(nodePort, "development, tests"),
      row(loadBalancer, "production"),
    ]);
  },
};

const placeNames = { inPod: "in a Pod", inVpc: "beside the nodes", outside: "outside" };

function wrong(
  reach: Reach,
  expected: Readonly<Record<keyof typeof placeNames, boolean>>,
): string[] {
  const places = Object.keys(placeNames) as (keyof typeof placeNames)[];
  return places.flatMap((place) => {
    const answer = reach[place];
    if ("pod" in answer === expected[place]) return [];
    const was = "pod" in answer ? `${answer.pod} answered` : answer.failure;
    return [
      `${reach.type} was ${expected[place] ? "" : "not "}to answer ${placeNames[place]}: ${was}`,
    ];
  });
}

async function reachOfClusterIP(world: World): Promise<Reach> {
  const { clusterIP } = await addressOf(world, world.example.insideService);
  const name = `http://${world.example.insideService}`;
  const url = `http://${clusterIP}/hostname`;
  return {
    type: "ClusterIP",
    address: name,
    inPod: await inPod(world, `${name}/hostname`),
    inVpc: await askInVpc(world.paths, url),
    outside: await askOnHost(url),
  };
}

async function reachOfNodePort(world: World): Promise<Reach> {
  const port = await nodePortOf(world, world.example.devService);
  const address = `http://${nodes(world)[0]?.address}:${port}`;
  const url = `${address}/hostname`;
  return {
    type: "NodePort",
    address,
    inPod: await inPod(world, url),
    inVpc: await askInVpc(world.paths, url),
    outside: await askOnHost(`${await nodePortOnHost(world, port)}/hostname`),
  };
}

async function reachOfLoadBalancer(world: World): Promise<Reach> {
  const name = await balancerNameOf(world, world.example.frontService);
  const { address, url } = await balancerOnHost(world, name);
  return {
    type: "LoadBalancer",
    address: `http://${name}`,
    inPod: await inPod(world, `http://${name}/hostname`),
    inVpc: await askInVpc(world.paths, `http://${address}/hostname`),
    outside: await askOnHost(`${url}/hostname`),
  };
}

/** A front-end Pod asks, as the front end does. */
async function inPod(world: World, url: string): Promise<Answer> {
  const [client] = await podsOf(world, world.example.frontend);
  if (client === undefined) throw new Error("there are no Pods");
  return askFrom(world, client, world.example.frontend, url);
}
