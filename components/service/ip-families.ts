import type { Checks } from "../validation/checks.ts";
import { oneOf } from "../validation/rules.ts";
import { withoutEmpty } from "../validation/without-empty.ts";

/** An address family. */
export const IpFamily = {
  /** Such as 10.0.0.1. */
  IPv4: "IPv4",
  /** Such as fd00::1. */
  IPv6: "IPv6",
} as const;
/** An address family. */
export type IpFamily = (typeof IpFamily)[keyof typeof IpFamily];

/** How many address families a Service has. */
export const IpFamilyPolicy = {
  /** One. */
  SingleStack: "SingleStack",
  /** Both, if the cluster has both. */
  PreferDualStack: "PreferDualStack",
  /** Both; the API server rejects the Service if the cluster has only one. */
  RequireDualStack: "RequireDualStack",
} as const;
/** How many address families a Service has. */
export type IpFamilyPolicy = (typeof IpFamilyPolicy)[keyof typeof IpFamilyPolicy];

/**
 * The address families of a Service.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/dual-stack/
 */
export interface IpFamilyArgs {
  /**
   * How many address families the Service has.
   *
   * @default - SingleStack, the API server's own default
   */
  readonly ipFamilyPolicy?: IpFamilyPolicy;
  /**
   * The families, the primary one first. Two families need a dual-stack `ipFamilyPolicy`. The primary family cannot be
   * changed.
   *
   * @default - the cluster's
   */
  readonly ipFamilies?: IpFamily[];
}

/** Reads the address families, as fields of a Service's spec. */
export function readIpFamilies(checks: Checks, args: IpFamilyArgs): IpFamilyArgs {
  const { ipFamilies, ipFamilyPolicy } = args;
  const families = checks.list("args.ipFamilies", ipFamilies ?? [], 0, "address families");
  families.forEach((family, index) => {
    const path = `args.ipFamilies[${index}]`;
    checks.plain(path, family, oneOf(IpFamily));
    if (families.indexOf(family) < index) {
      checks.report(path, family, `must differ from args.ipFamilies[${families.indexOf(family)}]`);
    }
  });
  if (ipFamilyPolicy !== undefined) {
    checks.plain("args.ipFamilyPolicy", ipFamilyPolicy, oneOf(IpFamilyPolicy));
  }
  const single = ipFamilyPolicy === undefined || ipFamilyPolicy === IpFamilyPolicy.SingleStack;
  if (families.length > 1 && single) {
    const must = 'must be "PreferDualStack" or "RequireDualStack" with two address families';
    checks.report("args.ipFamilyPolicy", ipFamilyPolicy, must);
  }
  return withoutEmpty({ ipFamilies: [...families], ipFamilyPolicy });
}
