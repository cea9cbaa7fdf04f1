import { isIPv4, isIPv6 } from "node:net";
import type { IpFamily, IpFamilyPolicy } from "../../service/ip-families.ts";

/** Both address families, IPv4 first. */
export const BOTH_FAMILIES: readonly IpFamily[] = ["IPv4", "IPv6"];

/** The arguments that decide a Service's address families. */
export interface RequestedFamilies {
  readonly ipFamilies?: readonly IpFamily[];
  readonly ipFamilyPolicy?: IpFamilyPolicy;
}

/** The range that contains every address of a family. */
export const EVERYBODY: Readonly<Record<IpFamily, string>> = {
  IPv4: "0.0.0.0/0",
  IPv6: "::/0",
};

/** Whether a Service may have addresses of both families. */
export function hasTwoFamilies({ ipFamilyPolicy: policy }: RequestedFamilies): boolean {
  return policy !== undefined && policy !== "SingleStack";
}

/**
 * The address families that a Service has or may get. A Service without `ipFamilies` counts as IPv4, because a program
 * cannot know the cluster's family.
 */
export function familiesOfService(asked: RequestedFamilies): readonly IpFamily[] {
  if (hasTwoFamilies(asked)) {
    return BOTH_FAMILIES;
  }
  // A value that is not an address family has already been reported.
  const stated: readonly unknown[] = Array.isArray(asked.ipFamilies) ? asked.ipFamilies : [];
  const known = BOTH_FAMILIES.filter((family) => stated.includes(family));
  return known.length > 0 ? known : ["IPv4"];
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
