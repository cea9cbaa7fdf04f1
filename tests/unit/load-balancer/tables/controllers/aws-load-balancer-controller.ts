import { BY_LOCAL, BY_PORT, unchecked } from "../aws-cells.ts";
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

const TO_PODS = { "nlb-target-type": "ip" };
const WITHOUT_NODE_PORTS = { spec: { allocateLoadBalancerNodePorts: false } };

/** By default it sends traffic to the nodes, and an annotation of its own turns the PROXY protocol on. */
export const table: ControllerTable = networkLoadBalancer({
  controller: "AwsLoadBalancerController",
  documentation:
    "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/",
  targetType: "instance",
  targetGroupAttributes: "preserve_client_ip.enabled=true",
  spec: { loadBalancerClass: "service.k8s.aws/nlb" },
  proxyProtocol: ["proxy-protocol"],
  toNodes: {},
  toPods: TO_PODS,
  cells: [
    refuses(
      "tlsPorts",
      { ports: udp, certificates: [arn("one")], tlsPorts: ["dns"] },
      'args.ports[0].targetPort is "dns", must be a TCP port, because it terminates TLS',
      unchecked(0, BY_LOCAL),
    ),
    takes(
      "targetType",
      { targetType: "Ip" },
      { ...TO_PODS, "target-group-attributes": "preserve_client_ip.enabled=false" },
      WITHOUT_NODE_PORTS,
    ),
    takes("targetType", { targetType: "Instance" }),
    takes("proxyProtocol", { proxyProtocol: true }, { "proxy-protocol": "*" }),
    takes(
      "preserveClientIp",
      { preserveClientIp: false },
      { "target-group-attributes": "preserve_client_ip.enabled=false" },
    ),
    takes(
      "preserveClientIp",
      { preserveClientIp: true, targetType: "Ip" },
      TO_PODS,
      WITHOUT_NODE_PORTS,
    ),
    takes(
      "externalTrafficPolicy",
      { externalTrafficPolicy: "Local" },
      { "healthcheck-protocol": undefined },
      { spec: { externalTrafficPolicy: "Local" } },
    ),
    refuses(
      "externalTrafficPolicy",
      { externalTrafficPolicy: "Local", healthCheckPath: "/readyz" },
      'args.healthCheckPath is "/readyz", must not be set with externalTrafficPolicy "Local": nodes report whether they have a ready Pod',
    ),
    refuses("udp", { ports: udp }, unchecked(0, BY_LOCAL)),
    refuses("udp", { ports: httpAndUdp }, unchecked(1, BY_PORT, BY_LOCAL)),
    refuses(
      "udp",
      { ports: udp, targetType: "Ip" },
      "args.preserveClientIp is false, must be true: args.ports[0] is a UDP port, for which AWS always keeps the client's address",
      unchecked(0),
    ),
    takes(
      "udp",
      { ports: httpAndUdp, targetType: "Ip", preserveClientIp: true, healthCheckPort: "http" },
      { ...TO_PODS, "healthcheck-port": "http" },
      WITHOUT_NODE_PORTS,
    ),
    takes(
      "tcpAndUdp",
      { ports: tcpAndUdpOnOnePort },
      { "enable-tcp-udp-listener": "true" },
      { sharedNumbers: [53] },
    ),
  ],
});
