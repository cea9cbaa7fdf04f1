import * as pulumi from "@pulumi/pulumi";
import {
  Backend,
  type BackendArgs,
  type ClusterArgs,
  Entrance,
  Exposure,
  LoadBalancerController,
  LoadBalancerService,
  NodePortService,
  Spread,
} from "../../../components/index.ts";
import { connectionOptions } from "./connection-options.ts";
import { containerOptions } from "./container-options.ts";
import { existing } from "./existing.ts";
import { networkOptions } from "./network-options.ts";
import type { Option } from "./option.ts";
import { podOptions } from "./pod-options.ts";

/** One set of arguments in one environment. */
export interface Cell {
  /** Of the environment and the option. All resources are named after it, and its namespace can be. */
  readonly name: string;
  /** How many Pods it has. */
  readonly pods: number;
  /** Declares it, with whatever has to exist before. The namespace has to exist, and be no other cell's. */
  readonly build: (namespace: string, opts: pulumi.ComponentResourceOptions) => void;
}

interface Environment {
  readonly name: string;
  readonly cluster: ClusterArgs;
  readonly backend: Partial<BackendArgs> & { readonly replicas: number };
}

const nlb = LoadBalancerController.AwsCloudControllerNlb;

/** They differ in what may be opened, and in how many Pods there are and where. */
const environments: readonly Environment[] = [
  {
    name: "dev",
    cluster: { controller: nlb, allowNodePort: true, allowPublic: true },
    backend: { replicas: 1, spread: Spread.None, entrances: [Entrance.NodePort] },
  },
  {
    name: "staging",
    cluster: { controller: nlb, allowNodePort: true, nodePortRange: { first: 30000, last: 32767 } },
    backend: { replicas: 2, closeEgress: true },
  },
  {
    name: "prod",
    cluster: { controller: nlb, allowNodePort: true, allowPublic: true },
    backend: { replicas: 3, spread: Spread.Strict, entrances: [Entrance.LoadBalancer] },
  },
];

/** The lowest of the node ports that cells ask for by number: up to 30085 the API server gives none away by itself. */
const FIRST_NODE_PORT = 30020;

/**
 * Every option in two of the environments, so that each meets two entrances, two numbers of Pods and two ways to spread
 * them, and every environment has as many.
 */
export const cells: readonly Cell[] = [
  ...containerOptions,
  ...podOptions,
  ...networkOptions,
  ...connectionOptions,
].flatMap((option, index) =>
  environments
    .filter((_, other) => other !== index % environments.length)
    .map((environment) => cellOf(environment, option, index)),
);

function cellOf(environment: Environment, option: Option, index: number): Cell {
  const name = `${environment.name}-${option.name}`;
  const { replicas, ...always } = environment.backend;
  const { autoscaling } = option.backend ?? {};
  // An autoscaler decides instead.
  const scale = autoscaling === undefined ? { replicas } : {};
  const given = { ...always, ...scale, ...option.backend };
  const own = autoscaling?.minReplicas ?? given.replicas ?? replicas;
  // Some by number, in one environment alone, or two would ask for the same.
  const byNumber = environment.name === "dev" && index % 2 === 0;
  const nodePort = byNumber ? { nodePort: FIRST_NODE_PORT + index } : {};
  return {
    name,
    pods: own + (option.callee?.replicas ?? 0),
    build: (namespace, opts) => {
      const { target } = buildBackend(name, namespace, { ...option, backend: given }, opts);
      for (const entrance of given.entrances ?? []) {
        const { cluster } = environment;
        const entranceName = `${name}-${entrance}`.toLowerCase();
        buildEntrance(entranceName, entrance, { cluster, target, nodePort, option, opts });
      }
    },
  };
}

function buildBackend(
  name: string,
  namespace: string,
  { backend, callee, existing: needed = [] }: Option,
  opts: pulumi.ComponentResourceOptions,
): Backend {
  const dependsOn = needed.flatMap((kind) => existing[kind](namespace, opts));
  const called =
    callee && buildBackend(`${name}-callee`, namespace, { name, backend: callee }, opts);
  return new Backend(
    name,
    {
      namespace,
      image: "example/web:1",
      ports: [{ name: "http", containerPort: 8080, port: 80 }],
      readinessProbe: { tcpSocket: { port: "http" } },
      ...(called && { connectsTo: { CALLEE: { target: called.target, port: "http" } } }),
      ...backend,
      ...(needed.includes("priorityClass") ? { priorityClassName: namespace } : {}),
    },
    pulumi.mergeOptions(opts, { dependsOn }),
  );
}

interface EntranceOf {
  readonly cluster: ClusterArgs;
  readonly target: Backend["target"];
  readonly nodePort: { readonly nodePort?: number };
  readonly option: Option;
  readonly opts: pulumi.ComponentResourceOptions;
}

function buildEntrance(
  name: string,
  entrance: Entrance,
  { cluster, nodePort, opts, option, target }: EntranceOf,
): void {
  const port = { port: 80, targetPort: "http" };
  if (entrance === Entrance.NodePort) {
    const ports = [{ ...port, ...nodePort }];
    new NodePortService(name, { cluster, target, ports, ...option.nodePortService }, opts);
    return;
  }
  const exposure = cluster.allowPublic ? Exposure.Public : Exposure.Internal;
  const sourceRanges = ["0.0.0.0/0"];
  new LoadBalancerService(
    name,
    { cluster, target, exposure, sourceRanges, ports: [port], ...option.loadBalancerService },
    opts,
  );
}
