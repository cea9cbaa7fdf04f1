import type * as pulumi from "@pulumi/pulumi";
import type { AdoptArgs } from "../overrides/adopt-args.ts";
import type { PatchesArgs } from "../overrides/patches-args.ts";
import type { ClusterIpArgs } from "../service/cluster-ip-args.ts";
import type { AutoscalingArgs } from "../workload/autoscaling-args.ts";
import type { ConnectionsArgs } from "../workload/connections-args.ts";
import type { BackendPortArgs } from "../workload/container-ports.ts";
import type { DisruptionArgs } from "../workload/disruption.ts";
import type { Entrance } from "../workload/drain.ts";
import type { EnvironmentArgs, SecretEnvironmentArgs } from "../workload/environment-args.ts";
import type { IdentityArgs } from "../workload/identity.ts";
import type { ImagePullPolicy } from "../workload/image-pull-policy.ts";
import type { InitContainersArgs } from "../workload/init-containers-args.ts";
import type { NetworkPolicyArgs } from "../workload/network-policy-args.ts";
import type { ProbeArgs } from "../workload/probe-args.ts";
import type { ProcessArgs } from "../workload/process.ts";
import type { DeploymentReadyArgs } from "../workload/ready-within.ts";
import type { ResourcesArgs } from "../workload/resources.ts";
import type { SchedulingArgs } from "../workload/scheduling.ts";
import type { SpreadArgs } from "../workload/spread.ts";
import type { VolumesArgs } from "../workload/volume-args.ts";

/** The arguments of a {@link Backend}. */
export interface BackendArgs
  extends ClusterIpArgs,
    ConnectionsArgs,
    DeploymentReadyArgs,
    DisruptionArgs,
    EnvironmentArgs,
    IdentityArgs,
    InitContainersArgs,
    NetworkPolicyArgs,
    ProcessArgs,
    SchedulingArgs,
    SecretEnvironmentArgs,
    SpreadArgs,
    VolumesArgs {
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
   * When the container has started; until then the other probes wait. For applications that take long to start:
   * `failureThreshold` times `periodSeconds` is what they are given.
   *
   * @default - the other probes begin at once
   */
  readonly startupProbe?: ProbeArgs;
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
   * The names of the namespace's Secrets that nodes log in to the image's registry with.
   *
   * @default - those of the ServiceAccount and the node
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/
   */
  readonly imagePullSecrets?: pulumi.Input<string>[];
  /**
   * How many Pods run. 0 keeps everything but the Pods. Left out with `autoscaling`.
   *
   * @default - 2; 1 where a volume is a claim
   */
  readonly replicas?: number;
  /**
   * How many Pods run, by how busy they are. The autoscaler alone decides the number, also where `replicas` did before:
   * no update resets it. The cluster needs a metrics server. Not with a volume that is a claim.
   *
   * To go back to a number, give it as `minReplicas` and `maxReplicas`; or give it as `replicas`, and patch the annotation
   * `pulumi.com/patchForce: "true"` onto the Deployment, which takes the number over from the autoscaler.
   *
   * @default - as many as `replicas` says
   */
  readonly autoscaling?: AutoscalingArgs;
  /**
   * What the container asks for and may not exceed.
   *
   * @default - 100m to 500m cpu, 128Mi to 256Mi memory, 64Mi to 256Mi ephemeral-storage
   */
  readonly resources?: ResourcesArgs;
  /**
   * How traffic from outside the cluster reaches the Pods. How long a stopping Pod goes on answering follows from it:
   * 10 seconds without any, 15 with a node port, 60 with a load balancer. With any, the NetworkPolicy opens the ports
   * that they lead to, and no other, to anybody: see `entrance` of a port.
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
  /**
   * The Deployment and the Service that exist already and are to become this Backend's, without being replaced.
   *
   * @default - both are created
   */
  readonly adopt?: AdoptArgs;
  /**
   * Changes to the objects, for whatever has no argument.
   *
   * @default - none
   */
  readonly patches?: PatchesArgs;
}
