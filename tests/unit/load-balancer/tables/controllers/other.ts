import { everywhere, RANGES } from "../source-ranges.ts";
import { type Asked, type ControllerTable, internal, refuses, takes } from "../table.ts";

/** What a cluster states of its controller, beside what it always states. */
const cluster = (more: object = {}, controller = "Other"): Asked => ({
  cluster: {
    controller,
    allowPublic: true,
    otherController: {
      addressKind: "ip",
      publicAnnotations: { "example.com/public": "true" },
      internalAnnotations: { "example.com/network": "inner" },
      ...more,
    },
  },
});

/** What ranges mean is stated: nothing, if nobody says otherwise. */
const everybodyAlone = {
  nothing: ["all4", "all"],
  IPv4: ["all4", "all"],
  IPv6: ["all6", "all"],
  single: ["all4", "all"],
  preferred: ["all"],
  required: ["all"],
} as const;

/** A controller that the package does not know: what is stated of it is all. */
export const table: ControllerTable = {
  controller: "Other",
  documentation: "https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer",
  maximumPorts: 65535,
  silent: true,
  prefix: "",
  asked: cluster(),
  plain: {
    annotations: { "example.com/public": "true" },
    spec: { ipFamilies: ["IPv4"], loadBalancerSourceRanges: ["0.0.0.0/0"] },
  },
  addressKind: "ip",
  evidence: { begun: [], accepted: [], refused: [], unfinished: [], answersEachChange: false },
  forceNewKeys: [],
  exposureKeys: [RANGES],
  sourceRanges: { by: "nothing", voidedBy: {} },
  keys: {},
  protocols: "TCP, UDP and SCTP",
  sessionAffinity: true,
  refusedAnnotations: [{ "example.com/public": "true" }, { "example.com/network": "inner" }],
  cells: [
    takes(
      "exposure",
      internal,
      { "example.com/public": undefined, "example.com/network": "inner" },
      { spec: { ipFamilies: undefined, loadBalancerSourceRanges: undefined } },
    ),
    takes(
      "exposure",
      cluster({ loadBalancerClass: "example.com/front", internalAnnotations: undefined }),
      {},
      { spec: { loadBalancerClass: "example.com/front" } },
    ),
    takes("exposure", cluster({ publicAnnotations: {} }), { "example.com/public": undefined }),
    refuses(
      "exposure",
      cluster({ publicAnnotations: undefined }),
      "args.cluster.otherController.publicAnnotations is undefined, must state the annotations that make a public load balancer; use {} if it needs none",
    ),
    refuses(
      "exposure",
      { ...cluster({ internalAnnotations: undefined }), ...internal },
      "args.cluster.otherController.internalAnnotations is undefined, must state the annotations that make an internal load balancer; use {} if it needs none",
    ),
    refuses(
      "exposure",
      { cluster: { controller: "Other", allowPublic: true } },
      "args.cluster.otherController is undefined, must be an object",
    ),
    refuses(
      "exposure",
      cluster({ addressKind: "name", loadBalancerClass: "front!", enforcesSourceRanges: "yes" }),
      'args.cluster.otherController.addressKind is "name", must be "ip" or "hostname"',
      'args.cluster.otherController.loadBalancerClass is "front!", must be a name of at most 63 letters, digits, "-", "_" and ".", optionally after a DNS name and "/"',
      'args.cluster.otherController.enforcesSourceRanges is "yes", must be true or false',
    ),
    refuses(
      "exposure",
      { ...cluster({}, "MetalLb"), addressPool: "public" },
      'args.cluster.otherController is an object, must not be set unless args.cluster.controller is "Other"',
    ),
    refuses(
      "annotations",
      { ...internal, annotations: { "example.com/public": "true" } },
      'args.annotations key is "example.com/public", must not be set: other arguments decide it for Other',
    ),
    takes("annotations", { annotations: { "example.com/pool": "a" } }, { "example.com/pool": "a" }),
    takes(
      "sourceRanges",
      { ...cluster({ enforcesSourceRanges: true }), sourceRanges: ["198.51.100.0/24"] },
      {},
      { spec: { loadBalancerSourceRanges: ["198.51.100.0/24"] } },
    ),
    refuses(
      "sourceRanges",
      { sourceRanges: ["198.51.100.0/24"] },
      'args.sourceRanges[0] is "198.51.100.0/24", must be "0.0.0.0/0" or "::/0": Other does not enforce source ranges; use a firewall on the nodes, or a controller that does',
    ),
    refuses(
      "sourceRanges",
      { ...cluster({ enforcesSourceRanges: true }), sourceRanges: ["2001:db8::/32"] },
      'args.sourceRanges[0] is "2001:db8::/32", must be an IPv4 range, unless args.ipFamilies names IPv6 or args.ipFamilyPolicy asks for two families: it has no IPv6 address',
    ),
  ],
  changes: {},
  changesFrom: {},
  ranges: {
    sources: ["the cluster states what enforces them"],
    taken: everywhere(everybodyAlone),
    weakened: [],
    annotations: { [RANGES]: "0.0.0.0/0", "example.com/network": "outer" },
    nodePorts: "always",
    letsIn: () => true,
  },
};
