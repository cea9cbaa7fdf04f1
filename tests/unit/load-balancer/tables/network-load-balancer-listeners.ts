import { type Cell, httpAndHttps, httpAndUdp, https, tcpAndUdpOnOnePort, udp } from "./table.ts";

const certificates = ["arn:aws:acm:eu-central-1:111122223333:certificate/one"];
const LISTENER = "service.beta.kubernetes.io/aws-load-balancer-listener-attributes";
const TOGETHER = {
  "service.beta.kubernetes.io/aws-load-balancer-enable-tcp-udp-listener": "true",
};
const TLS = {
  "service.beta.kubernetes.io/aws-load-balancer-ssl-cert": certificates[0] ?? "",
  "service.beta.kubernetes.io/aws-load-balancer-ssl-ports": "443",
  "service.beta.kubernetes.io/aws-load-balancer-ssl-negotiation-policy":
    "ELBSecurityPolicy-TLS13-1-2-2021-06",
  "service.beta.kubernetes.io/aws-load-balancer-backend-protocol": "tcp",
  "service.beta.kubernetes.io/aws-load-balancer-alpn-policy": "None",
};

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
  return [
    {
      cell: "tlsPorts",
      when: "the number is UDP's, too",
      asked: { ...nodes, ports: tlsAndUdp, certificates, tlsPorts: ["https"] },
      refused: [
        `args.ports[1].port is 443, must differ from args.ports[0].port, because one of them terminates TLS: ${name} makes one listener per number, without TLS if two protocols share it; choose another number, or a second LoadBalancerService`,
      ],
    },
    {
      cell: "tlsPorts",
      when: "the number is UDP's first",
      asked: { ...pods, ports: udpAndTls, certificates, tlsPorts: ["https"] },
      refused: [
        `args.ports[1].port is 443, must differ from args.ports[0].port, because one of them terminates TLS: ${name} makes one listener per number, without TLS if two protocols share it; choose another number, or a second LoadBalancerService`,
      ],
    },
    {
      cell: "tcpAndUdp",
      when: "the nodes know the container port of each",
      asked: { ...nodes, ports: apart },
      annotations: { ...toNodes, ...TOGETHER },
      spec: { allocateLoadBalancerNodePorts: undefined },
      sharedNumbers: [53],
    },
    {
      cell: "tcpAndUdp",
      when: "there are two such numbers",
      asked: {
        ...nodes,
        ports: [
          { name: "other", port: 8053, targetPort: "dns" },
          { name: "other-tcp", port: 8053, targetPort: "http" },
          ...apart,
          { port: 443, targetPort: "https" },
        ],
      },
      annotations: { ...toNodes, ...TOGETHER },
      spec: { allocateLoadBalancerNodePorts: undefined },
      sharedNumbers: [53, 8053],
    },
    {
      cell: "tcpAndUdp",
      when: "they go to one port of the Pods",
      asked: { ...pods, ports: tcpAndUdpOnOnePort },
      annotations: { ...toPods, ...TOGETHER },
      spec: { allocateLoadBalancerNodePorts: false },
    },
    {
      cell: "tcpAndUdp",
      when: "they go to different ports of the Pods",
      asked: { ...pods, ports: apart },
      refused: [
        `args.ports[1].targetPort is "http", must be one of containerPort 5353 like args.ports[0].targetPort: ${name} sends both protocols of a number to one port of the Pods; choose another number, or args.targetType "Instance"`,
      ],
    },
    {
      cell: "idleTimeoutSeconds",
      when: "two protocols have the number",
      asked: { ...nodes, ports: apart, idleTimeoutSeconds: 90 },
      annotations: {
        ...toNodes,
        ...TOGETHER,
        [`${LISTENER}.TCP_UDP-53`]: "tcp.idle_timeout.seconds=90",
      },
      spec: { allocateLoadBalancerNodePorts: undefined },
      sharedNumbers: [53],
    },
    {
      cell: "idleTimeoutSeconds",
      when: "one of two ports takes TLS",
      asked: { ...nodes, ports: httpAndHttps, certificates, idleTimeoutSeconds: 90 },
      annotations: {
        ...toNodes,
        ...TLS,
        [`${LISTENER}.TCP-80`]: "tcp.idle_timeout.seconds=90",
      },
      spec: { allocateLoadBalancerNodePorts: undefined },
    },
    {
      cell: "idleTimeoutSeconds",
      when: "every port takes TLS",
      asked: { ports: https, certificates, idleTimeoutSeconds: 90 },
      refused: [
        "args.idleTimeoutSeconds is 90, must not be set: every port terminates TLS, where the idle timeout is fixed",
      ],
    },
    {
      cell: "idleTimeoutSeconds",
      when: "the first port is UDP alone",
      asked: { ...nodes, ports: udp, idleTimeoutSeconds: 90 },
      refused: [
        "args.idleTimeoutSeconds is 90, must not be set: args.ports[0] is only UDP, where the idle timeout is fixed; use a second LoadBalancerService for that port",
      ],
    },
    {
      cell: "idleTimeoutSeconds",
      when: "a port is UDP alone",
      asked: { ...nodes, ports: httpAndUdp, idleTimeoutSeconds: 90 },
      refused: [
        "args.idleTimeoutSeconds is 90, must not be set: args.ports[1] is only UDP, where the idle timeout is fixed; use a second LoadBalancerService for that port",
      ],
    },
  ];
};
