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
import type { ExternalConnectionsArgs } from "../workload/external-connections-args.ts";
import type { IdentityArgs } from "../workload/identity.ts";
import type { ImagePullPolicy } from "../workload/image-pull-policy.ts";
import type { InitContainersArgs } from "../workload/init-containers-args.ts";
import type { NetworkPolicyArgs } from "../workload/network-policy-args.ts";
import type { PodNetworkArgs } from "../workload/pod-network.ts";
import type { PreStopArgs } from "../workload/pre-stop.ts";
import type { ProbeArgs } from "../workload/probe-args.ts";
import type { ProcessArgs } from "../workload/process.ts";
import type { DeploymentReadyArgs } from "../workload/ready-within.ts";
import type { ResourcesArgs } from "../workload/resources.ts";
import type { SchedulingArgs } from "../workload/scheduling.ts";
import type { SpreadArgs } from "../workload/spread.ts";
import type { StrategyArgs } from "../workload/strategy.ts";
import type { VolumesArgs } from "../workload/volume-args.ts";

/** The arguments of a {@link Backend}. */
export interface BackendArgs
  extends ClusterIpArgs,
    ConnectionsArgs,
    DeploymentReadyArgs,
    DisruptionArgs,
    EnvironmentArgs,
    ExternalConnectionsArgs,
    IdentityArgs,
    InitContainersArgs,
    NetworkPolicyArgs,
    PodNetworkArgs,
    PreStopArgs,
    ProcessArgs,
    SchedulingArgs,
    SecretEnvironmentArgs,
    SpreadArgs,
    StrategyArgs,
    VolumesArgs {
  /** The namespace of all objects. It must exist. */
  readonly namespace: string;
  /** The container image. Pin it by digest, so that a Pod that starts tomorrow runs what was tested today. */
  readonly image: pulumi.Input<string>;
  /**
   * The ports the container listens on; those with a `port` are also in the Backend's ClusterIP Service. A worker that
   * listens on nothing has an empty list, and an `exec` probe.
   */
  readonly ports: BackendPortArgs[];
  /**
   * When a Pod may receive traffic. Required, because without a probe a Pod would receive traffic before the
   * application listens.
   */
  readonly readinessProbe: ProbeArgs;
  /**
   * When the container is restarted. Check something other than the readiness probe does; otherwise a Pod that is only
   * busy is restarted.
   *
   * @default - restarted only when its process ends
   */
  readonly livenessProbe?: ProbeArgs;
  /**
   * When the container has started; the other probes wait until then. For applications that start slowly: they get
   * `failureThreshold` times `periodSeconds`.
   *
   * @default - the other probes begin at once
   */
  readonly startupProbe?: ProbeArgs;
  /**
   * The value of the label `app`, the only label that Services select on. When you rename the component, state the old
   * value here, so that the Pods keep their Services.
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
   * The names of the Secrets in the namespace with which nodes log in to the image's registry.
   *
   * @default - those of the ServiceAccount and the node
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/
   */
  readonly imagePullSecrets?: pulumi.Input<string>[];
  /**
   * The number of Pods. 0 keeps everything except the Pods. Must not be set with `autoscaling`.
   *
   * @default - 2; 1 where a volume is a claim
   */
  readonly replicas?: number;
  /**
   * The number of Pods, decided by load. Only the autoscaler decides the number, even if `replicas` did before: no
   * update resets it. The cluster needs a metrics server. Must not be set with a volume that is a claim.
   *
   * To return to a fixed number, set `minReplicas` and `maxReplicas` to it. Or set `replicas` and patch the annotation
   * `pulumi.com/patchForce: "true"` onto the Deployment, which takes the number over from the autoscaler.
   *
   * @default - the number in `replicas`
   */
  readonly autoscaling?: AutoscalingArgs;
  /**
   * Whether an autoscaler that this Backend does not create, such as KEDA's, decides the number of Pods. `replicas` is
   * then only the number to start with, and no update resets it. Must not be set with `autoscaling`.
   *
   * @default false
   */
  readonly externalAutoscaler?: boolean;
  /**
   * The container's resource requests and limits.
   *
   * @default - 100m to 500m cpu, 128Mi to 256Mi memory, 64Mi to 256Mi ephemeral-storage
   */
  readonly resources?: ResourcesArgs;
  /**
   * How traffic from outside the cluster reaches the Pods. The entrances decide how long a stopping Pod keeps
   * answering: 10 seconds without an entrance, 15 with a node port, 60 with a load balancer. With an entrance, the
   * NetworkPolicy opens the ports behind it, and no others, to everyone: see a port's `entrance`.
   *
   * @default - only from inside the cluster
   */
  readonly entrances?: Entrance[];
  /**
   * Seconds that the longest request takes. A stopping Pod gets that long to finish it.
   *
   * @default 30
   */
  readonly longestRequestSeconds?: number;
  /**
   * Seconds for which a stopping Pod keeps accepting new connections. Not less than what the entrances need; any number
   * for a Backend without ports.
   *
   * @default - 10 without an entrance, 15 with a node port, 60 with a load balancer
   */
  readonly drainSeconds?: number;
  /**
   * The user id that the container runs as. 0, which is root, is rejected.
   *
   * @default 10001
   */
  readonly runAsUser?: pulumi.Input<number>;
  /**
   * The group id that the container runs as. 0, which is root's, is rejected.
   *
   * @default 10001
   */
  readonly runAsGroup?: pulumi.Input<number>;
  /**
   * Additional labels for the Pods. `app` is rejected, because Services select on it.
   *
   * @default - only the recommended labels
   */
  readonly labels?: Record<string, pulumi.Input<string>>;
  /**
   * Annotations for the Pods.
   *
   * @default - none
   */
  readonly annotations?: Record<string, pulumi.Input<string>>;
  /**
   * The existing Deployment and Service that this Backend takes over without replacing them.
   *
   * @default - both are created
   */
  readonly adopt?: AdoptArgs;
  /**
   * Changes to the objects, for settings that have no argument.
   *
   * @default - none
   */
  readonly patches?: PatchesArgs;
}
