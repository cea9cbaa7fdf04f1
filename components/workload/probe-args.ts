import type * as pulumi from "@pulumi/pulumi";

/** How an HTTP probe connects. */
export const ProbeScheme = {
  /** Without TLS. */
  HTTP: "HTTP",
  /** With TLS; the certificate is not verified. */
  HTTPS: "HTTPS",
} as const;
/** How an HTTP probe connects. */
export type ProbeScheme = (typeof ProbeScheme)[keyof typeof ProbeScheme];

/** A probe by an HTTP request; a status from 200 to 399 passes. */
export interface HttpGetProbeArgs {
  /** The path, starting with `/`. */
  readonly path: pulumi.Input<string>;
  /** The name of the port. */
  readonly port: string;
  /**
   * Whether to use TLS, without verifying the certificate.
   *
   * @default - HTTP, the API server's own default
   */
  readonly scheme?: ProbeScheme;
  /**
   * Headers of the request by name, such as `Host: "shop.example"`.
   *
   * @default - those of the kubelet
   */
  readonly httpHeaders?: Record<string, pulumi.Input<string>>;
}

/** A probe that passes when a connection opens. */
export interface TcpSocketProbeArgs {
  /** The name of the port to connect to. */
  readonly port: string;
}

/** A probe by a command in the container; exit code 0 passes. */
export interface ExecProbeArgs {
  /** The command and its arguments, without a shell. */
  readonly command: pulumi.Input<string>[];
}

/** A probe by the gRPC health checking protocol; `SERVING` passes. */
export interface GrpcProbeArgs {
  /** The name of the port. */
  readonly port: string;
  /**
   * The name of the service whose health is checked.
   *
   * @default - none, the health of the whole server
   * @see https://github.com/grpc/grpc/blob/master/doc/health-checking.md
   */
  readonly service?: pulumi.Input<string>;
}

/**
 * A check that the kubelet repeats: exactly one of `httpGet`, `tcpSocket`, `grpc` and `exec`.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
 */
export interface ProbeArgs {
  /**
   * Checks by an HTTP request.
   *
   * @default - another check is used
   */
  readonly httpGet?: HttpGetProbeArgs;
  /**
   * Checks by opening a connection.
   *
   * @default - another check is used
   */
  readonly tcpSocket?: TcpSocketProbeArgs;
  /**
   * Checks by the gRPC health checking protocol.
   *
   * @default - another check is used
   */
  readonly grpc?: GrpcProbeArgs;
  /**
   * Checks by running a command in the container.
   *
   * @default - another check is used
   */
  readonly exec?: ExecProbeArgs;
  /**
   * Seconds from the container's start to the first check, from 0.
   *
   * @default - 0, the API server's own default
   */
  readonly initialDelaySeconds?: pulumi.Input<number>;
  /**
   * Seconds between two checks, from 1.
   *
   * @default - 10, the API server's own default
   */
  readonly periodSeconds?: pulumi.Input<number>;
  /**
   * Seconds after which a check times out, from 1.
   *
   * @default - 1, the API server's own default
   */
  readonly timeoutSeconds?: pulumi.Input<number>;
  /**
   * Consecutive failures after which the probe fails, from 1.
   *
   * @default - 3, the API server's own default
   */
  readonly failureThreshold?: pulumi.Input<number>;
  /**
   * Consecutive successes after which the probe passes again, from 1; always 1 for a liveness or startup probe.
   *
   * @default - 1, the API server's own default
   */
  readonly successThreshold?: pulumi.Input<number>;
}
