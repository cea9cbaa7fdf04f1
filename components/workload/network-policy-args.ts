import type * as pulumi from "@pulumi/pulumi";

/** Pods of the cluster that may connect. */
export interface CallerArgs {
  /**
   * Their namespace.
   *
   * @default - the Backend's own
   */
  readonly namespace?: pulumi.Input<string>;
  /**
   * The labels they have, such as `app: my-frontend`.
   *
   * @default - every Pod of the namespace
   */
  readonly podLabels?: Record<string, pulumi.Input<string>>;
  /**
   * The names of the ports they may connect to.
   *
   * @default - the ports of the Backend's ClusterIP Service
   */
  readonly ports?: string[];
}

/**
 * Who may connect to the Pods, and to whom they may. A NetworkPolicy says it; the cluster's network has to enforce it.
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
   * The Pods that may connect from inside the cluster. With an empty list none may. Entrances are no callers: they open
   * their ports to anybody.
   *
   * @default - every Pod of the Backend's namespace
   */
  readonly allowedCallers?: CallerArgs[];
  /**
   * Whether the Pods may connect to nothing but the cluster's DNS servers and the targets of `connectsTo`. DNS servers are
   * the Pods of the namespace kube-system on port 53, those of openshift-dns on port 5353, and NodeLocal DNSCache at its
   * usual address 169.254.20.10.
   *
   * @default false
   * @see https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/
   */
  readonly closeEgress?: boolean;
  /**
   * More DNS servers that the Pods may ask on port 53 where `closeEgress` is true, as address ranges: servers outside the
   * cluster, or the DNS Service's own address where NodeLocal DNSCache answers for it.
   *
   * @default - none
   */
  readonly dnsServerRanges?: pulumi.Input<string>[];
}
