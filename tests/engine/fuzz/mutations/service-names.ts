import fc from "fast-check";
import type { NodePortServiceArgs } from "../../../../components/index.ts";
import type { ComponentName } from "../render.ts";
import { oneOfEach, twoBackendPorts, twoPorts } from "./bases.ts";
import { breaks, breaksKey, breaksName, type Mutation } from "./mutation.ts";
import { not } from "./values.ts";

const COMPONENTS = ["Backend", "LoadBalancerService", "NodePortService"] as const;
const ENTRANCES = ["LoadBalancerService", "NodePortService"] as const;

const ofAll = (mutate: (component: ComponentName) => Mutation) => COMPONENTS.map(mutate);
const ofEntrances = (mutate: (component: ComponentName) => Mutation) => ENTRANCES.map(mutate);

const backend = { args: twoBackendPorts };
const entrance = { args: twoPorts };

/** The rules of a Service's names and syntax. */
export const serviceNames: readonly Mutation[] = [
  ...ofAll((it) => breaksName("Service name: DNS-1035 label", it, not.dns1035)),
  ...ofAll((it) => breaks("Service name: DNS-1035 label", it, "serviceName", not.dns1035)),
  breaks("ports[].name: DNS-1123 label", "Backend", "ports[0].name", not.dns1123),
  ...ofEntrances((it) => breaks("ports[].name: DNS-1123 label", it, "ports[0].name", not.dns1123)),
  breaks(
    "ports[].name: required with several ports",
    "Backend",
    "ports[1].name",
    [undefined],
    backend,
  ),
  breaks("ports[].name: once per Service", "Backend", "ports[1].name", ["one"], backend),
  ...ofEntrances((it) =>
    breaks("ports[].name: once per Service", it, "ports[1].name", ["one"], entrance),
  ),
  breaks("container port name: IANA service name", "Backend", "ports[0].name", not.ianaName),
  ...ofEntrances((it) =>
    breaks("targetPort: IANA service name", it, "ports[0].targetPort", not.ianaName),
  ),
  ...ofEntrances((it) =>
    breaks("targetPort: IANA service name", it, "target.ports[0].name", not.ianaName),
  ),
  breaks("port: 1 to 65535", "Backend", "ports[0].port", not.portNumber),
  breaks("containerPort: 1 to 65535", "Backend", "ports[0].containerPort", not.portNumber),
  ...ofEntrances((it) => breaks("port: 1 to 65535", it, "ports[0].port", not.portNumber)),
  ...ofEntrances((it) =>
    breaks("numeric targetPort: 1 to 65535", it, "target.ports[0].containerPort", not.portNumber),
  ),
  breaks("protocol: TCP, UDP or SCTP", "Backend", "ports[0].protocol", not.choice.slice(0, -2)),
  ...ofEntrances((it) =>
    breaks("protocol: TCP, UDP or SCTP", it, "target.ports[0].protocol", not.choice),
  ),
  breaks("appProtocol: qualified name", "Backend", "ports[0].appProtocol", not.qualified),
  ...ofEntrances((it) =>
    breaks("appProtocol: qualified name", it, "target.ports[0].appProtocol", not.qualified),
  ),
  breaksKey("label key: qualified name", "Backend", "labels", not.qualified),
  breaks("label value: at most 63 characters", "Backend", 'labels["a"]', not.labelValue, {
    args: { labels: {} },
  }),
  ...ofEntrances((it) =>
    breaksKey("selector key: qualified name", it, "target.selector", not.qualified),
  ),
  ...ofEntrances((it) =>
    breaks("selector value: 1 to 63 characters", it, "target.selector.app", [
      "",
      ...not.labelValue,
    ]),
  ),
  ...ofEntrances((it) => breaks("selector: at least one label", it, "target.selector", [{}, null])),
  breaks("selector value: 1 to 63 characters", "Backend", "app", ["", ...not.labelValue]),
  breaksKey(
    "annotation key: qualified name in lower case",
    "Backend",
    "annotations",
    not.annotationKey,
  ),
  breaksKey(
    "annotation key: qualified name in lower case",
    "Backend",
    "serviceAccountAnnotations",
    not.annotationKey,
    { args: { serviceAccountName: undefined } },
  ),
  breaks("annotations: 262144 bytes", "Backend", "annotations", [
    { a: "x".repeat(262_144) },
    Object.fromEntries(["a", "b"].map((key) => [key, "ä".repeat(70_000)])),
  ]),
  breaks(
    "annotations: 262144 bytes",
    "Backend",
    "serviceAccountAnnotations",
    [{ a: "x".repeat(262_144) }],
    { args: { serviceAccountName: undefined } },
  ),
  breaks("(protocol, port): once per Service", "Backend", "ports[1].port", [80], backend),
  ...ofEntrances((it) =>
    breaks("(protocol, port): once per Service", it, "ports[1].port", [80], entrance),
  ),
  breaks(
    "(protocol, nodePort): once per Service",
    "NodePortService",
    "ports[1].nodePort",
    [30_080],
    {
      args: (args: NodePortServiceArgs) => ({
        ...twoPorts(args),
        cluster: { ...args.cluster, nodePortRange: undefined },
        ports: [
          { port: 80, targetPort: "one", nodePort: 30_080 },
          { port: 81, targetPort: "two" },
        ],
      }),
    },
  ),
  breaks("nodePort: of one port number", "NodePortService", "ports[1].nodePort", [30_080], {
    args: (args: NodePortServiceArgs) => ({
      ...oneOfEach(args),
      cluster: { ...args.cluster, nodePortRange: undefined },
      ports: [
        { port: 80, targetPort: "one", nodePort: 30_080 },
        { port: 81, targetPort: "two" },
      ],
    }),
  }),
  // A Backend without ports is a worker.
  breaks("ports: a list", "Backend", "ports", [null, undefined, {}]),
  ...ofEntrances((it) => breaks("ports: at least one", it, "ports", [[], null, undefined, {}])),
  breaks(
    "ports: at most 50 listeners of a Network Load Balancer",
    "LoadBalancerService",
    "ports",
    fc.integer({ min: 51, max: 70 }).map((count) =>
      Array.from({ length: count }, (_, index) => ({
        port: index + 1,
        targetPort: "one",
        name: `p${index}`,
      })),
    ),
    { args: twoPorts, path: "args.ports.length" },
  ),
];
