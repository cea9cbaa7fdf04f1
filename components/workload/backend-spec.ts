import type { apps, core } from "@pulumi/kubernetes/types/input.js";
import type * as pulumi from "@pulumi/pulumi";
import type { AdoptArgs } from "../overrides/adopt-args.ts";
import type { HeadlessService } from "../service/headless-service.ts";
import type { TargetPort } from "../service/target.ts";
import type { StringMap } from "../validation/string-map.ts";
import type { Access } from "./access.ts";
import type { Scale } from "./autoscaling.ts";
import type { Connection } from "./connections.ts";
import type { readDisruption } from "./disruption.ts";
import type { Drain, Entrance } from "./drain.ts";
import type { Environment } from "./environment.ts";
import type { ExternalConnection } from "./external-connections.ts";
import type { Identity } from "./identity.ts";
import type { ImagePullPolicy } from "./image-pull-policy.ts";
import type { PodNetwork } from "./pod-network.ts";
import type { ProbeRole } from "./probes.ts";
import type { Resources } from "./resources.ts";
import type { Spread } from "./spread.ts";
import type { MountedVolume } from "./volumes.ts";

/** A Backend's arguments, validated, with every default filled in. */
export interface BackendSpec {
  readonly name: string;
  readonly namespace: string;
  readonly app: string;
  readonly serviceName: string;
  readonly image: pulumi.Input<string>;
  readonly imagePullPolicy?: ImagePullPolicy;
  readonly imagePullSecrets: readonly pulumi.Input<string>[];
  readonly process: Partial<core.v1.Container>;
  /** The ports of the main container. */
  readonly containerPorts: readonly TargetPort[];
  /** The ports of all containers. */
  readonly ports: readonly TargetPort[];
  /** Those that entrances lead to without a Service of this program. */
  readonly opened: readonly TargetPort[];
  readonly probes: Partial<Record<ProbeRole, core.v1.Probe>>;
  /** What happens before the container is told to stop, in place of a wait. */
  readonly preStop?: core.v1.LifecycleHandler;
  readonly scale: Scale;
  readonly strategy: apps.v1.DeploymentStrategy;
  readonly environment: Environment;
  readonly connections: readonly Connection[];
  readonly external: readonly ExternalConnection[];
  readonly volumes: readonly MountedVolume[];
  readonly initContainers: readonly core.v1.Container[];
  readonly resources: Resources;
  /** Fields of the ClusterIP Service's spec. */
  readonly clusterIp: Partial<core.v1.ServiceSpec>;
  /** The headless Service beside it. */
  readonly headless?: HeadlessService;
  readonly entrances: readonly Entrance[];
  readonly drain: Drain;
  readonly readyWithinSeconds: number;
  readonly access: Access;
  readonly spread: Spread;
  /** How many Pods may be evicted at a time. Absent if several Pods get no PodDisruptionBudget. */
  readonly budget: ReturnType<typeof readDisruption>;
  readonly identity: Identity;
  readonly scheduling: Partial<core.v1.PodSpec>;
  readonly nodeAffinity: core.v1.NodeAffinity;
  readonly network: PodNetwork;
  readonly runAsUser: pulumi.Input<number>;
  readonly runAsGroup: pulumi.Input<number>;
  readonly labels: StringMap;
  readonly annotations: StringMap;
  /** The existing objects to adopt. */
  readonly adopt: AdoptArgs;
}
