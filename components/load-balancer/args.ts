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
import type { Exposure } from "./contract/intent.ts";
import type { IntentArgs } from "./contract/intent-args.ts";

/** The arguments of a LoadBalancerService. */
export interface LoadBalancerServiceArgs
  extends ExternalTrafficArgs,
    IntentArgs,
    IpFamilyArgs,
    ReachableWithinArgs,
    SessionAffinityArgs {
  /** The cluster: which controller makes the load balancer, and whether it may be public. */
  readonly cluster: ClusterArgs;
  /** The Pods behind the load balancer, usually a Backend's `target`. */
  readonly target: pulumi.Input<ServiceTargetArgs>;
  /** Who can reach it. There is no default: controllers disagree about one. A change makes a new load balancer. */
  readonly exposure: Exposure;
  /** The ports. */
  readonly ports: ServicePortArgs[];
  /**
   * The address ranges that may connect; `0.0.0.0/0` is anywhere, and `::/0` for clients of IPv6. Required where the
   * exposure is public, unless `securityGroups` decide.
   *
   * Each family of addresses that the load balancer has or may get needs one, and none may be of a family that it lacks.
   * A Service that does not say which it has is of IPv4, and states so where its load balancer has the Service's family.
   *
   * @default - the whole network the cluster is in, where the exposure is internal
   * @see https://kubernetes.io/docs/tasks/access-application-cluster/configure-cloud-provider-firewall/
   */
  readonly sourceRanges?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * The Service's name. A change makes a new load balancer.
   *
   * @default - the component's name
   */
  readonly serviceName?: string;
  /**
   * The port on which nodes say whether they have a ready Pod, of the cluster's range for node ports; only with
   * `externalTrafficPolicy` `Local`. State it where a firewall has to know it. A change makes a new load balancer.
   *
   * @default - the API server chooses
   * @see https://kubernetes.io/docs/tasks/access-application-cluster/create-external-load-balancer/#preserving-the-client-source-ip
   */
  readonly healthCheckNodePort?: number;
  /**
   * Seconds within which the controller has to carry out the Service: to assign an address, and after each change that
   * it acts on to say so. What it refuses fails the update with its message, and every later one as long as it does. 0
   * asks it nothing. A target that is not a Backend of this program has to be ready within the same time, as for a
   * NodePortService.
   *
   * Controllers try again after 300 seconds at the latest.
   *
   * @default 360
   */
  readonly readyWithinSeconds?: number;
  /**
   * Changes to the Service, for whatever has no argument.
   *
   * @default - none
   */
  readonly patches?: ServicePatchesArgs;
  /**
   * The Service that exists already and is to become this component's, without being replaced.
   *
   * @default - it is created
   */
  readonly adopt?: AdoptServiceArgs;
}
