import type { AddressKind } from "./address-kind.ts";

/**
 * The controller that makes load balancers in a cluster. The list is closed, because each controller has its own
 * annotations; `Other` is for those that are not in it.
 */
export const LoadBalancerController = {
  /** The AWS Load Balancer Controller, making Network Load Balancers. */
  AwsLoadBalancerController: "AwsLoadBalancerController",
  /** The load balancing of EKS Auto Mode, making Network Load Balancers. */
  EksAutoMode: "EksAutoMode",
  /** The AWS cloud controller manager, making Network Load Balancers. */
  AwsCloudControllerNlb: "AwsCloudControllerNlb",
  /**
   * The AWS cloud controller manager, making Classic Load Balancers. For existing ones only: AWS adds no features to
   * them.
   */
  AwsCloudControllerClassic: "AwsCloudControllerClassic",
  /** Google Kubernetes Engine, or Google's controllers elsewhere, making passthrough Network Load Balancers. */
  GoogleCloud: "GoogleCloud",
  /** Azure Kubernetes Service, or Azure's cloud controller manager elsewhere, making rules of a Standard Load Balancer. */
  Azure: "Azure",
  /** DigitalOcean's cloud controller manager. */
  DigitalOcean: "DigitalOcean",
  /** Hetzner's cloud controller manager. */
  HetznerCloud: "HetznerCloud",
  /** Linode's cloud controller manager, making NodeBalancers. Not run with this package yet. */
  Linode: "Linode",
  /** Scaleway's cloud controller manager. Not run with this package yet. */
  Scaleway: "Scaleway",
  /** Oracle Cloud's cloud controller manager, making network load balancers. Not run with this package yet. */
  OracleCloud: "OracleCloud",
  /** MetalLB, for clusters on your own machines. */
  MetalLb: "MetalLb",
  /** ServiceLB, which comes with k3s and opens the ports on its nodes. */
  K3sServiceLb: "K3sServiceLb",
  /** A controller that this package does not know. `otherController` states what is to be known of it. */
  Other: "Other",
  /** No controller: a Service of type LoadBalancer would wait for an address forever. */
  None: "None",
} as const;
/** The controller that makes load balancers in a cluster. */
export type LoadBalancerController =
  (typeof LoadBalancerController)[keyof typeof LoadBalancerController];

/** A range of port numbers, both ends included. */
export interface PortRangeArgs {
  /** The lowest port. */
  readonly first: number;
  /** The highest port. */
  readonly last: number;
}

/** A controller that this package does not know, such as kube-vip or those of OpenStack, OCI and Scaleway. */
export interface OtherControllerArgs {
  /** The kind of address that it assigns: `ip` or `hostname`. */
  readonly addressKind: AddressKind;
  /**
   * The `loadBalancerClass` of its Services. A change replaces the load balancers.
   *
   * @default - none: the cluster's default controller makes the load balancers
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-class
   */
  readonly loadBalancerClass?: string;
  /**
   * The annotations that make a load balancer public, by key; an empty object if none are needed.
   *
   * @default - no load balancer may be public
   */
  readonly publicAnnotations?: Record<string, string>;
  /**
   * The annotations that make a load balancer internal, by key; an empty object if none are needed.
   *
   * @default - no load balancer may be internal
   */
  readonly internalAnnotations?: Record<string, string>;
  /**
   * Whether it enforces `loadBalancerSourceRanges` for every connection. Otherwise only ranges that admit everyone are
   * accepted.
   *
   * @default false
   */
  readonly enforcesSourceRanges?: boolean;
}

/** Facts about a cluster, and what may be opened in it. State them once per cluster; nothing is guessed. */
export interface ClusterArgs {
  /**
   * The controller that makes load balancers in this cluster. It must be stated, because the cluster does not reveal it
   * reliably.
   */
  readonly controller: LoadBalancerController;
  /**
   * What is to be known of the controller if `controller` is `Other`, for which it is required.
   *
   * @default - nothing, the package knows the controller
   */
  readonly otherController?: OtherControllerArgs;
  /**
   * Whether load balancers that the internet can reach may be created.
   *
   * @default false
   */
  readonly allowPublic?: boolean;
  /**
   * Whether NodePortServices may open ports on every node.
   *
   * This does not affect load balancers: if their controller sends traffic to node ports, node ports are opened
   * whatever the value here; otherwise they never are.
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
