import type * as pulumi from "@pulumi/pulumi";
import type {
  AlpnPolicy,
  BackendProtocol,
  HealthCheckProtocol,
  TargetType,
  ZonalDns,
} from "./enums.ts";

/** TLS that ends at the load balancer. */
export interface TlsArgs {
  /**
   * The certificates, as the controller names them: ARNs of AWS Certificate Manager, ids or names elsewhere. The first is
   * for clients that name no host.
   *
   * @default - no TLS at the load balancer: what arrives is passed on as it is
   */
  readonly certificates?: pulumi.Input<string>[];
  /**
   * The names of the ports that take TLS. On AWS the number of such a port is its alone: none of UDP may have it.
   *
   * @default - the port 443, or the only port there is
   */
  readonly tlsPorts?: string[];
  /**
   * Which versions and ciphers clients may use, by the cloud's name for the set.
   *
   * @default - TLS 1.2 and 1.3 where the controller has a choice
   */
  readonly tlsPolicy?: pulumi.Input<string>;
  /**
   * Which version of HTTP a TLS client is offered.
   *
   * @default AlpnPolicy.None
   */
  readonly alpnPolicy?: AlpnPolicy;
  /**
   * What is spoken to the Pods behind a port that takes TLS.
   *
   * @default BackendProtocol.Tcp
   */
  readonly backendProtocol?: BackendProtocol;
}

/** Where the load balancer is. */
export interface PlacementArgs {
  /**
   * The load balancer's name in the cloud. A change makes a new load balancer on AWS; DigitalOcean and Hetzner rename it,
   * and at Hetzner it has to stay stated.
   *
   * @default - the controller makes one up
   */
  readonly loadBalancerName?: string;
  /**
   * The addresses it has, reserved before: ids of AWS Elastic IPs, names on Google Cloud and Azure, IPs of MetalLB's pool.
   * A change makes a new load balancer.
   *
   * @default - the cloud gives it some
   */
  readonly staticAddresses?: pulumi.Input<string>[];
  /**
   * The subnets it is in, by id or name. Whether a change makes a new load balancer is the controller's; once stated, they
   * have to stay stated with the AWS Load Balancer Controller and EKS Auto Mode.
   *
   * @default - those the controller finds
   */
  readonly subnets?: pulumi.Input<string>[];
  /**
   * The location it is in, such as `fsn1`. A change makes a new load balancer.
   *
   * @default - the controller's own
   */
  readonly location?: string;
  /**
   * The pool its address is taken from. A change makes a new load balancer.
   *
   * @default - that of `staticAddresses`
   */
  readonly addressPool?: string;
  /**
   * The key of an address that several Services share: those with the same key, each with ports of its own.
   *
   * @default - an address of its own
   */
  readonly sharedAddressKey?: string;
  /**
   * The security groups it has, by id or name, instead of one that the controller makes from the source ranges.
   *
   * @default - the controller makes one
   */
  readonly securityGroups?: pulumi.Input<string>[];
  /**
   * Labels for it in the cloud, by key. Whether a change makes a new load balancer is the controller's.
   *
   * @default - the controller's own alone
   */
  readonly tags?: Record<string, pulumi.Input<string>>;
}

/** How the load balancer asks nodes or Pods whether to send them traffic. */
export interface HealthCheckArgs {
  /**
   * What is spoken.
   *
   * @default - TCP; HTTP where a path is given
   */
  readonly healthCheckProtocol?: HealthCheckProtocol;
  /**
   * The path that is asked for with HTTP or HTTPS: that of a real readiness endpoint.
   *
   * @default - none, it connects and no more; `/` where the protocol is stated as HTTP or HTTPS
   */
  readonly healthCheckPath?: string;
  /**
   * Seconds between two checks.
   *
   * @default - 10 where the controller has a choice
   */
  readonly healthCheckIntervalSeconds?: number;
  /**
   * Seconds after which a check without an answer has failed.
   *
   * @default - the controller's own; at Hetzner 10, or the interval where that is shorter
   */
  readonly healthCheckTimeoutSeconds?: number;
  /**
   * How many checks in a row have to succeed before traffic is sent.
   *
   * @default - 2 where the controller has a choice
   */
  readonly healthCheckHealthyThreshold?: number;
  /**
   * How many checks in a row have to fail before no traffic is sent.
   *
   * @default - 2 where the controller has a choice
   */
  readonly healthCheckUnhealthyThreshold?: number;
}

/** How traffic is passed on. */
export interface TrafficArgs {
  /**
   * What the load balancer sends traffic to: nodes, whose kube-proxy passes it on, or the Pods themselves. Pods need
   * addresses of the cloud's network. A change makes new target groups of the same load balancer.
   *
   * @default - the controller's own, written out
   */
  readonly targetType?: TargetType;
  /**
   * Whether each connection begins with a line that says the client's address, of the PROXY protocol. The application has to
   * expect it: one that does not fails every request.
   *
   * @default false
   * @see https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt
   */
  readonly proxyProtocol?: boolean;
  /**
   * Whether the packets that reach the targets keep the client's address. Where nodes enforce the source ranges, it is
   * needed for them.
   *
   * @default - the controller's own
   */
  readonly preserveClientIp?: boolean;
  /**
   * Seconds without a byte after which a connection is closed. A Network Load Balancer has it for connections by TCP, and
   * where TLS ends it is always 350 there. DigitalOcean and Hetzner have it for the ports that take TLS.
   *
   * @default - the controller's own; at Hetzner 60
   */
  readonly idleTimeoutSeconds?: number;
  /**
   * Whether traffic that enters in one zone may go to targets in another. Clouds may charge for it.
   *
   * @default - the controller's own
   */
  readonly crossZone?: boolean;
  /**
   * To which zones its DNS name leads a client.
   *
   * @default - the controller's own: to any
   */
  readonly zonalDns?: ZonalDns;
}

/** What is kept of and around the load balancer. */
export interface OperationArgs {
  /**
   * The bucket that its access logs are written to. It has to let the cloud's log delivery write.
   *
   * @default - no access logs
   */
  readonly accessLogsBucket?: pulumi.Input<string>;
  /**
   * The folder of the bucket.
   *
   * @default - none, the bucket itself
   */
  readonly accessLogsPrefix?: pulumi.Input<string>;
  /**
   * Whether the cloud refuses to delete it. Turn it off in an update of its own before the Service is removed.
   *
   * @default false
   */
  readonly deletionProtection?: boolean;
  /**
   * Attributes of the load balancer that have no argument, in the cloud's words.
   *
   * @default - none
   */
  readonly loadBalancerAttributes?: Record<string, pulumi.Input<string>>;
  /**
   * Attributes of its target groups that have no argument, in the cloud's words.
   *
   * @default - none
   */
  readonly targetGroupAttributes?: Record<string, pulumi.Input<string>>;
}

/**
 * What may be asked of a load balancer. No controller can do all of it: one that cannot do what is asked is an error that
 * names those that can.
 */
export interface IntentArgs
  extends HealthCheckArgs,
    OperationArgs,
    PlacementArgs,
    TlsArgs,
    TrafficArgs {
  /**
   * Annotations of the Service that have no argument, for its controller or any other. One that an argument writes is
   * refused.
   *
   * @default - none
   */
  readonly annotations?: Record<string, pulumi.Input<string>>;
}
