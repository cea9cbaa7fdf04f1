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
 * Seconds that a Pod which is told to stop goes on taking new connections, by the way they reach it. Kubernetes takes
 * the Pod out of its Services and stops it at the same moment, and nothing orders the two.
 *
 * - Inside the cluster only kube-proxy has to learn of it. Published settings are 5 to 15 seconds (nais/naiserator#538
 *   has used 5 for years).
 * - Through a node port we measured 10 seconds: no connection of 9,000 lost in one rollout, 48 of 13,500 when a second
 *   one followed at once. So the upper end of that range.
 * - Behind a load balancer its health checks and its own propagation come on top: 40 seconds still lost requests, 70 did
 *   not (aws-load-balancer-controller#2106); alphagov/govuk-helm-charts#2202 went from 15 to 60, quay/quay#6871 to 45.
 */
export const DRAIN_SECONDS = { Cluster: 10, NodePort: 15, LoadBalancer: 60 } as const;

/**
 * Seconds between two health checks of a load balancer, where we set them. A rollout goes on to the next Pod after more
 * than one of them, so that a node whose only Pod is new has been looked at.
 */
export const HEALTH_CHECK_INTERVAL_SECONDS = 10;

/** Seconds left after the last request may have ended, for the process to exit. */
const EXIT_SECONDS = 5;

/** The times of a Pod's end and of a rollout. They depend on each other, so they are derived together. */
export interface Drain {
  /** `lifecycle.preStop.sleep.seconds`: new connections are still taken. */
  readonly sleepSeconds: number;
  /** `terminationGracePeriodSeconds`: it includes the sleep, after which the application ends its requests. */
  readonly gracePeriodSeconds: number;
  /** `minReadySeconds`: how long a new Pod is watched before an old one goes. */
  readonly minReadySeconds: number;
}

/** Derives a Backend's times from how it is reached and how long its longest request takes. */
export function drainFor(entrances: readonly Entrance[], longestRequestSeconds: number): Drain {
  const ways = entrances.map((entrance) => DRAIN_SECONDS[entrance]);
  const sleepSeconds = Math.max(DRAIN_SECONDS.Cluster, ...ways);
  const balanced = entrances.includes(Entrance.LoadBalancer);
  return {
    sleepSeconds,
    gracePeriodSeconds: sleepSeconds + longestRequestSeconds + EXIT_SECONDS,
    minReadySeconds: balanced ? HEALTH_CHECK_INTERVAL_SECONDS + 1 : 0,
  };
}
