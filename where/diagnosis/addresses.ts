import { BlockList, isIP } from "node:net";

/** Addresses that no internet host has: RFC 1918, RFC 4193, RFC 6598, loopback and link-local. */
const PRIVATE = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "fc00::/7",
  "fe80::/10",
  "::1/128",
];

const familyOf = (address: string): "ipv4" | "ipv6" => (isIP(address) === 6 ? "ipv6" : "ipv4");

/**
 * Whether an address is in one of some ranges, each a CIDR such as `10.0.0.0/8`, an address, or two addresses with a
 * hyphen between them. A range that cannot be read has no address.
 */
export function isInside(address: string, ranges: readonly string[]): boolean {
  if (isIP(address) === 0) return false;
  return ranges.some((range) => rangeHas(range.trim(), address));
}

function rangeHas(range: string, address: string): boolean {
  const addresses = new BlockList();
  try {
    const [first = "", last] = range.split("-").map((it) => it.trim());
    const [base = "", bits] = first.split("/");
    if (isIP(base) === 0) return false;
    if (last !== undefined) addresses.addRange(base, last, familyOf(base));
    else if (bits !== undefined) addresses.addSubnet(base, Number(bits), familyOf(base));
    else addresses.addAddress(base, familyOf(base));
  } catch {
    return false;
  }
  return addresses.check(address, familyOf(address));
}

/** Whether a string is an address. */
export const isAddress = (text: string): boolean => isIP(text) !== 0;

/** Whether no host of the internet can have an address. */
export const isPrivate = (address: string): boolean => isInside(address, PRIVATE);
