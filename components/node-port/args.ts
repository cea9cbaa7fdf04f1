import type * as pulumi from "@pulumi/pulumi";
import type { ClusterArgs } from "../cluster/args.ts";
import type { AdoptServiceArgs } from "../overrides/adopt-args.ts";
import type { ServicePatchesArgs } from "../overrides/patches-args.ts";
import type { TargetReadyArgs } from "../readiness/endpoints/target-ready.ts";
import type { IpFamilyArgs } from "../service/ip-families.ts";
import type { NodePortArgs } from "../service/ports.ts";
import type { SessionAffinityArgs } from "../service/session-affinity.ts";
import type { ServiceTargetArgs } from "../service/target.ts";
import type { ExternalTrafficArgs } from "../service/traffic-policy.ts";

/** The arguments of a NodePortService. */
export interface NodePortServiceArgs
  extends ExternalTrafficArgs,
    IpFamilyArgs,
    SessionAffinityArgs,
    TargetReadyArgs {
  /** The cluster, which must allow node ports. */
  readonly cluster: ClusterArgs;
  /** The Pods behind the ports, usually a Backend's `target`. */
  readonly target: pulumi.Input<ServiceTargetArgs>;
  /** The ports. */
  readonly ports: NodePortArgs[];
  /**
   * The Service's name.
   *
   * @default - the component's name
   */
  readonly serviceName?: string;
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
