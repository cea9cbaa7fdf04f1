import type { LocalPaths } from "../../paths.ts";
import { type Admission, admits } from "../security-groups/admission.ts";
import { isCarried } from "./balancing.ts";
import { listenerKey, nodePortKey, type Plan } from "./haproxy-config.ts";
import { listenerCandidates, nodePortCandidates, type WantedPort } from "./host-ports.ts";
import { readJson } from "./read-json.ts";
import { dataPlaneFiles } from "./spec.ts";

/** Which port on 127.0.0.1 of the host leads where: the content of `forwards.json`. */
export interface Forwards {
  readonly listeners: readonly ListenerForward[];
  readonly nodePorts: readonly NodePortForward[];
}

/** The way from the host to a listener of a simulated load balancer. */
export interface ListenerForward {
  /** Name of the load balancer. */
  readonly loadBalancer: string;
  /** Name that Pods and nodes look up. */
  readonly dnsName: string;
  /** Address in the simulated network. */
  readonly address: string;
  /** Port of the listener. */
  readonly port: number;
  /** Port on 127.0.0.1 of the host. */
  readonly hostPort: number;
}

/** The way from the host to a port of the nodes. */
export interface NodePortForward {
  /** Port on every node. */
  readonly nodePort: number;
  /** Port on 127.0.0.1 of the host. */
  readonly hostPort: number;
}

/** Nothing can be reached from the host. */
export const noForwards: Forwards = { listeners: [], nodePorts: [] };

/** What decides which ports are wanted on the host. */
export interface Reached extends Pick<Plan, "balancers" | "addresses" | "nodePorts"> {
  /** Who may connect, by the listener's key. */
  readonly admissions: ReadonlyMap<string, Admission>;
}

/**
 * The client for which 127.0.0.1 of the host stands: anyone on the internet, of whom no range but one of everybody speaks. It is of the
 * addresses that are kept for documents: https://www.rfc-editor.org/rfc/rfc5737
 */
export const HOST_CLIENT = "192.0.2.1";

/** What is to be reached from the host: listeners that admit it, and the node ports, which are a way for the developer alone. */
export function wantedPorts(reached: Reached): WantedPort[] {
  const { addresses, admissions, balancers, nodePorts } = reached;
  const carried = balancers.filter(({ arn }) => addresses.has(arn));
  return [
    ...carried.flatMap((balancer) =>
      balancer.listeners
        .filter(isCarried)
        .map(({ port }) => ({
          key: listenerKey(balancer, port),
          candidates: listenerCandidates(port),
        }))
        .filter(({ key }) => admits(admissions.get(key) ?? [[]], HOST_CLIENT)),
    ),
    ...nodePorts.map((nodePort) => ({
      key: nodePortKey(nodePort),
      candidates: nodePortCandidates(nodePort),
    })),
  ];
}

/** What can be reached from the host, for people to read. */
export function forwardsOf({ balancers, addresses, nodePorts, hostPorts }: Plan): Forwards {
  return {
    listeners: balancers.flatMap((balancer) =>
      balancer.listeners.flatMap(({ port }) => {
        const hostPort = hostPorts.get(listenerKey(balancer, port));
        const address = addresses.get(balancer.arn);
        if (hostPort === undefined || address === undefined) return [];
        const { name: loadBalancer, dnsName } = balancer;
        return [{ loadBalancer, dnsName, address, port, hostPort }];
      }),
    ),
    nodePorts: nodePorts.flatMap((nodePort) => {
      const hostPort = hostPorts.get(nodePortKey(nodePort));
      return hostPort === undefined ? [] : [{ nodePort, hostPort }];
    }),
  };
}

/** The ports on the host by what they lead to. */
export const hostPortsOf = ({ listeners, nodePorts }: Forwards): Map<string, number> =>
  new Map([
    ...listeners.map(({ dnsName, port, hostPort }) => [`${dnsName}:${port}`, hostPort] as const),
    ...nodePorts.map(({ nodePort, hostPort }) => [nodePortKey(nodePort), hostPort] as const),
  ]);

/** Which port on 127.0.0.1 leads where, as the data plane has last written it. */
export function readForwards(paths: Pick<LocalPaths, "loadBalancers">): Forwards {
  return readJson(dataPlaneFiles(paths.loadBalancers).forwards, noForwards);
}
