import type * as pulumi from "@pulumi/pulumi";
import type {
  AlpnPolicy,
  BackendProtocol,
  HealthCheckProtocol,
  TargetType,
  ZonalDns,
} from "./enums.ts";

/** TLS termination at the load balancer. */
export interface TlsArgs {
  /**
   * The certificates, in the controller's notation: ARNs of AWS Certificate Manager, ids or names elsewhere. Clients
   * that send no host name get the first one.
   *
   * @default - no TLS at the load balancer, which forwards the bytes unchanged
   */
  readonly certificates?: pulumi.Input<string>[];
  /**
   * The names of the TLS ports. On AWS no UDP port may share the number of a TLS port.
   *
   * @default - port 443, or the only port
   */
  readonly tlsPorts?: string[];
  /**
   * The TLS versions and ciphers that clients may use, as the cloud's policy name.
   *
   * @default - TLS 1.2 and 1.3, if the controller supports a choice
   */
  readonly tlsPolicy?: pulumi.Input<string>;
  /**
   * The HTTP version that a TLS client is offered.
   *
   * @default AlpnPolicy.None
   */
  readonly alpnPolicy?: AlpnPolicy;
  /**
   * The protocol to the Pods behind a TLS port.
   *
   * @default BackendProtocol.Tcp
   */
  readonly backendProtocol?: BackendProtocol;
}

/** The location and the identity of the load balancer. */
export interface PlacementArgs {
  /**
   * The load balancer's name in the cloud. A change replaces the load balancer on AWS; DigitalOcean and Hetzner rename
   * it. At Hetzner it must not be removed once it is set.
   *
   * @default - the controller generates a name
   */
  readonly loadBalancerName?: string;
  /**
   * Its reserved addresses: ids of AWS Elastic IPs, names on Google Cloud and Azure, IPs of MetalLB's pool. A change
   * replaces the load balancer.
   *
   * @default - the cloud assigns addresses
   */
  readonly staticAddresses?: pulumi.Input<string>[];
  /**
   * Its subnets, by id or name. Whether a change replaces the load balancer depends on the controller. With the AWS
   * Load Balancer Controller and EKS Auto Mode they must not be removed once they are set.
   *
   * @default - the subnets that the controller finds
   */
  readonly subnets?: pulumi.Input<string>[];
  /**
   * Its location, such as `fsn1`. A change replaces the load balancer.
   *
   * @default - the controller's own
   */
  readonly location?: string;
  /**
   * The pool of its address. A change replaces the load balancer.
   *
   * @default - the pool of `staticAddresses`
   */
  readonly addressPool?: string;
  /**
   * The key of a shared address. Services with the same key share one address, each with its own ports.
   *
   * @default - an address that is not shared
   */
  readonly sharedAddressKey?: string;
  /**
   * Its security groups, by id or name, in place of the one that the controller makes from the source ranges.
   *
   * @default - the controller makes one
   */
  readonly securityGroups?: pulumi.Input<string>[];
  /**
   * Its tags in the cloud, by key. Whether a change replaces the load balancer depends on the controller.
   *
   * @default - only the controller's own
   */
  readonly tags?: Record<string, pulumi.Input<string>>;
}

/** How the load balancer checks the health of nodes or Pods. */
export interface HealthCheckArgs {
  /**
   * The name of the port of this Service that health checks connect to, for all ports; it must be TCP. Controllers that
   * read the number of a node port need a fixed `nodePort` of it.
   *
   * @default - each port is checked itself; on DigitalOcean the nodes, or the first TCP port if a protocol or path is set
   */
  readonly healthCheckPort?: string;
  /**
   * What is spoken.
   *
   * @default - TCP; HTTP if a path is set
   */
  readonly healthCheckProtocol?: HealthCheckProtocol;
  /**
   * The path to request over HTTP or HTTPS. Use a real readiness endpoint.
   *
   * @default - none, the check only connects; `/` if the protocol is HTTP or HTTPS
   */
  readonly healthCheckPath?: string;
  /**
   * Seconds between two checks.
   *
   * @default - 10, if the controller supports a choice
   */
  readonly healthCheckIntervalSeconds?: number;
  /**
   * Seconds after which an unanswered check fails.
   *
   * @default - the controller's own; at Hetzner 10, or the interval if that is shorter
   */
  readonly healthCheckTimeoutSeconds?: number;
  /**
   * How many checks in a row must succeed before a target receives traffic.
   *
   * @default - 2, if the controller supports a choice
   */
  readonly healthCheckHealthyThreshold?: number;
  /**
   * How many checks in a row must fail before a target receives no more traffic.
   *
   * @default - 2, if the controller supports a choice
   */
  readonly healthCheckUnhealthyThreshold?: number;
}

/** How traffic is forwarded. */
export interface TrafficArgs {
  /**
   * What the load balancer sends traffic to: nodes, whose kube-proxy forwards it, or Pods directly. Pods then need
   * addresses of the cloud's network. A change makes new target groups for the same load balancer.
   *
   * @default - the controller's own, written explicitly
   */
  readonly targetType?: TargetType;
  /**
   * Whether each connection begins with a PROXY protocol line that states the client's address. The application must
   * expect it; otherwise every request fails.
   *
   * @default false
   * @see https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt
   */
  readonly proxyProtocol?: boolean;
  /**
   * Whether packets keep the client's address on the way to the targets. Required for source ranges that nodes enforce.
   *
   * @default - the controller's own
   */
  readonly preserveClientIp?: boolean;
  /**
   * Seconds without traffic after which a connection is closed. On a Network Load Balancer it applies to TCP ports; TLS
   * ports always have 350. On DigitalOcean and Hetzner it applies to TLS ports.
   *
   * @default - the controller's own; at Hetzner 60
   */
  readonly idleTimeoutSeconds?: number;
  /**
   * Whether traffic that enters one zone may go to targets in another. Clouds may charge for it.
   *
   * @default - the controller's own
   */
  readonly crossZone?: boolean;
  /**
   * To which zones its DNS name resolves for a client.
   *
   * @default - the controller's own: any zone
   */
  readonly zonalDns?: ZonalDns;
}

/** Logs, protection and other attributes of the load balancer. */
export interface OperationArgs {
  /**
   * The bucket for its access logs. The bucket must allow the cloud's log delivery to write.
   *
   * @default - no access logs
   */
  readonly accessLogsBucket?: pulumi.Input<string>;
  /**
   * The folder in the bucket.
   *
   * @default - none, the bucket itself
   */
  readonly accessLogsPrefix?: pulumi.Input<string>;
  /**
   * Whether the cloud refuses to delete the load balancer. Turn this off in a separate update before you remove the
   * Service.
   *
   * @default false
   */
  readonly deletionProtection?: boolean;
  /**
   * Attributes of the load balancer that have no argument, by the cloud's names.
   *
   * @default - none
   */
  readonly loadBalancerAttributes?: Record<string, pulumi.Input<string>>;
  /**
   * Attributes of its target groups that have no argument, by the cloud's names.
   *
   * @default - none
   */
  readonly targetGroupAttributes?: Record<string, pulumi.Input<string>>;
}

/**
 * The options of a load balancer. No controller supports all of them: an unsupported option is an error that names the
 * controllers that support it.
 */
export interface IntentArgs
  extends HealthCheckArgs,
    OperationArgs,
    PlacementArgs,
    TlsArgs,
    TrafficArgs {
  /**
   * Annotations of the Service that have no argument, for its controller or any other. An annotation that an argument
   * writes is rejected.
   *
   * @default - none
   */
  readonly annotations?: Record<string, pulumi.Input<string>>;
}

/** All options, in the order of the documentation. The compiler checks that none is missing. */
export const OPTIONS: Readonly<Record<Exclude<keyof IntentArgs, "annotations">, true>> = {
  certificates: true,
  tlsPorts: true,
  tlsPolicy: true,
  alpnPolicy: true,
  backendProtocol: true,
  loadBalancerName: true,
  staticAddresses: true,
  subnets: true,
  location: true,
  addressPool: true,
  sharedAddressKey: true,
  securityGroups: true,
  tags: true,
  healthCheckPort: true,
  healthCheckProtocol: true,
  healthCheckPath: true,
  healthCheckIntervalSeconds: true,
  healthCheckTimeoutSeconds: true,
  healthCheckHealthyThreshold: true,
  healthCheckUnhealthyThreshold: true,
  targetType: true,
  proxyProtocol: true,
  preserveClientIp: true,
  idleTimeoutSeconds: true,
  crossZone: true,
  zonalDns: true,
  accessLogsBucket: true,
  accessLogsPrefix: true,
  deletionProtection: true,
  loadBalancerAttributes: true,
  targetGroupAttributes: true,
};
