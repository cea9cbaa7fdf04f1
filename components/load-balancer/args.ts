import type * as pulumi from "@pulumi/pulumi";
import type { ClusterArgs } from "../cluster/args.ts";
import type { AdoptServiceArgs } from "../overrides/adopt-args.ts";
import type { ServicePatchesArgs } from "../overrides/patches-args.ts";
import type { ReconciledWithinArgs } from "../readiness/controller/reconciled-within.ts";
import type { TargetReadyArgs } from "../readiness/endpoints/target-ready.ts";
import type { ReachableWithinArgs } from "../readiness/reachable/reachable-within.ts";
import type { IpFamilyArgs } from "../service/ip-families.ts";
import type { NodePortArgs } from "../service/ports.ts";
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
    ReconciledWithinArgs,
    SessionAffinityArgs,
    TargetReadyArgs {
  /** The cluster: its load-balancer controller, and whether load balancers may be public. */
  readonly cluster: ClusterArgs;
  /** The Pods behind the load balancer, usually a Backend's `target`. */
  readonly target: pulumi.Input<ServiceTargetArgs>;
  /**
   * Who can reach the load balancer. There is no default, because controllers disagree about one. A change replaces the
   * load balancer.
   */
  readonly exposure: Exposure;
  /**
   * The ports. A fixed `nodePort` is for firewalls and health checks that need to know it, and only allowed if the
   * controller sends traffic to node ports.
   */
  readonly ports: NodePortArgs[];
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
