import { isIPv4 } from "node:net";
import { type Finding, isDeferred, judge, type Rule } from "../../../validation/checks.ts";
import { type AnnotationValue, commaList } from "../../contract/annotation-value.ts";
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

/** Each static address belongs to the subnet at the same index, and its kind depends on the exposure. */
export function staticAddressFindings({
  exposure,
  staticAddresses,
  subnets,
}: Intent): readonly Finding[] {
  if (staticAddresses === undefined) {
    return [];
  }
  const rule = exposure === Exposure.Public ? elasticIp : privateAddress;
  const kinds = staticAddresses.flatMap((address, index) =>
    isDeferred(address) ? [] : judge(`args.staticAddresses[${index}]`, address, rule),
  );
  const [addresses, zones] = [staticAddresses.length, subnets?.length ?? 0];
  const must = `must be as many as args.subnets, which has ${zones}: each address is for the subnet in the same place`;
  const count =
    addresses === zones ? [] : [{ path: "args.staticAddresses.length", value: addresses, must }];
  return [...kinds, ...count];
}
