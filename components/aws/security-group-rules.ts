import type { LoadBalancerSecurityGroupSpec } from "./load-balancer-security-group-args.ts";

/** A rule of a security group, in AWS's shape. */
export interface SecurityGroupRule {
  readonly ipProtocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly cidrIpv4?: string;
  readonly cidrIpv6?: string;
}

/** Rules by their distinguishing key, which names the resources, so that the order of the ranges does not matter. */
export type SecurityGroupRules = ReadonlyMap<string, SecurityGroupRule>;

/** The ingress rules: every range to every port. */
export function ingressRules({
  ports,
  sourceRanges,
}: Pick<LoadBalancerSecurityGroupSpec, "ports" | "sourceRanges">): SecurityGroupRules {
  return new Map(
    ports.flatMap(({ port, protocol }) =>
      sourceRanges.map((range) => {
        const ipProtocol = protocol.toLowerCase();
        const rule = { ipProtocol, fromPort: port, toPort: port, ...cidr(range) };
        return [`ingress-${ipProtocol}-${port}-${named(range)}`, rule] as const;
      }),
    ),
  );
}

/** The egress rules: every range, on any port. */
export function egressRules(ranges: readonly string[]): SecurityGroupRules {
  return new Map(
    ranges.map((range) => [`egress-${named(range)}`, { ipProtocol: "-1", ...cidr(range) }]),
  );
}

function cidr(range: string): Pick<SecurityGroupRule, "cidrIpv4" | "cidrIpv6"> {
  return range.includes(":") ? { cidrIpv6: range } : { cidrIpv4: range };
}

/** Two colons would separate a resource's name from the rest of its URN. */
function named(range: string): string {
  return range.replaceAll(":", "-");
}
