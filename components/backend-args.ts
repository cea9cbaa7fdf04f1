import type * as pulumi from "@pulumi/pulumi";
import type { Protocol } from "./service/target.ts";
import type { Entrance } from "./workload/drain.ts";

/** When a node fetches the image. */
export const ImagePullPolicy = {
  /** At every start of a Pod; with a digest only the name is looked up. */
  Always: "Always",
  /** When the node does not have it. */
  IfNotPresent: "IfNotPresent",
  /** Never: it has to be on the node. */
  Never: "Never",
} as const;
/** When a node fetches the image. */
export type ImagePullPolicy = (typeof ImagePullPolicy)[keyof typeof ImagePullPolicy];

/** How an HTTP probe connects. */
export const ProbeScheme = {
  /** Without TLS. */
  HTTP: "HTTP",
  /** With TLS; the certificate is not looked at. */
  HTTPS: "HTTPS",
} as const;
/** How an HTTP probe connects. */
export type ProbeScheme = (typeof ProbeScheme)[keyof typeof ProbeScheme];

/** A port that the container listens on. */
export interface BackendPortArgs {
  /** The port's name: probes, Services and URLs use it. At most 15 characters. */
  readonly name: string;
  /** The number the container listens on. Below 1024 it needs root, which the Pod does not have. */
  readonly containerPort: number;
  /**
   * The port of the Backend's own ClusterIP Service.
   *
   * @default - not in the Service; where no port is, there is no Service
   */
  readonly port?: number;
  /**
   * The transport protocol.
   *
   * @default Protocol.TCP
   */
  readonly protocol?: Protocol;
  /**
   * What is spoken on the port, such as `http`, `https` or `kubernetes.io/h2c`. Decides the scheme of its URL.
   *
   * @default - not stated
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#application-protocol
   */
  readonly appProtocol?: string;
}

/** A probe by an HTTP request; a status from 200 to 399 passes. */
export interface HttpGetProbeArgs {
  /** The path, starting with `/`. */
  readonly path: pulumi.Input<string>;
  /** The name of the port to ask. */
  readonly port: string;
  /**
   * Whether to use TLS, without looking at the certificate.
   *
   * @default - HTTP, the API server's own default
   */
  readonly scheme?: ProbeScheme;
}

/** A probe that passes when a connection opens. */
export interface TcpSocketProbeArgs {
  /** The name of the port to connect to. */
  readonly port: string;
}

/** A probe by a command in the container; exit code 0 passes. */
export interface ExecProbeArgs {
  /** The command and its arguments; no shell is around them. */
  readonly command: pulumi.Input<string>[];
}

/**
 * A question that the kubelet asks the container again and again: exactly one of `httpGet`, `tcpSocket` and `exec`.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
 */
export interface ProbeArgs {
  /**
   * Asks by an HTTP request.
   *
   * @default - another way is used
   */
  readonly httpGet?: HttpGetProbeArgs;
  /**
   * Asks by opening a connection.
   *
   * @default - another way is used
   */
  readonly tcpSocket?: TcpSocketProbeArgs;
  /**
   * Asks by running a command in the container.
   *
   * @default - another way is used
   */
  readonly exec?: ExecProbeArgs;
  /**
   * Seconds from the container's start to the first question, from 0.
   *
   * @default - 0, the API server's own default
   */
  readonly initialDelaySeconds?: pulumi.Input<number>;
  /**
   * Seconds between two questions, from 1.
   *
   * @default - 10, the API server's own default
   */
  readonly periodSeconds?: pulumi.Input<number>;
  /**
   * Seconds after which an answer is too late, from 1.
   *
   * @default - 1, the API server's own default
   */
  readonly timeoutSeconds?: pulumi.Input<number>;
  /**
   * Failures in a row that count, from 1.
   *
   * @default - 3, the API server's own default
   */
  readonly failureThreshold?: pulumi.Input<number>;
  /**
   * Passes in a row that count after a failure, from 1; a liveness probe's is always 1.
   *
   * @default - 1, the API server's own default
   */
  readonly successThreshold?: pulumi.Input<number>;
}

/**
 * What the container asks for and may not exceed, by the names Kubernetes uses (`cpu`, `memory`, `ephemeral-storage`).
 *
 * A resource that is stated here, as a request or a limit, is emitted as stated and loses its default request and limit:
 * to have no CPU limit, state `requests: { cpu: "250m" }` alone.
 */
export interface ResourcesArgs {
  /**
   * What the scheduler reserves, as quantities such as `250m` or `128Mi`.
   *
   * @default - 100m cpu, 128Mi memory, 64Mi ephemeral-storage
   */
  readonly requests?: Record<string, pulumi.Input<string>>;
  /**
   * What the container may not exceed, as quantities.
   *
   * @default - 500m cpu, 256Mi memory, 256Mi ephemeral-storage
   */
  readonly limits?: Record<string, pulumi.Input<string>>;
}

/** The arguments of a {@link Backend}. */
export interface BackendArgs {
  /** The namespace everything is created in. It has to exist. */
  readonly namespace: string;
  /** The container image; pin it by digest, and a Pod started tomorrow runs what was tested today. */
  readonly image: pulumi.Input<string>;
  /** The ports the container listens on; those with a `port` are also in the Backend's ClusterIP Service. */
  readonly ports: BackendPortArgs[];
  /** When a Pod may take traffic. Required: without one a Pod would take it before the application listens. */
  readonly readinessProbe: ProbeArgs;
  /**
   * When the container is to be restarted. Ask something else than the readiness probe does, or a busy Pod is restarted
   * where it only had to be left alone.
   *
   * @default - restarted only when its process ends
   */
  readonly livenessProbe?: ProbeArgs;
  /**
   * The value of the label `app`, which is all that Services select on. State the old value when the component is
   * renamed, and the Pods keep their Services.
   *
   * @default - the component's name
   */
  readonly app?: string;
  /**
   * The ClusterIP Service's name, which is its DNS name inside the namespace.
   *
   * @default - the component's name
   */
  readonly serviceName?: string;
  /**
   * When a node fetches the image.
   *
   * @default - Always for the tag `latest` or none, IfNotPresent otherwise: the API server's own default
   */
  readonly imagePullPolicy?: ImagePullPolicy;
  /**
   * How many Pods run. 0 keeps everything but the Pods.
   *
   * @default 2
   */
  readonly replicas?: number;
  /**
   * Environment variables.
   *
   * @default - none
   */
  readonly env?: Record<string, pulumi.Input<string>>;
  /**
   * What the container asks for and may not exceed.
   *
   * @default - 100m to 500m cpu, 128Mi to 256Mi memory, 64Mi to 256Mi ephemeral-storage
   */
  readonly resources?: ResourcesArgs;
  /**
   * How traffic from outside the cluster reaches the Pods. How long a stopping Pod goes on answering follows from it:
   * 10 seconds without any, 15 with a node port, 60 with a load balancer.
   *
   * @default - only from inside the cluster
   */
  readonly entrances?: Entrance[];
  /**
   * Seconds that the longest request takes, which a stopping Pod is given to end it.
   *
   * @default 30
   */
  readonly longestRequestSeconds?: number;
  /**
   * The user id the container runs as; not 0, which is root.
   *
   * @default 10001
   */
  readonly runAsUser?: pulumi.Input<number>;
  /**
   * The group id the container runs as; not 0, which is root's.
   *
   * @default 10001
   */
  readonly runAsGroup?: pulumi.Input<number>;
  /**
   * More labels for the Pods. `app` is not one of them: it is the selector's.
   *
   * @default - none but the recommended ones
   */
  readonly labels?: Record<string, pulumi.Input<string>>;
  /**
   * Annotations for the Pods.
   *
   * @default - none
   */
  readonly annotations?: Record<string, pulumi.Input<string>>;
}
