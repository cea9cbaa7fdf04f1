import { isIPv4, isIPv6 } from "node:net";
import type { IpFamily, IpFamilyPolicy } from "../../service/ip-families.ts";

/** Both families, IPv4 first. */
export const BOTH_FAMILIES: readonly IpFamily[] = ["IPv4", "IPv6"];

/** What decides the families of a Service's addresses. */
export interface FamiliesAsked {
  readonly ipFamilies?: readonly IpFamily[];
  readonly ipFamilyPolicy?: IpFamilyPolicy;
}

/** The range that is everybody of a family. */
export const EVERYBODY: Readonly<Record<IpFamily, string>> = {
  IPv4: "0.0.0.0/0",
  IPv6: "::/0",
};

/** Whether a Service may have addresses of both families. */
export function hasTwoFamilies({ ipFamilyPolicy: policy }: FamiliesAsked): boolean {
  return policy !== undefined && policy !== "SingleStack";
}

/**
 * The families of addresses that a Service has or may get. One that does not say which has IPv4: nothing tells a program
 * the cluster's own.
 */
export function familiesOfService(asked: FamiliesAsked): readonly IpFamily[] {
  if (hasTwoFamilies(asked)) {
    return BOTH_FAMILIES;
  }
  // What is no family has been reported.
  const stated: readonly unknown[] = Array.isArray(asked.ipFamilies) ? asked.ipFamilies : [];
  const known = BOTH_FAMILIES.filter((family) => stated.includes(family));
  return known.length > 0 ? known : ["IPv4"];
}

/** The family of a range's addresses; nothing of what is no range. */
export function familyOfRange(range: unknown): IpFamily | undefined {
  const [ip = ""] = typeof range === "string" ? range.split("/") : [];
  if (isIPv4(ip)) {
    return "IPv4";
  }
  return isIPv6(ip) ? "IPv6" : undefined;
}

/**
 * The families of which no range is stated. What enforces ranges takes that for everybody: kube-proxy and Google Cloud
 * do, security groups would take it for nobody.
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

/** Whether ranges let everybody connect, by every family there is. */
export function letInEverybody(ranges: readonly unknown[], families: readonly IpFamily[]): boolean {
  return families.every((family) => ranges.includes(EVERYBODY[family]));
}
