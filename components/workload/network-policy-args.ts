import type * as pulumi from "@pulumi/pulumi";
import type { Protocol } from "../service/target.ts";

/** Who may connect: Pods of the cluster, or addresses outside of it. */
export interface CallerArgs {
  /**
   * The namespace of the Pods.
   *
   * @default - the Backend's own
   */
  readonly namespace?: pulumi.Input<string>;
  /**
   * The labels of the namespaces of the Pods, such as `team: payments`. Excludes `namespace`.
   *
   * @default - the namespace is named
   */
  readonly namespaceLabels?: Record<string, pulumi.Input<string>>;
  /**
   * Whether the Pods may be of any namespace. Excludes `namespace` and `namespaceLabels`.
   *
   * @default false
   */
  readonly anyNamespace?: boolean;
  /**
   * Address ranges that may connect, such as `10.20.0.0/16`: machines outside of the cluster, or nodes. Not for Pods,
   * whose addresses change, so that every field but `ports` is excluded.
   *
   * @default - Pods may connect, no address ranges
   * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors
   */
  readonly ranges?: pulumi.Input<string>[];
  /**
   * The labels of the Pods, such as `app: my-frontend`.
   *
   * @default - every Pod of the namespace
   */
  readonly podLabels?: Record<string, pulumi.Input<string>>;
  /**
   * The names of the ports to which they may connect.
   *
   * @default - the ports of the Backend's ClusterIP Service
   */
  readonly ports?: string[];
}

/** A port outside of the Backend to which its Pods may connect. */
export interface EgressPortArgs {
  /** The number. */
  readonly port: number;
  /**
   * The last number of a range of ports that begins with `port`.
   *
   * @default - only `port`
   */
  readonly endPort?: number;
  /**
   * The transport protocol.
   *
   * @default Protocol.TCP
   */
  readonly protocol?: Protocol;
}

/** Addresses to which the Pods may connect, such as those of a cloud's API or of a company's network. */
export interface EgressArgs {
  /** The address ranges, such as `10.0.0.0/8`; `0.0.0.0/0` is every IPv4 address. NetworkPolicies know no DNS names. */
  readonly ranges: pulumi.Input<string>[];
  /**
   * The ports to which they may connect there.
   *
   * @default - every port
   */
  readonly ports?: EgressPortArgs[];
}

/**
 * Which connections the Pods accept and make. The cluster's network must enforce NetworkPolicies.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export interface NetworkPolicyArgs {
  /**
   * Whether connections are limited to the entrances and callers.
   *
   * @default true
   */
  readonly networkPolicy?: boolean;
  /**
   * Who may connect besides those that come through entrances, which open their ports to everyone. With an empty list
   * nobody may.
   *
   * @default - every Pod of the Backend's namespace
   */
  readonly allowedCallers?: CallerArgs[];
  /**
   * Whether the Pods may connect only to the cluster's DNS servers, the targets of `connectsTo` and the addresses in
   * `allowedEgress`. DNS servers are the Pods of the namespace kube-system on port 53, the Pods of openshift-dns on port 5353, and NodeLocal DNSCache at its
   * usual address 169.254.20.10.
   *
   * @default false
   * @see https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/
   */
  readonly closeEgress?: boolean;
  /**
   * Additional DNS servers for port 53 if `closeEgress` is true, as address ranges: servers outside the cluster, or the
   * DNS Service's own address if NodeLocal DNSCache serves it.
   *
   * @default - none
   */
  readonly dnsServerRanges?: pulumi.Input<string>[];
  /**
   * Addresses to which the Pods may connect if `closeEgress` is true.
   *
   * @default - none
   */
  readonly allowedEgress?: EgressArgs[];
}
