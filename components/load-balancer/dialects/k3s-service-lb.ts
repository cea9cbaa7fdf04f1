import { AddressKind } from "../../cluster/address-kind.ts";
import { TrafficPolicy } from "../../service/traffic-policy.ts";
import type { Finding } from "../../validation/checks.ts";
import type { LoadBalancerDialect } from "../contract/dialect.ts";
import { type RangeContext, RangeEnforcer } from "../contract/enforcement.ts";
import { Exposure } from "../contract/intent.ts";
import { addressAlone } from "./evidence.ts";
import { anything, SOURCE_RANGES } from "./limits.ts";

/**
 * The ServiceLB of k3s, written from k3s 1.33. A Pod on each node opens the ports there, and the addresses are those of
 * the nodes. It has no options and no annotation for the exposure. Other ports of the nodes are open at the same
 * addresses, and source ranges do not protect them.
 */
export const k3sServiceLb: LoadBalancerDialect = {
  name: "K3sServiceLb",
  documentation: "https://docs.k3s.io/networking/networking-services#service-load-balancer",
  addressKind: AddressKind.Ip,
  evidence: addressAlone,
  maximumPorts: 65535,
  supports: {},
  sourceRanges: { by: RangeEnforcer.EntrancePods, voidFindings: localFindings, voidedBy: {} },
  ipFamilyPolicy: anything,
  forceNewKeys: [],
  exposureKeys: [SOURCE_RANGES],
  portFindings: () => [],
  intentFindings: ({ exposure, sourceRanges }) => {
    const must =
      'must list the address ranges that may connect: K3sServiceLb makes a load balancer internal only by the addresses of its nodes; use those of your network, such as ["192.168.0.0/16"]';
    return exposure === Exposure.Internal && sourceRanges === undefined
      ? [{ path: "args.sourceRanges", value: undefined, must }]
      : [];
  },
  needsNodePorts: isLocal,
  render: () => ({ annotations: {} }),
};

/** Its Pods forward to the Service; only with `Local` do they forward to a node port. */
function isLocal({ externalTrafficPolicy }: RangeContext): boolean {
  return externalTrafficPolicy === TrafficPolicy.Local;
}

/** A node port is open to everyone at the load balancer's own address. */
function localFindings(requested: RangeContext): readonly Finding[] {
  const { externalTrafficPolicy: value } = requested;
  const must =
    "must not be set if args.sourceRanges do not admit everyone: K3sServiceLb then opens node ports at the same addresses, which no range limits";
  return isLocal(requested) ? [{ path: "args.externalTrafficPolicy", value, must }] : [];
}
