import { isIP } from "node:net";
import { AddressKind } from "../../cluster/address-kind.ts";
import { IpFamilyPolicy } from "../../service/ip-families.ts";
import type { Finding, Rule } from "../../validation/checks.ts";
import { objectName } from "../../validation/rules.ts";
import { commaList } from "../contract/annotation-value.ts";
import type { LoadBalancerDialect } from "../contract/dialect.ts";
import { RangeEnforcer } from "../contract/enforcement.ts";
import { Exposure, type Intent } from "../contract/intent.ts";
import { addressAlone } from "./evidence.ts";
import { anything, never, SOURCE_RANGES } from "./limits.ts";

const NAME = "MetalLb";
const key = (name: string): string => `metallb.io/${name}`;

/** The former prefix of the annotations, which MetalLB still reads. */
const older = (name: string): string => `metallb.universe.tf/${name}`;

/** MetalLB cannot read an address with a zone, such as fe80::1%eth0. */
const address: Rule = (value) =>
  typeof value === "string" && isIP(value) !== 0 && !value.includes("%")
    ? undefined
    : "must be an IP address of a pool";

/**
 * MetalLB, written from version 0.15. MetalLB assigns addresses from its pools; kube-proxy does the rest, including
 * source ranges.
 */
export const metalLb: LoadBalancerDialect = {
  name: NAME,
  documentation: "https://metallb.io/usage/",
  addressKind: AddressKind.Ip,
  // MetalLB reports nothing about a change that keeps the address.
  evidence: {
    ...addressAlone,
    accepted: ["IPAllocated"],
    refused: ["AllocationFailed", "LoadBalancerFailed", "InternalError"],
  },
  maximumPorts: 65535,
  supports: {
    staticAddresses: {
      keys: [key("loadBalancerIPs")],
      conflictingKeys: [older("loadBalancerIPs")],
      rule: address,
      listFindings: otherFamilyFindings,
      most: 2,
    },
    addressPool: {
      keys: [key("address-pool")],
      conflictingKeys: [older("address-pool")],
      rule: objectName,
    },
    sharedAddressKey: {
      keys: [key("allow-shared-ip")],
      conflictingKeys: [older("allow-shared-ip")],
    },
  },
  sourceRanges: { by: RangeEnforcer.KubeProxy, voidedBy: {} },
  ipFamilyPolicy: anything,
  forceNewKeys: [key("loadBalancerIPs"), key("address-pool")],
  exposureKeys: [
    // MetalLB's own record of the pool: writing it causes a conflict at every update.
    key("ip-allocated-from-pool"),
    older("ip-allocated-from-pool"),
    key("loadBalancerIPs"),
    key("address-pool"),
    older("loadBalancerIPs"),
    older("address-pool"),
    SOURCE_RANGES,
  ],
  portFindings: () => [],
  intentFindings: (intent) => [
    ...reachFindings(intent),
    ...familyFindings(intent),
    ...sharingFindings(intent),
  ],
  // Packets keep the load balancer's address and port.
  needsNodePorts: never,
  render: ({ addressPool, sharedAddressKey, staticAddresses }) => ({
    annotations: {
      [key("loadBalancerIPs")]: commaList(staticAddresses),
      [key("address-pool")]: addressPool,
      [key("allow-shared-ip")]: sharedAddressKey,
    },
  }),
};

/** The pool of an address decides who can reach it. */
function reachFindings({ addressPool, exposure, staticAddresses }: Intent): readonly Finding[] {
  const must = `must name the pool of ${exposure === Exposure.Public ? "public" : "internal"} addresses, or args.staticAddresses one of them: nothing else decides who can reach it`;
  return addressPool === undefined && staticAddresses === undefined
    ? [{ path: "args.addressPool", value: undefined, must }]
    : [];
}

/** As many addresses as families. */
function familyFindings({ ipFamilyPolicy, staticAddresses = [] }: Intent): readonly Finding[] {
  const required = ipFamilyPolicy === IpFamilyPolicy.RequireDualStack;
  const single = ipFamilyPolicy === undefined || ipFamilyPolicy === IpFamilyPolicy.SingleStack;
  const [, second] = staticAddresses;
  const count = { path: "args.staticAddresses.length", value: staticAddresses.length };
  if (single && second !== undefined) {
    return [{ ...count, must: 'must be 1, or args.ipFamilyPolicy "RequireDualStack"' }];
  }
  if (required && staticAddresses.length === 1) {
    return [{ ...count, must: 'must be 2, as args.ipFamilyPolicy is "RequireDualStack"' }];
  }
  return [];
}

/** A Service takes one address of each of its families. */
function otherFamilyFindings([first, second]: readonly unknown[]): readonly Finding[] {
  const must =
    "must be of the other family than args.staticAddresses[0]: a Service has one address of each";
  return familyOf(first) !== 0 && familyOf(first) === familyOf(second)
    ? [{ path: "args.staticAddresses[1]", value: second, must }]
    : [];
}

/** 4 or 6; 0 if the value is not an address. */
function familyOf(value: unknown): number {
  return typeof value === "string" ? isIP(value) : 0;
}

/** A key alone does not guarantee a shared address: MetalLB may assign a lower free address instead. */
function sharingFindings({ sharedAddressKey, staticAddresses }: Intent): readonly Finding[] {
  const must = `must come with args.staticAddresses, the address to share: with only a key, ${NAME} may assign each Service a different address`;
  return sharedAddressKey !== undefined && staticAddresses === undefined
    ? [{ path: "args.sharedAddressKey", value: sharedAddressKey, must }]
    : [];
}
