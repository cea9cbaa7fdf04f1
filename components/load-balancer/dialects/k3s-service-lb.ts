import { AddressKind } from "../../address.ts";
import type { LoadBalancerDialect } from "../dialect.ts";
import { addressAlone } from "../evidence.ts";
import { Exposure } from "../intent.ts";
import { anything, SOURCE_RANGES } from "./limits.ts";

/**
 * The ServiceLB of k3s, written from k3s 1.33: a Pod on each node takes the ports there, and the addresses are those of
 * the nodes. It can be told nothing, and has no word for who can reach it.
 */
export const k3sServiceLb: LoadBalancerDialect = {
  name: "K3sServiceLb",
  documentation: "https://docs.k3s.io/networking/networking-services#service-load-balancer",
  addressKind: AddressKind.Ip,
  evidence: addressAlone,
  maximumPorts: 65535,
  honours: {},
  sourceRange: anything,
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
  speak: () => ({ annotations: {} }),
};
