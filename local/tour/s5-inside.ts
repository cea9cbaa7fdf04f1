import { type Answer, inWords } from "./answer.ts";
import { askInVpc, askOnHost } from "./ask.ts";
import { SERVICE_PORT } from "./example.ts";
import { nodePortOf, nodePortOnHost, nodes } from "./places.ts";
import { askFrom, podsOf } from "./pods.ts";
import { addressOf } from "./s2-address-stays.ts";
import type { Step } from "./step.ts";

/** What S5 sees. */
export interface Inside {
  readonly service: string;
  readonly type: string;
  readonly clusterIP: string;
  readonly port: number;
  /** Where the containers listen. */
  readonly targetPort: string;
  /** The Pods that may answer. */
  readonly pods: readonly string[];
  /** From a front-end Pod, by the Service's name. */
  readonly fromPod: Answer;
  /** From a machine beside the nodes, by the ClusterIP. */
  readonly fromVpc: Answer;
  /** From this computer, by the ClusterIP. */
  readonly fromHost: Answer;
  /** In the same two ways something that is open to them: so they can ask at all. */
  readonly vpcCanAsk: Answer;
  readonly hostCanAsk: Answer;
}

/** S5. */
export const inside: Step<Inside> = {
  number: "S5",
  truth:
    "ClusterIP, the type that a Service has if none is said, is an address inside the cluster: the front end calls the back end by its name, and nobody outside can.",

  async act(world) {
    const { backend, devService, frontend, insideService: service, namespace } = world.example;
    const { spec } = await world.core.readNamespacedService({ name: service, namespace });
    const [pods, [client]] = await Promise.all([podsOf(world, backend), podsOf(world, frontend)]);
    const { clusterIP } = await addressOf(world, service);
    if (client === undefined) throw new Error("there are no Pods");
    const url = `http://${clusterIP}/hostname`;
    const nodePort = await nodePortOf(world, devService);
    const open = await nodePortOnHost(world, nodePort);
    world.tell(`asking for ${service} in Pod ${client.name}, beside the nodes, and here`);
    return {
      service,
      type: spec?.type ?? "",
      clusterIP,
      port: spec?.ports?.[0]?.port ?? 0,
      targetPort: String(spec?.ports?.[0]?.targetPort),
      pods: pods.map(({ name }) => name),
      fromPod: await askFrom(world, client, frontend, `http://${service}/hostname`),
      fromVpc: await askInVpc(world.paths, url),
      fromHost: await askOnHost(url),
      vpcCanAsk: await askInVpc(
        world.paths,
        `http://${nodes(world)[0]?.address}:${nodePort}/hostname`,
      ),
      hostCanAsk: await askOnHost(`${open}/hostname`),
    };
  },

  judge(evidence) {
    const { clusterIP, fromHost, fromPod, fromVpc, pods, port, service, type } = evidence;
    const problems: string[] = [];
    const expect = (holds: boolean, problem: string) => holds || problems.push(problem);
    const from = (answer: Answer) => "pod" in answer && pods.includes(answer.pod);
    expect(type === "ClusterIP", `${service} was to be of type ClusterIP, and is ${type}`);
    expect(port === SERVICE_PORT, `${service} was to have port ${SERVICE_PORT}, and has ${port}`);
    expect(
      from(fromPod),
      `${service} was to lead a Pod to ${pods.join(" or ")}: ${inWords(fromPod)}`,
    );
    expect(!from(fromVpc), `${clusterIP} was not to answer beside the nodes: ${inWords(fromVpc)}`);
    expect(
      !from(fromHost),
      `${clusterIP} was not to answer on this computer: ${inWords(fromHost)}`,
    );
    const { hostCanAsk, vpcCanAsk } = evidence;
    expect("pod" in vpcCanAsk, `nothing can be asked beside the nodes: ${inWords(vpcCanAsk)}`);
    expect("pod" in hostCanAsk, `nothing can be asked on this computer: ${inWords(hostCanAsk)}`);
    return problems;
  },

  describe({ clusterIP, fromHost, fromPod, fromVpc, port, service, targetPort, type }) {
    return [
      `${service}: ${type}, ${clusterIP}, port ${port} to ${targetPort} of the container`,
      `http://${service} in a front-end Pod: ${inWords(fromPod)}`,
      `http://${clusterIP} on a machine beside the nodes: ${inWords(fromVpc)}`,
      `http://${clusterIP} on this computer: ${inWords(fromHost)}`,
    ];
  },
};
