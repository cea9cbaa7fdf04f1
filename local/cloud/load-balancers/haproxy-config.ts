import { type HaproxySection, haproxyText } from "../../formats/haproxy.ts";
import { type Balancer, type Balancing, isCarried, type TargetGroup } from "./balancing.ts";
import { backendOf } from "./haproxy-backend.ts";
import { handOverSocket, STATE } from "./haproxy-root.ts";

/** Everything that decides HAProxy's configuration. */
export interface Plan extends Balancing {
  /** IP address in the namespace by the load balancer's ARN; one without is not carried. */
  readonly addresses: ReadonlyMap<string, string>;
  /** Port on 127.0.0.1 of the host by the key of what it leads to. */
  readonly hostPorts: ReadonlyMap<string, number>;
  /** Node ports of Services of type NodePort. */
  readonly nodePorts: readonly number[];
  /** IP addresses of the nodes. */
  readonly nodes: readonly string[];
}

/** Names a listener among what can be reached from the host. */
export const listenerKey = ({ dnsName }: Balancer, port: number): string => `${dnsName}:${port}`;

/** Names a node port among what can be reached from the host; no load balancer can have that name. */
export const nodePortKey = (nodePort: number): string => `node_port:${nodePort}`;

/**
 * Writes the configuration of HAProxy that carries what the simulated network load balancers take.
 *
 * As at a network load balancer, a connection that fails is not tried again, here or elsewhere: no loss is hidden. It differs in that
 * HAProxy ends the client's connection and opens one of its own: the targets see the namespace's address in place of the client's
 * (`preserve_client_ip` cannot be had), and a client whose target refuses is accepted first and closed then. Each load balancer has one
 * address for all zones, which sends to the targets of every zone, as with cross-zone load balancing on. Whom the security groups
 * refuse does not get this far: the packets are filtered before.
 */
export function haproxyConfig(plan: Plan): string {
  const groups = new Map(plan.groups.map((group) => [group.arn, group]));
  const frontends = plan.balancers.flatMap((balancer) => frontendsOf(balancer, groups, plan));
  const backends = carriedGroups(plan).map((group) => backendOf(group));
  const nodePorts = plan.nodePorts.flatMap((nodePort) => nodePortProxy(nodePort, plan));
  return haproxyText("haproxy.cfg", [...HEAD, ...frontends, ...backends, ...nodePorts]);
}

/** The target groups to which connections are carried. */
export function carriedGroups({ balancers, groups }: Balancing): TargetGroup[] {
  const listeners = balancers.flatMap((balancer) => balancer.listeners).filter(isCarried);
  const used = new Set(listeners.map(({ groupArn }) => groupArn));
  return groups.filter(({ arn }) => used.has(arn));
}

/** A network load balancer forgets an idle connection then: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#connection-idle-timeout */
const IDLE_SECONDS = 350;

const HEAD: readonly HaproxySection[] = [
  {
    keyword: "global",
    // Another program with this port is an error, not somebody to share connections with.
    lines: [["noreuseport"], ["server-state-file", `/${STATE}`]],
  },
  {
    keyword: "defaults",
    lines: [
      ["mode", "tcp"],
      ["retries", 0],
      ["no", "option", "redispatch"],
      ["load-server-state-from-file", "global"],
      ["timeout", "connect", "10s"],
      ["timeout", "client", `${IDLE_SECONDS}s`],
      ["timeout", "server", `${IDLE_SECONDS}s`],
    ],
  },
];

function frontendsOf(
  balancer: Balancer,
  groups: ReadonlyMap<string, TargetGroup>,
  { addresses, hostPorts }: Plan,
): HaproxySection[] {
  const address = addresses.get(balancer.arn);
  if (address === undefined) return [];
  return balancer.listeners.filter(isCarried).map((listener) => {
    const group = groups.get(listener.groupArn ?? "");
    const hostPort = hostPorts.get(listenerKey(balancer, listener.port));
    return {
      keyword: "frontend",
      name: `${balancer.name}:${listener.port}`,
      lines: [
        ["bind", `${address}:${listener.port}`],
        ...bindForHost(hostPort),
        ...(group ? [["default_backend", group.name]] : []),
      ],
    };
  });
}

/** HAProxy has no way to the host's own network: a process that listens there hands connections over by a socket. */
const bindForHost = (hostPort: number | undefined): string[][] =>
  hostPort === undefined ? [] : [["bind", `unix@/${handOverSocket(hostPort)}`]];

/** From 127.0.0.1 of the host to a port of the nodes that answer on it. */
function nodePortProxy(nodePort: number, { hostPorts, nodes }: Plan): HaproxySection[] {
  const hostPort = hostPorts.get(nodePortKey(nodePort));
  if (hostPort === undefined) return [];
  const checked = ["check", "inter", "1s"];
  return [
    {
      keyword: "listen",
      name: nodePortKey(nodePort),
      lines: [
        ...bindForHost(hostPort),
        ["balance", "roundrobin"],
        ...nodes.map((node) => ["server", node, `${node}:${nodePort}`, ...checked]),
      ],
    },
  ];
}
