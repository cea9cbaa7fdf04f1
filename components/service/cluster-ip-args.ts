import type * as pulumi from "@pulumi/pulumi";
import type { IpFamilyArgs } from "./ip-families.ts";
import type { SessionAffinityArgs } from "./session-affinity.ts";
import type { TrafficPolicy } from "./traffic-policy.ts";

/** Which Pods a Service prefers for a client. */
export const TrafficDistribution = {
  /** Pods in the client's zone. Kubernetes 1.34 and newer. */
  PreferSameZone: "PreferSameZone",
  /** Pods on the client's node. Kubernetes 1.34 and newer. */
  PreferSameNode: "PreferSameNode",
  /** The older name of PreferSameZone. */
  PreferClose: "PreferClose",
} as const;
/** Which Pods a Service prefers for a client. */
export type TrafficDistribution = (typeof TrafficDistribution)[keyof typeof TrafficDistribution];

/** Settings of the Backend's own ClusterIP Service. Only if a port has a `port`. */
export interface ClusterIpArgs extends IpFamilyArgs, SessionAffinityArgs {
  /**
   * To which Pods a node sends traffic from inside the cluster.
   *
   * @default - TrafficPolicy.Cluster, the API server's own default
   * @see https://kubernetes.io/docs/concepts/services-networking/service-traffic-policy/
   */
  readonly internalTrafficPolicy?: TrafficPolicy;
  /**
   * Which Pods the Service prefers for a client.
   *
   * @default - no preference
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#traffic-distribution
   */
  readonly trafficDistribution?: TrafficDistribution;
  /**
   * Whether the Service's DNS name resolves to the addresses of the Pods instead of a cluster IP. Clients then choose a
   * Pod and connect to the container's port. A change replaces the Service under the same name.
   *
   * @default false
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#headless-services
   */
  readonly headless?: boolean;
  /**
   * The name of a headless Service beside the Backend's own, by whose DNS name the Pods find one another, with all of
   * their ports. Let them connect by `allowedCallers: [{ podLabels: { app }, ports }]`.
   *
   * @default - no headless Service beside it
   */
  readonly headlessServiceName?: string;
  /**
   * Whether the DNS name of the headless Service beside it includes Pods that are not ready, for Pods that must find each
   * other first.
   *
   * @default false
   */
  readonly headlessPublishNotReadyAddresses?: pulumi.Input<boolean>;
  /**
   * Whether the DNS name includes Pods that are not ready, for Pods that must find each other first.
   *
   * @default false
   */
  readonly publishNotReadyAddresses?: pulumi.Input<boolean>;
}
