import type { IpFamily } from "../../service/ip-families.ts";
import type { Finding } from "../../validation/checks.ts";
import type { Intent } from "./intent.ts";
import type { Voiding } from "./voiding.ts";

/** What lets in source ranges alone. */
export const RangeEnforcer = {
  /** A security group of the load balancer: it sees the clients, whatever is done with their addresses behind it. */
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
  /** Nothing does: everybody can connect. */
  Nobody: "nothing",
} as const;
/** What lets in source ranges alone. */
export type RangeEnforcer = (typeof RangeEnforcer)[keyof typeof RangeEnforcer];

/** What is asked beside source ranges, as far as it decides what becomes of them. Nothing of it has been judged. */
export type AskedBesideRanges = Pick<
  Intent,
  "exposure" | "externalTrafficPolicy" | "ipFamilies" | "ipFamilyPolicy" | "preserveClientIp"
>;

/** Who enforces source ranges for a controller, and what leaves them without effect. */
export interface Enforcement {
  readonly by: RangeEnforcer;
  /** The families of addresses that a load balancer has or may get. Absent where they are the Service's own. */
  readonly families?: (asked: AskedBesideRanges) => readonly IpFamily[];
  /** What is asked beside them and leaves them without effect. Absent where nothing does. */
  readonly voidFindings?: (asked: AskedBesideRanges) => readonly Finding[];
  /** Annotations that leave them without effect, with what is said then. With source ranges they are nobody's to write. */
  readonly voidedBy: Voiding;
}
