import type * as pulumi from "@pulumi/pulumi";
import type { Protocol } from "../service/target.ts";

/** Something outside of the cluster to which the Pods connect: exactly one of `externalName` and `addresses`. */
export interface ExternalConnectionArgs {
  /**
   * Its DNS name, such as `db.example.com`.
   *
   * @default - it has addresses
   */
  readonly externalName?: pulumi.Input<string>;
  /**
   * Its IP addresses, of one family. They are the endpoints of a Service without a selector, so that they may change
   * without new Pods.
   *
   * @default - it has a DNS name
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors
   */
  readonly addresses?: pulumi.Input<string>[];
  /** The port to which the Pods connect. */
  readonly port: number;
  /**
   * The transport protocol.
   *
   * @default Protocol.TCP
   */
  readonly protocol?: Protocol;
  /**
   * The application protocol. With `http` or `https` there is a variable for the URL.
   *
   * @default - not stated; the ports 80, 8080, 443 and 8443 are HTTP
   */
  readonly appProtocol?: string;
  /**
   * The name of a Service in the Backend's namespace that stands for it. With `externalName`, the Service is of the type
   * `ExternalName`; a server that expects its own name in TLS or HTTP requests does not get it then.
   *
   * @default - with addresses, the Backend's name, `-to-` and the key in lower case; with externalName, no Service: the
   * Pods use the name itself
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#externalname
   */
  readonly serviceName?: string;
  /**
   * The address ranges in which `externalName` lies, to which `closeEgress` lets the Pods connect: NetworkPolicies know
   * no DNS names. `0.0.0.0/0` is every IPv4 address. Required with `closeEgress` and `externalName`.
   *
   * @default - the addresses
   */
  readonly ranges?: pulumi.Input<string>[];
}

/** What the Pods connect to outside of the cluster. */
export interface ExternalConnectionsArgs {
  /**
   * What the Pods connect to outside of the cluster, such as a database or another company's service, by an upper-case
   * prefix for the container's environment variables. `DATABASE` yields
   *
   * - `DATABASE_HOST`: the DNS name, or that of the Service in front of the addresses,
   * - `DATABASE_PORT`: the port,
   * - `DATABASE_URL`: the URL of an HTTP port.
   *
   * With `closeEgress` the Pods may still connect to it.
   *
   * @default - nothing
   */
  readonly connectsToExternal?: Record<string, ExternalConnectionArgs>;
}
