import { type Forwards, readForwards } from "../cloud/load-balancers/forwards.ts";
import { readNetwork } from "../cloud/network.ts";
import { UserError } from "../errors.ts";
import { waitFor } from "../wait.ts";
import type { World } from "./world.ts";

const FORWARDED_WITHIN_SECONDS = 30;

/** A node, as the network knows it. */
export interface Place {
  readonly name: string;
  readonly address: string;
}

/** Every node. */
export function nodes({ paths }: World): Place[] {
  const instances = readNetwork(paths)?.instances ?? [];
  return instances.map(({ privateDnsName, privateIpAddress }) => ({
    name: privateDnsName,
    address: privateIpAddress,
  }));
}

/** The port that a Service of a type with one has on every node. */
export async function nodePortOf(
  { core, example: { namespace } }: World,
  name: string,
): Promise<number> {
  const { spec } = await core.readNamespacedService({ name, namespace });
  const port = spec?.ports?.[0]?.nodePort;
  if (port === undefined) throw new UserError(`The Service ${name} has no node port`);
  return port;
}

/** The name of the load balancer in a Service's status; empty where it has none. */
export async function balancerNameOf(
  { core, example: { namespace } }: World,
  name: string,
): Promise<string> {
  const { status } = await core.readNamespacedService({ name, namespace });
  return status?.loadBalancer?.ingress?.[0]?.hostname ?? "";
}

/** URL on this computer that leads to a port of the nodes. */
export function nodePortOnHost(world: World, nodePort: number): Promise<string> {
  return onHost(world, `node port ${nodePort}`, ({ nodePorts }) =>
    nodePorts.find((it) => it.nodePort === nodePort),
  );
}

/** URL on this computer that leads to a load balancer, and that one's address in the nodes' network. */
export async function balancerOnHost(world: World, dnsName: string) {
  const find = ({ listeners }: Forwards) => listeners.find((it) => it.dnsName === dnsName);
  const url = await onHost(world, `the load balancer ${dnsName}`, find);
  return { url, address: find(readForwards(world.paths))?.address ?? "" };
}

function onHost(
  world: World,
  what: string,
  find: (forwards: Forwards) => { readonly hostPort: number } | undefined,
): Promise<string> {
  return waitFor(
    () => {
      const found = find(readForwards(world.paths));
      return found && `http://127.0.0.1:${found.hostPort}`;
    },
    {
      awaited: `a way from this computer to ${what}`,
      timeoutSeconds: FORWARDED_WITHIN_SECONDS,
      signal: world.signal,
    },
  );
}
