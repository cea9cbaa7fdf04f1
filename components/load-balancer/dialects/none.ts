import { AddressKind } from "../../service/address.ts";
import type { LoadBalancerDialect } from "../contract/dialect.ts";
import { RangeEnforcer } from "../contract/enforcement.ts";
import { optionNames } from "../contract/option-names.ts";
import { addressAlone } from "./evidence.ts";
import { always, anything } from "./limits.ts";

/**
 * No controller, or one that nobody knows. That has been reported, and everything else is read as if it could be had, so
 * that what is wrong with it is reported too.
 */
export const none: LoadBalancerDialect = {
  name: "None",
  documentation: "",
  addressKind: AddressKind.Ip,
  evidence: addressAlone,
  maximumPorts: 65535,
  honours: Object.fromEntries(optionNames.map((name) => [name, { writes: [] }])),
  sourceRanges: { by: RangeEnforcer.KubeProxy, voidedBy: {} },
  ipFamilyPolicy: anything,
  replacedBy: [],
  exposedBy: [],
  portFindings: () => [],
  intentFindings: () => [],
  needsNodePorts: always,
  speak: () => ({ annotations: {} }),
};
