import { isIP } from "node:net";

/** What a load balancer's host reveals. */
export interface LoadBalancerHost {
  /** Whether it is an IPv4 or IPv6 address. */
  readonly isIp: boolean;
  /** The kind of AWS load balancer with such a name, if any. */
  readonly madeBy?: "NetworkLoadBalancer" | "ClassicLoadBalancer";
  /** The AWS region, if it is in the name. */
  readonly region?: string;
}

/**
 * The names of Network Load Balancers: `<name>-<16 hex>.elb.<region>.amazonaws.com`.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#dns-name
 */
const NETWORK = /^[^.]+\.elb\.([a-z0-9-]+)\.amazonaws\.[a-z.]+$/;
/**
 * The names of Classic Load Balancers: `[internal-]<name>-<digits>.<region>.elb.amazonaws.com`.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-internet-facing-load-balancers.html
 */
const CLASSIC = /^[^.]+\.([a-z0-9-]+)\.elb\.amazonaws\.[a-z.]+$/;

/** Reads the host of a load balancer. */
export function readHost(host: string): LoadBalancerHost {
  if (isIP(host) !== 0) {
    return { isIp: true };
  }
  const [, network] = NETWORK.exec(host) ?? [];
  const [, classic] = CLASSIC.exec(host) ?? [];
  if (network !== undefined) {
    return { isIp: false, madeBy: "NetworkLoadBalancer", region: network };
  }
  return classic === undefined
    ? { isIp: false }
    : { isIp: false, madeBy: "ClassicLoadBalancer", region: classic };
}
