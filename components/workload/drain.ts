/** How traffic from outside the cluster reaches a Backend's Pods. */
export const Entrance = {
  /** Through a NodePortService. */
  NodePort: "NodePort",
  /** Through a LoadBalancerService. */
  LoadBalancer: "LoadBalancer",
} as const;
/** How traffic from outside the cluster reaches a Backend's Pods. */
export type Entrance = (typeof Entrance)[keyof typeof Entrance];

/**
 * Seconds for which a stopping Pod keeps accepting new connections, by entrance. Kubernetes removes the Pod from its
 * Services and stops it at the same time, in no order.
 *
 * - Inside the cluster only kube-proxy has to learn of it. Published settings are 5 to 15 seconds (nais/naiserator#538
 *   has used 5 for years).
 * - Through a node port, 10 seconds lost none of 9,000 connections in one rollout, but 48 of 13,500 when a second one
 *   followed immediately. Therefore the upper end of that range.
 * - Behind a load balancer, add its health checks and its propagation: 40 seconds still lost requests, 70 did not
 *   (aws-load-balancer-controller#2106); alphagov/govuk-helm-charts#2202 went from 15 to 60, quay/quay#6871 to 45.
 */
export const DRAIN_SECONDS = { Cluster: 10, NodePort: 15, LoadBalancer: 60 } as const;

/**
 * The default seconds between two health checks of a load balancer. A rollout waits longer than that before the next
 * Pod, so that a node whose only Pod is new has been checked.
 */
export const HEALTH_CHECK_INTERVAL_SECONDS = 10;

/** Seconds for the process to exit after the last request. */
const EXIT_SECONDS = 5;

/** The times of a stopping Pod and of a rollout. They depend on each other, so they are derived together. */
export interface Drain {
  /** `lifecycle.preStop.sleep.seconds`: new connections are still taken. */
  readonly sleepSeconds: number;
  /** `terminationGracePeriodSeconds`: includes the sleep, after which the application finishes its requests. */
  readonly gracePeriodSeconds: number;
  /** `minReadySeconds`: how long a new Pod must stay ready before an old one stops. */
  readonly minReadySeconds: number;
}

/** Seconds for which a stopping Pod keeps accepting new connections, for all of its entrances. */
function drainSecondsFor(entrances: readonly Entrance[]): number {
  const ways = entrances.map((entrance) => DRAIN_SECONDS[entrance]);
  return Math.max(DRAIN_SECONDS.Cluster, ...ways);
}

/** Derives a Backend's times from its entrances and its longest request. */
export function drainFor(
  entrances: readonly Entrance[],
  longestRequestSeconds: number,
  sleepSeconds: number = drainSecondsFor(entrances),
): Drain {
  const balanced = entrances.includes(Entrance.LoadBalancer);
  return {
    sleepSeconds,
    gracePeriodSeconds: sleepSeconds + longestRequestSeconds + EXIT_SECONDS,
    minReadySeconds: balanced ? HEALTH_CHECK_INTERVAL_SECONDS + 1 : 0,
  };
}
