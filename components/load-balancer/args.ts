import type * as pulumi from "@pulumi/pulumi";
import type { ClusterArgs } from "../cluster/args.ts";
import type { AdoptServiceArgs } from "../overrides/adopt-args.ts";
import type { ServicePatchesArgs } from "../overrides/patches-args.ts";
import type { ReachableWithinArgs } from "../readiness/reachable/reachable-within.ts";
import type { IpFamilyArgs } from "../service/ip-families.ts";
import type { ServicePortArgs } from "../service/ports.ts";
import type { SessionAffinityArgs } from "../service/session-affinity.ts";
import type { ServiceTargetArgs } from "../service/target.ts";
import type { ExternalTrafficArgs } from "../service/traffic-policy.ts";
import type { ArgumentNames } from "../validation/argument-names.ts";
import type { Exposure } from "./contract/intent.ts";
import { type IntentArgs, OPTIONS } from "./contract/intent-args.ts";

/** The arguments of a LoadBalancerService. */
export interface LoadBalancerServiceArgs
  extends ExternalTrafficArgs,
    IntentArgs,
    IpFamilyArgs,
    ReachableWithinArgs,
    SessionAffinityArgs {
  /** The cluster: its load-balancer controller, and whether load balancers may be public. */
  readonly cluster: ClusterArgs;
  /** The Pods behind the load balancer, usually a Backend's `target`. */
  readonly target: pulumi.Input<ServiceTargetArgs>;
  /**
   * Who can reach the load balancer. There is no default, because controllers disagree about one. A change replaces the
   * load balancer.
   */
  readonly exposure: Exposure;
  /** The ports. */
  readonly ports: ServicePortArgs[];
  /**
   * The address ranges that may connect. `0.0.0.0/0` means every IPv4 client, `::/0` every IPv6 client. Required if the
   * exposure is public, unless `securityGroups` is set.
   *
   * Each address family that the load balancer has or may get needs a range, and no range may be of another family. A
   * Service without `ipFamilies` counts as IPv4, and states IPv4 if the load balancer takes the Service's family.
   *
   * @default - the cluster's whole network, if the exposure is internal
   * @see https://kubernetes.io/docs/tasks/access-application-cluster/configure-cloud-provider-firewall/
   */
  readonly sourceRanges?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * The Service's name. A change replaces the load balancer.
   *
   * @default - the component's name
   */
  readonly serviceName?: string;
  /**
   * The port on which nodes report whether they have a ready Pod, from the cluster's node port range. Only with
   * `externalTrafficPolicy` `Local`. Set it if a firewall needs to know it. A change replaces the load balancer.
   *
   * @default - the API server chooses
   * @see
   * https://kubernetes.io/docs/tasks/access-application-cluster/create-external-load-balancer/#preserving-the-client-source-ip
   */
  readonly healthCheckNodePort?: number;
  /**
   * Seconds within which the controller has to reconcile the Service: assign an address and, after each change that it
   * acts on, report success. If the controller rejects the Service, the update fails with its message, and so does
   * every later update until it succeeds. 0 does not wait. A target that is not a Backend of this program has to be
   * ready within the same time, as for a NodePortService.
   *
   * Controllers retry after at most 300 seconds.
   *
   * @default 360
   */
  readonly readyWithinSeconds?: number;
  /**
   * Changes to the Service, for settings that have no argument.
   *
   * @default - none
   */
  readonly patches?: ServicePatchesArgs;
  /**
   * The existing Service that this component takes over without replacing it.
   *
   * @default - the Service is created
   */
  readonly adopt?: AdoptServiceArgs;
}

/** The names of all arguments of a LoadBalancerService. */
export const LOAD_BALANCER_ARGUMENTS: ArgumentNames<LoadBalancerServiceArgs> = {
  ...OPTIONS,
  cluster: true,
  target: true,
  exposure: true,
  ports: true,
  sourceRanges: true,
  serviceName: true,
  healthCheckNodePort: true,
  readyWithinSeconds: true,
  patches: true,
  adopt: true,
  externalTrafficPolicy: true,
  annotations: true,
  ipFamilyPolicy: true,
  ipFamilies: true,
  reachableWithinSeconds: true,
  sessionAffinity: true,
  sessionAffinityTimeoutSeconds: true,
};
