import { AddressKind } from "../../service/address.ts";
import { TrafficPolicy } from "../../service/traffic-policy.ts";
import type { Finding } from "../../validation/checks.ts";
import type { LoadBalancerDialect } from "../contract/dialect.ts";
import { type AskedBesideRanges, RangeEnforcer } from "../contract/enforcement.ts";
import { Exposure } from "../contract/intent.ts";
import { addressAlone } from "./evidence.ts";
import { anything, SOURCE_RANGES } from "./limits.ts";

/**
 * The ServiceLB of k3s, written from k3s 1.33: a Pod on each node takes the ports there, and the addresses are those of
 * the nodes. It can be told nothing, and has no word for who can reach it. Whatever else listens on the nodes is at the
 * same addresses, and no source range covers it.
 */
export const k3sServiceLb: LoadBalancerDialect = {
  name: "K3sServiceLb",
  documentation: "https://docs.k3s.io/networking/networking-services#service-load-balancer",
  addressKind: AddressKind.Ip,
  evidence: addressAlone,
  maximumPorts: 65535,
  honours: {},
  sourceRanges: { by: RangeEnforcer.EntrancePods, voidFindings: localFindings, voidedBy: {} },
  ipFamilyPolicy: anything,
  replacedBy: [],
  exposedBy: [SOURCE_RANGES],
  portFindings: () => [],
  intentFindings: ({ exposure, sourceRanges }) => {
    const must =
      "must list the address ranges that may connect, the nodes' own addresses are all that makes a load balancer of K3sServiceLb internal";
    return exposure === Exposure.Internal && sourceRanges === undefined
      ? [{ path: "args.sourceRanges", value: undefined, must }]
      : [];
  },
  needsNodePorts: isLocal,
  speak: () => ({ annotations: {} }),
};

/** Its Pods pass on to the Service, and only with that policy to a port of their node. */
function isLocal({ externalTrafficPolicy }: AskedBesideRanges): boolean {
  return externalTrafficPolicy === TrafficPolicy.Local;
}

/** A port of a node is at the very address of the load balancer, and open to everybody. */
function localFindings(asked: AskedBesideRanges): readonly Finding[] {
  const { externalTrafficPolicy: value } = asked;
  const must =
    "must be left out where args.sourceRanges are not everybody: K3sServiceLb needs ports of the nodes with it, which no range covers, at the same addresses";
  return isLocal(asked) ? [{ path: "args.externalTrafficPolicy", value, must }] : [];
}
