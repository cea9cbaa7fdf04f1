import { replaced } from "../changes.ts";
import { asTheService, everywhere, KUBE_PROXY, RANGES } from "../source-ranges.ts";
import { sourced } from "../sources.ts";
import { type ControllerTable, everybody, httpPorts, internal, refuses, takes } from "../table.ts";

export const table: ControllerTable = {
  controller: "GoogleCloud",
  documentation:
    "https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer-parameters",
  maximumPorts: 5,
  silent: false,
  prefix: "networking.gke.io/",
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
  evidence: {
    begun: [],
    accepted: ["EnsuredLoadBalancer", "SyncLoadBalancerSuccessful"],
    refused: ["SyncLoadBalancerFailed", "SyncExternalLoadBalancerFailed"],
    unfinished: [],
    answersEachChange: true,
  },
  forceNewKeys: ["load-balancer-type", "load-balancer-ip-addresses", "load-balancer-subnet"],
  exposureKeys: [
    "load-balancer-type",
    "cloud.google.com/load-balancer-type",
    "service.beta.kubernetes.io/load-balancer-source-ranges",
  ],
  sourceRanges: { by: "the network's firewall, and kube-proxy", voidedBy: {} },
  keys: { staticAddresses: ["load-balancer-ip-addresses"], subnets: ["load-balancer-subnet"] },
  olderKeys: { subnets: ["internal-load-balancer-subnet"] },
  limits: {
    staticAddresses: {
      tooMany: ["one", "two", "three"],
      beside: { sourceRanges: everybody, ipFamilyPolicy: "PreferDualStack" },
    },
    subnets: { tooMany: ["one", "two"] },
  },
  protocols: "TCP or UDP",
  sessionAffinity: true,
  refusedAnnotations: [
    { "internal-load-balancer-subnet": "front" },
    { "load-balancer-subnet": "front" },
    { "load-balancer-type": "Internal" },
    { "cloud.google.com/load-balancer-type": "Internal" },
  ],
  cells: [
    takes(
      "staticAddresses",
      {
        sourceRanges: everybody,
        staticAddresses: ["front-ip", "front-ipv6"],
        ipFamilyPolicy: "PreferDualStack",
      },
      { "load-balancer-ip-addresses": "front-ip,front-ipv6" },
      {
        spec: {
          ipFamilies: undefined,
          loadBalancerSourceRanges: everybody,
          ipFamilyPolicy: "PreferDualStack",
        },
      },
    ),
    takes(
      "staticAddresses",
      { staticAddresses: ["front-ip"] },
      { "load-balancer-ip-addresses": "front-ip" },
    ),
    refuses(
      "staticAddresses",
      { staticAddresses: ["front-ip", "front-ipv6"] },
      "args.staticAddresses.length is 2, must be at most 1, unless args.ipFamilyPolicy asks for two families: each has one address",
    ),
    refuses(
      "staticAddresses",
      { staticAddresses: ["Front"] },
      'args.staticAddresses[0] is "Front", must be the name of a reserved address, not the address itself: at most 63 lower case letters, digits and "-", starting with a letter and ending with a letter or digit',
    ),
    takes(
      "staticAddresses",
      { staticAddresses: ["a".repeat(63)] },
      { "load-balancer-ip-addresses": "a".repeat(63) },
    ),
    refuses(
      "staticAddresses",
      { staticAddresses: ["a".repeat(64)] },
      `args.staticAddresses[0] is "${"a".repeat(64)}", must be the name of a reserved address, not the address itself: at most 63 lower case letters, digits and "-", starting with a letter and ending with a letter or digit`,
    ),
    refuses(
      "staticAddresses",
      { staticAddresses: ["34.1.2.3"] },
      'args.staticAddresses[0] is "34.1.2.3", must be the name of a reserved address, not the address itself: at most 63 lower case letters, digits and "-", starting with a letter and ending with a letter or digit',
    ),
    takes(
      "annotations",
      {
        ...internal,
        annotations: { "networking.gke.io/internal-load-balancer-allow-global-access": "true" },
      },
      {
        "load-balancer-type": "Internal",
        "internal-load-balancer-allow-global-access": "true",
      },
      { spec: { ipFamilies: undefined, loadBalancerSourceRanges: undefined } },
    ),
    refuses(
      "subnets",
      { subnets: ["Front"] },
      'args.subnets[0] is "Front", must be the name of a subnetwork: at most 63 lower case letters, digits and "-", starting with a letter and ending with a letter or digit',
    ),
    takes("subnets", { subnets: ["front"] }, { "load-balancer-subnet": "front" }),
    takes(
      "exposure",
      internal,
      { "load-balancer-type": "Internal" },
      { spec: { ipFamilies: undefined, loadBalancerSourceRanges: undefined } },
    ),
    takes("ports", { ports: httpPorts(5) }),
  ],
  changes: {
    staticAddresses: replaced([["one"], ["two"]]),
    subnets: replaced([["one"], ["two"]]),
  },
  changesFrom: sourced({
    "https://github.com/kubernetes/ingress-gce/blob/master/pkg/l4lb (read 2026: another address or subnetwork is applied at another address)":
      ["staticAddresses", "subnets"],
  }),
  ranges: {
    sources: [
      "https://github.com/kubernetes/ingress-gce/blob/master/pkg/l4/utils/sourceranges.go (a family without a range is open)",
      "https://github.com/kubernetes/ingress-gce/blob/master/pkg/l4 (no port of a node is read)",
      KUBE_PROXY,
    ],
    taken: everywhere(asTheService),
    weakened: [],
    annotations: { [RANGES]: "0.0.0.0/0" },
    nodePorts: "never",
  },
};
