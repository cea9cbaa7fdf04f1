/** What makes load balancers in a cluster. A closed list: each has its own way to say the same thing. */
export const LoadBalancerController = {
  /** The AWS Load Balancer Controller, making Network Load Balancers. */
  AwsLoadBalancerController: "AwsLoadBalancerController",
  /** The load balancing of EKS Auto Mode, making Network Load Balancers. */
  EksAutoMode: "EksAutoMode",
  /** The AWS cloud controller manager, making Network Load Balancers. */
  AwsCloudControllerNlb: "AwsCloudControllerNlb",
  /** The AWS cloud controller manager, making Classic Load Balancers. For what exists: AWS makes no new features for them. */
  AwsCloudControllerClassic: "AwsCloudControllerClassic",
  /** Google Kubernetes Engine, or Google's controllers elsewhere, making passthrough Network Load Balancers. */
  GoogleCloud: "GoogleCloud",
  /** Azure Kubernetes Service, or Azure's cloud controller manager elsewhere, making rules of a Standard Load Balancer. */
  Azure: "Azure",
  /** DigitalOcean's cloud controller manager. */
  DigitalOcean: "DigitalOcean",
  /** Hetzner's cloud controller manager. */
  HetznerCloud: "HetznerCloud",
  /** MetalLB, for clusters on one's own machines. */
  MetalLb: "MetalLb",
  /** The ServiceLB that k3s brings along, which opens the ports on its nodes. */
  K3sServiceLb: "K3sServiceLb",
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
   * Whether clients may be served through ports that are opened on every node, by NodePortServices.
   *
   * Load balancers are not asked: where the controller sends traffic to ports of nodes, they are opened whatever is said
   * here, and where it does not, they are never.
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
