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
   * every port of the Pods to anybody.
   *
   * @default - every Pod of the Backend's namespace
   */
  readonly allowedCallers?: CallerArgs[];
  /**
   * Whether the Pods may connect to nothing but DNS servers, on port 53, and the targets of `connectsTo`.
   *
   * @default false
   */
  readonly closeEgress?: boolean;
}
