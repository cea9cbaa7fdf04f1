import type { IpFamily, IpFamilyPolicy } from "../../service/ip-families.ts";

/** Both address families, IPv4 first. */
export const BOTH_FAMILIES: readonly IpFamily[] = ["IPv4", "IPv6"];

/** The arguments that decide a Service's address families. */
export interface RequestedFamilies {
  readonly ipFamilies?: readonly IpFamily[];
  readonly ipFamilyPolicy?: IpFamilyPolicy;
}

/** Whether a Service may have addresses of both families. */
export function hasTwoFamilies({ ipFamilyPolicy: policy }: RequestedFamilies): boolean {
  return policy !== undefined && policy !== "SingleStack";
}

/**
 * The address families that a Service has or may get. A Service without `ipFamilies` counts as IPv4, because a program
 * cannot know the cluster's family.
 */
export function familiesOfService(requested: RequestedFamilies): readonly IpFamily[] {
  if (hasTwoFamilies(requested)) {
    return BOTH_FAMILIES;
  }
  // A value that is not an address family has already been reported.
  const stated: readonly unknown[] = Array.isArray(requested.ipFamilies)
    ? requested.ipFamilies
    : [];
  const known = BOTH_FAMILIES.filter((family) => stated.includes(family));
  return known.length > 0 ? known : ["IPv4"];
}
