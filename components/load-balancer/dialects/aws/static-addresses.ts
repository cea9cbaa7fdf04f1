import { isIPv4 } from "node:net";
import type { Finding, Rule } from "../../../validation/checks.ts";
import { type AnnotationValue, commaList } from "../../contract/annotation-value.ts";
import type { Support } from "../../contract/dialect.ts";
import { Exposure, type Intent } from "../../contract/intent.ts";
import { key } from "./keys.ts";

const elasticIp: Rule = (value) =>
  typeof value === "string" && value.startsWith("eipalloc-")
    ? undefined
    : "must be the allocation id of an Elastic IP for a public load balancer, such as eipalloc-0aa1";

const privateAddress: Rule = (value) =>
  typeof value === "string" && isIPv4(value)
    ? undefined
    : "must be an IPv4 address of the subnet for an internal load balancer";

/** The annotation for static addresses, which depends on the exposure. */
export function staticAddressAnnotations({
  exposure,
  staticAddresses,
}: Intent): Record<string, AnnotationValue> {
  const name = exposure === Exposure.Public ? "eip-allocations" : "private-ipv4-addresses";
  return { [key(name)]: commaList(staticAddresses) };
}

/** The annotations for static addresses. */
export const STATIC_ADDRESS_KEYS: readonly string[] = [
  key("eip-allocations"),
  key("private-ipv4-addresses"),
];

/** The option of static addresses, whose kind depends on the exposure. */
export const STATIC_ADDRESSES: Support = {
  keys: STATIC_ADDRESS_KEYS,
  ruleOf: (exposure) => (exposure === Exposure.Public ? elasticIp : privateAddress),
};

/** Each static address belongs to the subnet at the same index. */
export function staticAddressFindings({ staticAddresses, subnets }: Intent): readonly Finding[] {
  if (staticAddresses === undefined) {
    return [];
  }
  const [addresses, zones] = [staticAddresses.length, subnets?.length ?? 0];
  const must = `must be as many as args.subnets, which has ${zones}: each address is for the subnet in the same place`;
  return addresses === zones
    ? []
    : [{ path: "args.staticAddresses.length", value: addresses, must }];
}
