/** What makes load balancers in a cluster. A closed list: each has its own way to say the same thing. */
export const LoadBalancerController = {
  /** The AWS cloud controller manager, making Network Load Balancers. */
  AwsCloudControllerNlb: "AwsCloudControllerNlb",
  /** Nothing does: a Service of type LoadBalancer would wait for its address for ever. */
  None: "None",
} as const;
/** What makes load balancers in a cluster. */
export type LoadBalancerController =
  (typeof LoadBalancerController)[keyof typeof LoadBalancerController];

/** A range of port numbers, both ends included. */
export interface PortRangeArgs {
  /** The lowest port. */
  readonly first: number;
  /** The highest port. */
  readonly last: number;
}

/** Plain facts about a cluster, and what may be opened in it. Stated once per cluster; nothing is guessed. */
export interface ClusterArgs {
  /** What makes load balancers in this cluster. Nothing in the cluster tells it reliably, so it is stated. */
  readonly controller: LoadBalancerController;
  /**
   * Whether load balancers that the internet can reach may be created.
   *
   * @default false
   */
  readonly allowPublic?: boolean;
  /**
   * Whether ports may be opened on every node.
   *
   * @default false
   */
  readonly allowNodePort?: boolean;
  /**
   * The API server's `--service-node-port-range`.
   *
   * @default 30000 to 32767, the API server's own default
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport
   */
  readonly nodePortRange?: PortRangeArgs;
}
