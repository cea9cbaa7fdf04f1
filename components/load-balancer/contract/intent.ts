import type * as pulumi from "@pulumi/pulumi";
import type { IpFamily, IpFamilyPolicy } from "../../service/ip-families.ts";
import type { WantedPort } from "../../service/ports.ts";
import type { ExternalTrafficArgs } from "../../service/traffic-policy.ts";
import type { IntentArgs } from "./intent-args.ts";

/** Who can reach a load balancer. */
export const Exposure = {
  /** The internet, as far as the source ranges allow. */
  Public: "Public",
  /** The cluster's network. */
  Internal: "Internal",
} as const;
/** Who can reach a load balancer. */
export type Exposure = (typeof Exposure)[keyof typeof Exposure];

/** Everything that a program requests of a load balancer. */
export interface Intent extends ExternalTrafficArgs, Omit<IntentArgs, "annotations" | "tlsPorts"> {
  /** Who can reach it. */
  readonly exposure: Exposure;
  /** The keys of the annotations that the program states itself. */
  readonly annotationKeys: readonly string[];
  /** Its ports. */
  readonly ports: readonly WantedPort[];
  /** Who may connect. */
  readonly sourceRanges?: pulumi.Input<pulumi.Input<string>[]>;
  /** How many families of addresses it has. */
  readonly ipFamilyPolicy?: IpFamilyPolicy;
  /** Which ones, the primary one first. */
  readonly ipFamilies?: readonly IpFamily[];
}
