import { AddressKind } from "../../cluster/address-kind.ts";
import type { OtherControllerArgs } from "../../cluster/args.ts";
import type { LoadBalancerDialect } from "../contract/dialect.ts";
import { RangeEnforcer } from "../contract/enforcement.ts";
import { Exposure } from "../contract/intent.ts";
import { addressAlone } from "./evidence.ts";
import { always, anything, SOURCE_RANGES } from "./limits.ts";

/**
 * A controller that this package does not know. It has no options: its annotations are the program's own. What the
 * cluster states of it decides the exposure and what source ranges mean.
 */
export function otherController({
  addressKind = AddressKind.Ip,
  enforcesSourceRanges = false,
  internalAnnotations = {},
  loadBalancerClass,
  publicAnnotations = {},
}: Partial<OtherControllerArgs>): LoadBalancerDialect {
  const exposing = Object.keys({ ...internalAnnotations, ...publicAnnotations });
  return {
    name: "Other",
    documentation: "https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer",
    addressKind,
    evidence: addressAlone,
    maximumPorts: 65535,
    supports: {},
    sourceRanges: {
      by: enforcesSourceRanges ? RangeEnforcer.KubeProxy : RangeEnforcer.Nobody,
      voidedBy: {},
    },
    ipFamilyPolicy: anything,
    forceNewKeys: exposing,
    exposureKeys: [...exposing, SOURCE_RANGES],
    portFindings: () => [],
    intentFindings: () => [],
    needsNodePorts: always,
    render: ({ exposure }) => ({
      annotations: exposure === Exposure.Public ? publicAnnotations : internalAnnotations,
      ...(loadBalancerClass === undefined ? {} : { spec: { loadBalancerClass } }),
    }),
  };
}
