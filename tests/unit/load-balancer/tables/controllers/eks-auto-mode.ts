import { BY_PORT, unchecked } from "../aws-cells.ts";
import { networkLoadBalancer } from "../network-load-balancer.ts";
import {
  arn,
  type ControllerTable,
  httpAndUdp,
  refuses,
  takes,
  tcpAndUdpOnOnePort,
  udp,
} from "../table.ts";

const KEEPS_CLIENT_IP = {
  "target-group-attributes": "preserve_client_ip.enabled=true,proxy_protocol_v2.enabled=false",
};
const TO_NODES = { ...KEEPS_CLIENT_IP, "nlb-target-type": "instance" };
const NODE_PORTS = { spec: { allocateLoadBalancerNodePorts: undefined } };

/** By default it sends traffic to the Pods, and the PROXY protocol is an attribute of the target groups. */
export const table: ControllerTable = networkLoadBalancer({
  controller: "EksAutoMode",
  documentation: "https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-nlb.html",
  targetType: "ip",
  targetGroupAttributes: "preserve_client_ip.enabled=false,proxy_protocol_v2.enabled=false",
  spec: { loadBalancerClass: "eks.amazonaws.com/nlb", allocateLoadBalancerNodePorts: false },
  proxyProtocol: ["target-group-attributes"],
  toNodes: TO_NODES,
  toPods: KEEPS_CLIENT_IP,
  cells: [
    refuses(
      "tlsPorts",
      { ports: udp, certificates: [arn("one")], tlsPorts: ["dns"] },
      'args.ports[0].targetPort is "dns", must be a TCP port, because it terminates TLS',
      "args.preserveClientIp is false, must be true: args.ports[0] is a UDP port, for which AWS always keeps the client's address",
      unchecked(0),
    ),
    takes("targetType", { targetType: "Ip" }),
    takes("targetType", { targetType: "Instance" }, TO_NODES, NODE_PORTS),
    takes(
      "proxyProtocol",
      { proxyProtocol: true },
      {
        "target-group-attributes":
          "preserve_client_ip.enabled=false,proxy_protocol_v2.enabled=true",
      },
    ),
    takes(
      "preserveClientIp",
      { preserveClientIp: false, targetType: "Instance" },
      { "nlb-target-type": "instance" },
      NODE_PORTS,
    ),
    takes("preserveClientIp", { preserveClientIp: true, targetType: "Ip" }, KEEPS_CLIENT_IP),
    takes(
      "externalTrafficPolicy",
      { externalTrafficPolicy: "Local", targetType: "Instance" },
      { ...TO_NODES, "healthcheck-protocol": undefined },
      { spec: { ...NODE_PORTS.spec, externalTrafficPolicy: "Local" } },
    ),
    refuses(
      "externalTrafficPolicy",
      { externalTrafficPolicy: "Local" },
      'args.externalTrafficPolicy is "Local", must not be set if args.targetType is "Ip", the Pods themselves are sent the traffic',
    ),
    refuses(
      "externalTrafficPolicy",
      { externalTrafficPolicy: "Local", healthCheckPath: "/readyz", targetType: "Instance" },
      'args.healthCheckPath is "/readyz", must not be set with externalTrafficPolicy "Local": nodes report whether they have a ready Pod',
    ),
    refuses(
      "udp",
      { ports: udp },
      "args.preserveClientIp is false, must be true: args.ports[0] is a UDP port, for which AWS always keeps the client's address",
      unchecked(0),
    ),
    refuses(
      "udp",
      { ports: httpAndUdp },
      "args.preserveClientIp is false, must be true: args.ports[1] is a UDP port, for which AWS always keeps the client's address",
      unchecked(1, BY_PORT),
    ),
    takes(
      "udp",
      { ports: httpAndUdp, preserveClientIp: true, healthCheckPort: "http" },
      { ...KEEPS_CLIENT_IP, "healthcheck-port": "http" },
    ),
    takes(
      "udp",
      { ports: httpAndUdp, targetType: "Instance", healthCheckPort: "http" },
      { ...TO_NODES, "healthcheck-port": "http" },
      NODE_PORTS,
    ),
    refuses(
      "tcpAndUdp",
      { ports: tcpAndUdpOnOnePort },
      "args.preserveClientIp is false, must be true: args.ports[0] is a UDP port, for which AWS always keeps the client's address",
    ),
    takes(
      "tcpAndUdp",
      { ports: tcpAndUdpOnOnePort, preserveClientIp: true },
      { ...KEEPS_CLIENT_IP, "enable-tcp-udp-listener": "true" },
    ),
  ],
});
