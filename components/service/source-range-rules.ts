import { isIPv4, isIPv6 } from "node:net";
import type { Rule } from "../validation/checks.ts";
import type { IpFamily } from "./ip-families.ts";

/** The range that contains every address of a family. */
export const EVERYBODY: Readonly<Record<IpFamily, string>> = {
  IPv4: "0.0.0.0/0",
  IPv6: "::/0",
};

/**
 * An address range in the form that the API server requires from version 1.36: the shortest form of its first address,
 * without bits after the prefix.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/ (loadBalancerSourceRanges)
 */
export const addressRange: Rule = (value) => {
  const must = "must be an address range, such as 10.0.0.0/8";
  const [ip = "", length = "", ...rest] = typeof value === "string" ? value.split("/") : [];
  const bits = isIPv4(ip) ? 32 : isIPv6(ip) && !ip.includes("%") ? 128 : 0;
  if (bits === 0 || rest.length > 0 || !/^(0|[1-9]\d*)$/.test(length) || Number(length) > bits) {
    return must;
  }
  const canonical = `${firstAddress(ip, bits, Number(length))}/${length}`;
  return value === canonical
    ? undefined
    : `must be an address range in its canonical form; use ${canonical}`;
};

function firstAddress(ip: string, bits: number, prefix: number): string {
  const free = BigInt(bits - prefix);
  const first = (toNumber(ip, bits) >> free) << free;
  return bits === 32 ? ipv4(first) : shortest(groups(first).join(":"));
}

function toNumber(ip: string, bits: number): bigint {
  if (bits === 32) {
    return ip.split(".").reduce((sum, octet) => (sum << 8n) + BigInt(octet), 0n);
  }
  const [head = "", tail = ""] = shortest(ip).split("::");
  const [before, after] = [head, tail].map((part) => (part === "" ? [] : part.split(":")));
  const zeros = Array<string>(8 - (before?.length ?? 0) - (after?.length ?? 0)).fill("0");
  return [...(before ?? []), ...zeros, ...(after ?? [])].reduce(
    (sum, group) => (sum << 16n) + BigInt(`0x${group}`),
    0n,
  );
}

/** The form of RFC 5952, which the host of a URL has too. */
function shortest(ip: string): string {
  return new URL(`http://[${ip}]`).hostname.slice(1, -1);
}

function ipv4(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 0xffn).join(".");
}

function groups(address: bigint): string[] {
  return Array.from({ length: 8 }, (_, index) =>
    ((address >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
}

/** The family of a range; undefined if the value is not a range. */
export function familyOfRange(range: unknown): IpFamily | undefined {
  const [ip = ""] = typeof range === "string" ? range.split("/") : [];
  if (isIPv4(ip)) {
    return "IPv4";
  }
  return isIPv6(ip) ? "IPv6" : undefined;
}

/**
 * The families without a range. kube-proxy and Google Cloud then admit everyone, while security groups would admit no
 * one.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/proxy/serviceport.go (newBaseServiceInfo)
 * @see https://github.com/kubernetes/ingress-gce/blob/master/pkg/l4/utils/sourceranges.go (read 2026)
 */
export function familiesWithoutRange(
  ranges: readonly unknown[],
  families: readonly IpFamily[],
): readonly IpFamily[] {
  const stated = ranges.map(familyOfRange);
  return families.filter((family) => !stated.includes(family));
}

/** Whether ranges admit everyone, in every family. */
export function letInEverybody(ranges: readonly unknown[], families: readonly IpFamily[]): boolean {
  return families.every((family) => ranges.includes(EVERYBODY[family]));
}
