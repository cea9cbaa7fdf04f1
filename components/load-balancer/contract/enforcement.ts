import type { IpFamily } from "../../service/ip-families.ts";
import type { Finding } from "../../validation/checks.ts";
import type { Intent } from "./intent.ts";
import type { Voiding } from "./voiding.ts";

/** What enforces source ranges. */
export const RangeEnforcer = {
  /**
   * A security group of the load balancer. It sees the clients' addresses, whether or not they are preserved behind it.
   */
  LoadBalancerSecurityGroup: "the load balancer's security group",
  /** The security group of the nodes, by the source of the packets that reach them. */
  NodesSecurityGroup: "the nodes' security group",
  /** Rules of the network around the nodes, and kube-proxy. */
  NetworkFirewall: "the network's firewall, and kube-proxy",
  /** The network security group of the nodes' subnet, by the load balancer's address. */
  NetworkSecurityGroup: "the network security group, and kube-proxy",
  /** The firewall of the load balancer. */
  LoadBalancerFirewall: "the load balancer's firewall",
  /** kube-proxy on every node, by the load balancer's address. */
  KubeProxy: "kube-proxy",
  /** The Pods that take the ports on every node, and kube-proxy. */
  EntrancePods: "the Pods of ServiceLB, and kube-proxy",
  /** Nothing: everyone can connect. */
  Nobody: "nothing",
} as const;
/** What enforces source ranges. */
export type RangeEnforcer = (typeof RangeEnforcer)[keyof typeof RangeEnforcer];

/** The arguments that decide the effect of source ranges. They have not been validated yet. */
export type RangeContext = Pick<
  Intent,
  "exposure" | "externalTrafficPolicy" | "ipFamilies" | "ipFamilyPolicy" | "preserveClientIp"
>;

/** What enforces source ranges for a controller, and what makes them ineffective. */
export interface Enforcement {
  readonly by: RangeEnforcer;
  /** The address families that a load balancer has or may get. Absent if they are the Service's own. */
  readonly families?: (requested: RangeContext) => readonly IpFamily[];
  /** Reports arguments that make source ranges ineffective. Absent if there are none. */
  readonly voidFindings?: (requested: RangeContext) => readonly Finding[];
  /**
   * The annotations that make source ranges ineffective, with the values that do. They are rejected together with
   * source ranges.
   */
  readonly voidedBy: Voiding;
}
