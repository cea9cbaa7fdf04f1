import { AWS_TLS, BY_LOCAL, BY_PORT, unchecked } from "./aws-cells.ts";
import {
  arn,
  type Cell,
  fixedPorts,
  httpAndHttps,
  httpAndUdp,
  https,
  refuses,
  takes,
  tcpAndUdpOnOnePort,
  udp,
} from "./table.ts";

const certificates = [arn("one")];
const TOGETHER = { "enable-tcp-udp-listener": "true" };
const NODE_PORTS = { spec: { allocateLoadBalancerNodePorts: undefined } };

const tlsAndUdp = [...https, { name: "quic", port: 443, targetPort: "dns" }];
const udpAndTls = [...tlsAndUdp].reverse();
/** UDP to container port 5353, TCP to 8080. */
const apart = [...udp, { name: "dns-tcp", port: 53, targetPort: "http" }];

/** What a controller that makes one listener of a number does with ports. */
export const listenersOf = (
  name: string,
  toNodes: Readonly<Record<string, string>>,
  toPods: Readonly<Record<string, string>>,
): readonly Cell[] => {
  const keepsClientIp = { preserveClientIp: true };
  const nodes = { ...keepsClientIp, targetType: "Instance" };
  const pods = { ...keepsClientIp, targetType: "Ip" };
  const oneNumber = `args.ports[1].port is 443, must differ from args.ports[0].port, because one of them terminates TLS: ${name} makes one listener per number, without TLS if two protocols share it; choose another number, or a second LoadBalancerService`;
  const fixed = (why: string) => `args.idleTimeoutSeconds is 90, must not be set: ${why}`;
  const udpAlone = (index: number) =>
    fixed(
      `args.ports[${index}] is only UDP, where the idle timeout is fixed; use a second LoadBalancerService for that port`,
    );
  const twoNumbers = [
    { name: "other", port: 8053, targetPort: "dns" },
    { name: "other-tcp", port: 8053, targetPort: "http" },
    ...apart,
    { port: 443, targetPort: "https" },
  ];
  return [
    refuses(
      "tlsPorts",
      { ...nodes, ports: tlsAndUdp, certificates, tlsPorts: ["https"] },
      oneNumber,
    ),
    refuses(
      "tlsPorts",
      { ...pods, ports: udpAndTls, certificates, tlsPorts: ["https"] },
      oneNumber,
    ),
    takes(
      "tcpAndUdp",
      { ...nodes, ports: apart },
      { ...toNodes, ...TOGETHER },
      { ...NODE_PORTS, sharedNumbers: [53] },
    ),
    takes(
      "tcpAndUdp",
      { ...nodes, ports: twoNumbers },
      { ...toNodes, ...TOGETHER },
      { ...NODE_PORTS, sharedNumbers: [53, 8053] },
    ),
    takes(
      "tcpAndUdp",
      { ...pods, ports: tcpAndUdpOnOnePort },
      { ...toPods, ...TOGETHER },
      { spec: { allocateLoadBalancerNodePorts: false } },
    ),
    refuses(
      "tcpAndUdp",
      { ...pods, ports: apart },
      `args.ports[1].targetPort is "http", must be one of containerPort 5353 like args.ports[0].targetPort: ${name} sends both protocols of a number to one port of the Pods; choose another number, or args.targetType "Instance"`,
    ),
    takes(
      "idleTimeoutSeconds",
      { ...nodes, ports: apart, idleTimeoutSeconds: 90 },
      { ...toNodes, ...TOGETHER, "listener-attributes.TCP_UDP-53": "tcp.idle_timeout.seconds=90" },
      { ...NODE_PORTS, sharedNumbers: [53] },
    ),
    takes(
      "idleTimeoutSeconds",
      { ...nodes, ports: httpAndHttps, certificates, idleTimeoutSeconds: 90 },
      { ...toNodes, ...AWS_TLS, "listener-attributes.TCP-80": "tcp.idle_timeout.seconds=90" },
      NODE_PORTS,
    ),
    refuses(
      "idleTimeoutSeconds",
      { ports: https, certificates, idleTimeoutSeconds: 90 },
      fixed("every port terminates TLS, where the idle timeout is fixed"),
    ),
    refuses(
      "idleTimeoutSeconds",
      { ...nodes, ports: udp, externalTrafficPolicy: "Local", idleTimeoutSeconds: 90 },
      udpAlone(0),
    ),
    refuses(
      "idleTimeoutSeconds",
      { ...nodes, ports: httpAndUdp, healthCheckPort: "http", idleTimeoutSeconds: 90 },
      udpAlone(1),
    ),
    takes(
      "tcpAndUdp",
      { ...nodes, ports: withNodePorts(30053, 30053) },
      { ...toNodes, ...TOGETHER },
      NODE_PORTS,
    ),
    refuses(
      "tcpAndUdp",
      { ...nodes, ports: withNodePorts(30053, 30054) },
      `args.ports[1].nodePort is 30054, must be 30053 like args.ports[0].nodePort: ${name} sends both protocols of a number to one node port`,
    ),
    refuses(
      "tcpAndUdp",
      { ...nodes, ports: withNodePorts(undefined, 30054) },
      `args.ports[1].nodePort is 30054, must be set on both ports or on none like args.ports[0].nodePort: ${name} sends both protocols of a number to one node port`,
    ),
    refuses(
      "ports",
      { ...pods, ports: fixedPorts },
      `args.ports[0].nodePort is 30080, must not be set: ${name} sends no traffic to node ports here`,
      `args.ports[1].nodePort is 30081, must not be set: ${name} sends no traffic to node ports here`,
    ),
  ];
};

/** Two numbers that lead to one container port. */
const oneContainerPort = [...udp, { port: 8053, targetPort: "dns-tcp" }];

/** What becomes of UDP ports, which no health check can connect to. */
export const uncheckedCells = (
  toNodes: Readonly<Record<string, string>>,
  toPods: Readonly<Record<string, string>>,
): readonly Cell[] => {
  const nodes = { preserveClientIp: true, targetType: "Instance" };
  const pods = { preserveClientIp: true, targetType: "Ip" };
  const annotations = { "healthcheck-port": "8080" };
  const local = { externalTrafficPolicy: "Local" };
  return [
    takes(
      "healthCheckPort",
      { ...nodes, ports: httpAndHttps, healthCheckPort: "https" },
      { ...toNodes, "healthcheck-port": "https" },
      NODE_PORTS,
    ),
    refuses(
      "healthCheckPort",
      { ...nodes, healthCheckPort: "metrics" },
      'args.healthCheckPort is "metrics", must be the name of a port: "http"',
    ),
    refuses(
      "healthCheckPort",
      { ...nodes, ...local, healthCheckPort: "http" },
      'args.healthCheckPort is "http", must not be set with externalTrafficPolicy "Local": nodes report whether they have a ready Pod',
    ),
    refuses(
      "healthCheckPort",
      { ...nodes, ports: httpAndUdp, healthCheckPort: "dns" },
      'args.healthCheckPort is "dns", must be the name of a TCP port: "http"',
    ),
    refuses("udp", { ...nodes, ports: udp }, unchecked(0, BY_LOCAL)),
    refuses("udp", { ...pods, ports: udp }, unchecked(0)),
    refuses("udp", { ...nodes, ports: httpAndUdp }, unchecked(1, BY_PORT, BY_LOCAL)),
    refuses(
      "udp",
      { ...nodes, ports: oneContainerPort },
      unchecked(0, 'args.healthCheckPort "dns-tcp"', BY_LOCAL),
    ),
    takes("udp", { ...pods, ports: oneContainerPort }, toPods, {
      spec: { allocateLoadBalancerNodePorts: false },
    }),
    refuses(
      "healthCheckPort",
      { ...nodes, ports: [...httpAndHttps, ...udp], healthCheckPort: "dns" },
      'args.healthCheckPort is "dns", must be the name of a TCP port: "http" or "https"',
    ),
    refuses("udp", { ...pods, ports: httpAndUdp }, unchecked(1, BY_PORT)),
    takes(
      "udp",
      { ...nodes, ...local, ports: udp },
      { ...toNodes, "healthcheck-protocol": undefined },
      { spec: { ...NODE_PORTS.spec, ...local } },
    ),
    takes(
      "udp",
      { ...pods, ports: udp, annotations },
      { ...toPods, ...annotations },
      { spec: { allocateLoadBalancerNodePorts: false } },
    ),
    takes(
      "udp",
      { ...nodes, ports: httpAndUdp, healthCheckPort: "http" },
      { ...toNodes, "healthcheck-port": "http" },
      NODE_PORTS,
    ),
  ];
};

/** Two protocols of one number, each with a port of the nodes. */
function withNodePorts(...nodePorts: readonly (number | undefined)[]) {
  return tcpAndUdpOnOnePort.map((port, index) => {
    const nodePort = nodePorts[index];
    return nodePort === undefined ? port : { ...port, nodePort };
  });
}
