import type * as pulumi from "@pulumi/pulumi";
import type { BackendPortArgs } from "./container-ports.ts";
import type { EnvironmentArgs } from "./environment-args.ts";
import type { ImagePullPolicy } from "./image-pull-policy.ts";
import type { ProbeArgs } from "./probe-args.ts";
import type { ProcessArgs } from "./process.ts";
import type { ResourcesArgs } from "./resources.ts";

/** An additional container of the Pod, hardened like the main container. */
export interface ContainerArgs extends EnvironmentArgs, ProcessArgs {
  /** The container's name in the Pod. */
  readonly name: string;
  /** The container image. */
  readonly image: pulumi.Input<string>;
  /**
   * Whether the container is a sidecar, which runs as long as the Pod does. The next container starts once the sidecar
   * runs; sidecars stop last.
   *
   * @default - false: it must succeed before the next container starts
   * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
   */
  readonly sidecar?: boolean;
  /**
   * When a node fetches the image.
   *
   * @default - Always for the tag `latest` or none, IfNotPresent otherwise: the API server's own default
   */
  readonly imagePullPolicy?: ImagePullPolicy;
  /**
   * The container's resource requests and limits.
   *
   * @default - 100m to 500m cpu, 128Mi to 256Mi memory, 64Mi to 256Mi ephemeral-storage
   */
  readonly resources?: ResourcesArgs;
  /**
   * The ports a sidecar listens on; probes of every container name them. Like those of the Backend's own container they
   * may be in its Service and be named by callers and entrances, such as that of a proxy in front or of an exporter of
   * metrics beside it.
   *
   * @default - none
   */
  readonly ports?: BackendPortArgs[];
  /**
   * When a sidecar has started, so that the next container may start.
   *
   * @default - once it runs
   */
  readonly startupProbe?: ProbeArgs;
  /**
   * When a sidecar is ready; until then its Pod is not.
   *
   * @default - once it runs
   */
  readonly readinessProbe?: ProbeArgs;
  /**
   * When a sidecar is restarted.
   *
   * @default - restarted only when its process ends
   */
  readonly livenessProbe?: ProbeArgs;
  /**
   * The user id that the container runs as, if its image needs another one. 0, which is root, is rejected.
   *
   * @default - that of the Backend
   */
  readonly runAsUser?: pulumi.Input<number>;
  /**
   * The group id that the container runs as. 0, which is root's, is rejected.
   *
   * @default - that of the Backend
   */
  readonly runAsGroup?: pulumi.Input<number>;
  /**
   * The names of the Backend's volumes to mount here too, at the same paths.
   *
   * @default - only the volume at `/tmp`
   */
  readonly volumes?: string[];
}

/** The containers that start before the Backend's own. */
export interface InitContainersArgs {
  /**
   * Containers that start before the Backend's own, one after the other.
   *
   * @default - none
   * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/
   */
  readonly initContainers?: ContainerArgs[];
}
