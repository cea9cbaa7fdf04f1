import type * as pulumi from "@pulumi/pulumi";

/** Pods of the cluster that may connect. */
export interface CallerArgs {
  /**
   * The namespace of the Pods.
   *
   * @default - the Backend's own
   */
  readonly namespace?: pulumi.Input<string>;
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
   * The Pods that may connect from inside the cluster. With an empty list none may. Entrances are not callers: they
   * open their ports to everyone.
   *
   * @default - every Pod of the Backend's namespace
   */
  readonly allowedCallers?: CallerArgs[];
  /**
   * Whether the Pods may connect only to the cluster's DNS servers and the targets of `connectsTo`. DNS servers are the
   * Pods of the namespace kube-system on port 53, the Pods of openshift-dns on port 5353, and NodeLocal DNSCache at its
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
}
