import type * as pulumi from "@pulumi/pulumi";
import type { IpFamily, IpFamilyPolicy } from "../../service/ip-families.ts";
import type { ServicePort, WantedPort } from "../../service/ports.ts";
import type { ExternalTrafficArgs } from "../../service/traffic-policy.ts";
import type { IntentArgs } from "./intent-args.ts";

/** Who can reach a load balancer. */
export const Exposure = {
  /** The internet, as far as the source ranges allow. */
  Public: "Public",
  /** The network the cluster is in. */
  Internal: "Internal",
} as const;
/** Who can reach a load balancer. */
export type Exposure = (typeof Exposure)[keyof typeof Exposure];

/** A port of a load balancer, as far as its program states it. */
export interface IntentPort extends WantedPort {
  /** Whether TLS ends at the load balancer. */
  readonly tls: boolean;
}

/** A port of a load balancer with what its target states, which may arrive late. */
export interface LoadBalancerPort extends ServicePort {
  /** Whether TLS ends at the load balancer. */
  readonly tls: boolean;
}

/** Everything that is asked of a load balancer. */
export interface Intent extends ExternalTrafficArgs, Omit<IntentArgs, "annotations" | "tlsPorts"> {
  /** Who can reach it. */
  readonly exposure: Exposure;
  /** Its ports. */
  readonly ports: readonly IntentPort[];
  /** Who may connect. */
  readonly sourceRanges?: pulumi.Input<pulumi.Input<string>[]>;
  /** How many families of addresses it has. */
  readonly ipFamilyPolicy?: IpFamilyPolicy;
  /** Which ones, the primary one first. */
  readonly ipFamilies?: readonly IpFamily[];
}
