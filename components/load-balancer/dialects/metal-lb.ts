import { isIP } from "node:net";
import { AddressKind } from "../../address.ts";
import { objectName } from "../../rules.ts";
import type { Rule } from "../../validation.ts";
import type { LoadBalancerDialect } from "../dialect.ts";
import { commaList } from "../said.ts";
import { anything } from "./limits.ts";

const key = (name: string): string => `metallb.io/${name}`;

const address: Rule = (value) =>
  typeof value === "string" && isIP(value) > 0 ? undefined : "must be an IP address of a pool";

/**
 * MetalLB, written from version 0.15: it gives out addresses of its pools, and kube-proxy does the rest, the source
 * ranges among it.
 */
export const metalLb: LoadBalancerDialect = {
  name: "MetalLb",
  documentation: "https://metallb.io/usage/",
  addressKind: AddressKind.Ip,
  maximumPorts: 65535,
  honours: {
    staticAddresses: { writes: [key("loadBalancerIPs")], rule: address, most: 2 },
    addressPool: { writes: [key("address-pool")], rule: objectName },
    sharedAddressKey: { writes: [key("allow-shared-ip")] },
  },
  sourceRange: anything,
  sessionAffinity: anything,
  ipFamilyPolicy: anything,
  replacedBy: [key("loadBalancerIPs"), key("address-pool")],
  exposedBy: [
    "metallb.universe.tf/loadBalancerIPs",
    "metallb.universe.tf/address-pool",
    "metallb.universe.tf/allow-shared-ip",
  ],
  portFindings: () => [],
  intentFindings: ({ addressPool, exposure, staticAddresses }) => {
    const must = `must name the pool for ${exposure} addresses, or args.staticAddresses one of them: nothing else decides who can reach it`;
    return addressPool === undefined && staticAddresses === undefined
      ? [{ path: "args.addressPool", value: addressPool, must }]
      : [];
  },
  speak: ({ addressPool, sharedAddressKey, staticAddresses }) => ({
    annotations: {
      [key("loadBalancerIPs")]: commaList(staticAddresses),
      [key("address-pool")]: addressPool,
      [key("allow-shared-ip")]: sharedAddressKey,
    },
  }),
};
