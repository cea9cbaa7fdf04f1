import { asTheService, everywhere, KUBE_PROXY, RANGES } from "../source-ranges.ts";
import { type ControllerTable, internal, refuses, takes } from "../table.ts";

export const table: ControllerTable = {
  controller: "K3sServiceLb",
  documentation: "https://docs.k3s.io/networking/networking-services#service-load-balancer",
  maximumPorts: 65535,
  silent: true,
  prefix: "",
  asked: {},
  plain: {
    annotations: {},
    spec: {
      allocateLoadBalancerNodePorts: false,
      ipFamilies: ["IPv4"],
      loadBalancerSourceRanges: ["0.0.0.0/0"],
    },
  },
  addressKind: "ip",
  evidence: { begun: [], accepted: [], refused: [], unfinished: [], answersEachChange: false },
  forceNewKeys: [],
  exposureKeys: ["service.beta.kubernetes.io/load-balancer-source-ranges"],
  sourceRanges: { by: "the Pods of ServiceLB, and kube-proxy", voidedBy: {} },
  keys: {},

  protocols: "TCP, UDP and SCTP",
  sessionAffinity: true,
  refusedAnnotations: [],
  cells: [
    takes(
      "exposure",
      { exposure: "Internal", sourceRanges: ["10.0.0.0/8"] },
      {},
      { spec: { loadBalancerSourceRanges: ["10.0.0.0/8"] } },
    ),
    refuses(
      "exposure",
      internal,
      'args.sourceRanges is undefined, must list the address ranges that may connect: K3sServiceLb makes a load balancer internal only by the addresses of its nodes; use those of your network, such as ["192.168.0.0/16"]',
    ),
    takes(
      "externalTrafficPolicy",
      { externalTrafficPolicy: "Local" },
      {},
      { spec: { allocateLoadBalancerNodePorts: undefined, externalTrafficPolicy: "Local" } },
    ),
    refuses(
      "externalTrafficPolicy",
      { externalTrafficPolicy: "Local", sourceRanges: ["198.51.100.0/24"] },
      'args.externalTrafficPolicy is "Local", must not be set if args.sourceRanges do not admit everyone: K3sServiceLb then opens node ports at the same addresses, which no range limits',
    ),
    refuses(
      "sourceRanges",
      { sourceRanges: ["198.51.100.0/24"], ipFamilyPolicy: "PreferDualStack" },
      'args.sourceRanges is a list, must list an IPv6 range too: the load balancer has or may get an IPv6 address; use "::/0" for every IPv6 client, or args.ipFamilyPolicy "SingleStack"',
    ),
  ],
  changes: {},
  changesFrom: {},
  ranges: {
    sources: [
      "https://github.com/k3s-io/k3s/blob/v1.33.0+k3s1/pkg/cloudprovider/servicelb.go (newDaemonSet: the Service's address, and with Local the node's port)",
      "https://github.com/k3s-io/klipper-lb/blob/master/entry (ranges are let through, all else is dropped)",
      KUBE_PROXY,
    ],
    taken: everywhere(asTheService),
    weakened: [
      {
        asked: { externalTrafficPolicy: "Local" },
        why: "the nodes' ports, which it then needs, are at the same addresses",
      },
    ],
    annotations: { [RANGES]: "0.0.0.0/0" },
    nodePorts: { externalTrafficPolicy: "Local" },
    letsIn: ({ allocatesNodePorts, passesKubeProxy }) => passesKubeProxy || allocatesNodePorts,
  },
};
