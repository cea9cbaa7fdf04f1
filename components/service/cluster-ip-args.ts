import type * as pulumi from "@pulumi/pulumi";
import type { IpFamilyArgs } from "./ip-families.ts";
import type { SessionAffinityArgs } from "./session-affinity.ts";
import type { TrafficPolicy } from "./traffic-policy.ts";

/** Which Pods a Service prefers for a client. */
export const TrafficDistribution = {
  /** Those in the client's zone. Kubernetes 1.34 and newer. */
  PreferSameZone: "PreferSameZone",
  /** Those on the client's node. Kubernetes 1.34 and newer. */
  PreferSameNode: "PreferSameNode",
  /** The older name of PreferSameZone. */
  PreferClose: "PreferClose",
} as const;
/** Which Pods a Service prefers for a client. */
export type TrafficDistribution = (typeof TrafficDistribution)[keyof typeof TrafficDistribution];

/** What the Backend's own ClusterIP Service does besides finding the Pods. Only where a port has a `port`. */
export interface ClusterIpArgs extends IpFamilyArgs, SessionAffinityArgs {
  /**
   * To which Pods a node sends what comes from inside the cluster.
   *
   * @default - TrafficPolicy.Cluster, the API server's own default
   * @see https://kubernetes.io/docs/concepts/services-networking/service-traffic-policy/
   */
  readonly internalTrafficPolicy?: TrafficPolicy;
  /**
   * Which Pods the Service prefers for a client.
   *
   * @default - all alike
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#traffic-distribution
   */
  readonly trafficDistribution?: TrafficDistribution;
  /**
   * Whether the Service's DNS name stands for the addresses of the Pods in place of one of its own. Clients then choose
   * the Pod, and connect to the container's port. A change makes a new Service under the same name.
   *
   * @default false
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#headless-services
   */
  readonly headless?: boolean;
  /**
   * Whether Pods are found before they are ready, for those that have to find each other first.
   *
   * @default false
   */
  readonly publishNotReadyAddresses?: pulumi.Input<boolean>;
}
