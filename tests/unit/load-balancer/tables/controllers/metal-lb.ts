import { inPlace, replaced } from "../changes.ts";
import { asTheService, everywhere, KUBE_PROXY, RANGES } from "../source-ranges.ts";
import { sourced } from "../sources.ts";
import { type ControllerTable, everybody, internal, refuses, takes } from "../table.ts";

export const table: ControllerTable = {
  controller: "MetalLb",
  documentation: "https://metallb.io/usage/",
  maximumPorts: 65535,
  silent: false,
  prefix: "metallb.io/",
  asked: { addressPool: "public" },
  plain: {
    annotations: { "address-pool": "public" },
    spec: {
      allocateLoadBalancerNodePorts: false,
      ipFamilies: ["IPv4"],
      loadBalancerSourceRanges: ["0.0.0.0/0"],
    },
  },
  addressKind: "ip",
  evidence: {
    begun: [],
    accepted: ["IPAllocated"],
    refused: ["AllocationFailed", "LoadBalancerFailed", "InternalError"],
    unfinished: [],
    answersEachChange: false,
  },
  forceNewKeys: ["address-pool", "loadBalancerIPs"],
  exposureKeys: [
    "address-pool",
    "loadBalancerIPs",
    "metallb.universe.tf/address-pool",
    "metallb.universe.tf/loadBalancerIPs",
    "ip-allocated-from-pool",
    "metallb.universe.tf/ip-allocated-from-pool",
    "service.beta.kubernetes.io/load-balancer-source-ranges",
  ],
  sourceRanges: { by: "kube-proxy", voidedBy: {} },
  keys: {
    staticAddresses: ["loadBalancerIPs"],
    addressPool: ["address-pool"],
    sharedAddressKey: ["allow-shared-ip"],
  },
  olderKeys: {
    staticAddresses: ["metallb.universe.tf/loadBalancerIPs"],
    addressPool: ["metallb.universe.tf/address-pool"],
    sharedAddressKey: ["metallb.universe.tf/allow-shared-ip"],
  },
  limits: {
    staticAddresses: {
      tooMany: ["203.0.113.7", "2001:db8::7", "203.0.113.8"],
      beside: { sourceRanges: everybody, ipFamilyPolicy: "PreferDualStack" },
    },
  },
  protocols: "TCP, UDP and SCTP",
  sessionAffinity: true,
  refusedAnnotations: [
    {
      "metallb.universe.tf/loadBalancerIPs": "203.0.113.7",
      "metallb.universe.tf/allow-shared-ip": "front",
    },
    { "allow-shared-ip": "front" },
    { "metallb.universe.tf/address-pool": "public" },
  ],
  cells: [
    refuses(
      "staticAddresses",
      {
        sourceRanges: everybody,
        staticAddresses: ["2001:db8::7", "2001:db8::8"],
        ipFamilyPolicy: "PreferDualStack",
      },
      'args.staticAddresses[1] is "2001:db8::8", must be of the other family than args.staticAddresses[0]: a Service has one address of each',
    ),
    takes(
      "staticAddresses",
      { addressPool: undefined, staticAddresses: ["203.0.113.7"] },
      { "address-pool": undefined, loadBalancerIPs: "203.0.113.7" },
    ),
    takes(
      "staticAddresses",
      {
        sourceRanges: everybody,
        addressPool: undefined,
        staticAddresses: ["203.0.113.7", "2001:db8::7"],
        ipFamilyPolicy: "RequireDualStack",
      },
      { "address-pool": undefined, loadBalancerIPs: "203.0.113.7,2001:db8::7" },
      {
        spec: {
          ipFamilies: undefined,
          loadBalancerSourceRanges: everybody,
          ipFamilyPolicy: "RequireDualStack",
        },
      },
    ),
    refuses(
      "staticAddresses",
      { staticAddresses: ["front"] },
      'args.staticAddresses[0] is "front", must be an IP address of a pool',
    ),
    refuses(
      "staticAddresses",
      { staticAddresses: ["203.0.113.7", "2001:db8::7"] },
      'args.staticAddresses.length is 2, must be 1, or args.ipFamilyPolicy "RequireDualStack"',
    ),
    refuses(
      "staticAddresses",
      { staticAddresses: ["203.0.113.7", "2001:db8::7"], ipFamilyPolicy: "SingleStack" },
      'args.staticAddresses.length is 2, must be 1, or args.ipFamilyPolicy "RequireDualStack"',
    ),
    refuses(
      "staticAddresses",
      {
        sourceRanges: everybody,
        staticAddresses: ["203.0.113.7"],
        ipFamilyPolicy: "RequireDualStack",
      },
      'args.staticAddresses.length is 1, must be 2, as args.ipFamilyPolicy is "RequireDualStack"',
    ),
    takes(
      "staticAddresses",
      {
        sourceRanges: everybody,
        staticAddresses: ["203.0.113.7"],
        ipFamilyPolicy: "PreferDualStack",
      },
      { loadBalancerIPs: "203.0.113.7" },
      {
        spec: {
          ipFamilies: undefined,
          loadBalancerSourceRanges: everybody,
          ipFamilyPolicy: "PreferDualStack",
        },
      },
    ),
    refuses(
      "staticAddresses",
      { staticAddresses: ["fe80::1%eth0"] },
      'args.staticAddresses[0] is "fe80::1%eth0", must be an IP address of a pool',
    ),
    refuses(
      "staticAddresses",
      {
        sourceRanges: everybody,
        staticAddresses: [Symbol("one"), 5],
        ipFamilyPolicy: "PreferDualStack",
      },
      "args.staticAddresses[0] is Symbol(one), must be a non-empty string",
      "args.staticAddresses[1] is 5, must be a non-empty string",
    ),
    refuses(
      "staticAddresses",
      {
        sourceRanges: everybody,
        staticAddresses: ["203.0.113.7", "203.0.113.8"],
        ipFamilyPolicy: "PreferDualStack",
      },
      'args.staticAddresses[1] is "203.0.113.8", must be of the other family than args.staticAddresses[0]: a Service has one address of each',
    ),
    refuses(
      "addressPool",
      { addressPool: "Public" },
      'args.addressPool is "Public", must be at most 253 lower case letters, digits, "-" and ".", starting and ending with a letter or digit',
    ),
    refuses(
      "addressPool",
      { ...internal, addressPool: undefined },
      "args.addressPool is undefined, must name the pool of internal addresses, or args.staticAddresses one of them: nothing else decides who can reach it",
    ),
    takes("addressPool", { addressPool: "office" }, { "address-pool": "office" }),
    refuses(
      "addressPool",
      { addressPool: undefined },
      "args.addressPool is undefined, must name the pool of public addresses, or args.staticAddresses one of them: nothing else decides who can reach it",
    ),
    takes(
      "sharedAddressKey",
      { sharedAddressKey: "front", staticAddresses: ["203.0.113.7"] },
      { "allow-shared-ip": "front", loadBalancerIPs: "203.0.113.7" },
    ),
    refuses(
      "sharedAddressKey",
      { sharedAddressKey: "front" },
      'args.sharedAddressKey is "front", must come with args.staticAddresses, the address to share: with only a key, MetalLb may assign each Service a different address',
    ),
    takes(
      "sharedAddressKey",
      {
        sharedAddressKey: "front",
        staticAddresses: ["203.0.113.7"],
        externalTrafficPolicy: "Local",
      },
      { "allow-shared-ip": "front", loadBalancerIPs: "203.0.113.7" },
      { spec: { externalTrafficPolicy: "Local" } },
    ),
    takes(
      "exposure",
      internal,
      {},
      { spec: { ipFamilies: undefined, loadBalancerSourceRanges: undefined } },
    ),
  ],
  changes: {
    staticAddresses: replaced([["203.0.113.7"], ["203.0.113.8"]]),
    addressPool: replaced(["one", "two"], { staticAddresses: ["203.0.113.7"] }),
    sharedAddressKey: inPlace(["one", "two"], { staticAddresses: ["203.0.113.7"] }),
  },
  changesFrom: sourced({
    "https://github.com/metallb/metallb/blob/v0.15.2/controller/service.go (convergeBalancer: another address or pool clears the old address)":
      ["staticAddresses", "addressPool"],
    "https://github.com/metallb/metallb/blob/v0.15.2/internal/allocator/allocator.go (checkSharing: the key is compared at each sync)":
      ["sharedAddressKey"],
  }),
  ranges: {
    sources: ["https://metallb.io/usage/#traffic-policies", KUBE_PROXY],
    asked: { addressPool: "office" },
    taken: everywhere(asTheService),
    weakened: [],
    annotations: { [RANGES]: "0.0.0.0/0" },
    nodePorts: "never",
  },
};
