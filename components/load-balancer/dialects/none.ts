import { AddressKind } from "../../cluster/address-kind.ts";
import type { LoadBalancerDialect } from "../contract/dialect.ts";
import { RangeEnforcer } from "../contract/enforcement.ts";
import { optionNames } from "../contract/option-names.ts";
import { addressAlone } from "./evidence.ts";
import { always, anything } from "./limits.ts";

/**
 * No controller or an unknown one. That has already been reported; every option is read as supported, so that its own
 * problems are reported too.
 */
export const none: LoadBalancerDialect = {
  name: "None",
  documentation: "",
  addressKind: AddressKind.Ip,
  evidence: addressAlone,
  maximumPorts: 65535,
  supports: Object.fromEntries(optionNames.map((name) => [name, { keys: [] }])),
  sourceRanges: { by: RangeEnforcer.KubeProxy, voidedBy: {} },
  ipFamilyPolicy: anything,
  forceNewKeys: [],
  exposureKeys: [],
  portFindings: () => [],
  intentFindings: () => [],
  needsNodePorts: always,
  render: () => ({ annotations: {} }),
};
