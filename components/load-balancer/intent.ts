import type { AddressKind } from "../address.ts";
import type { PortsRule } from "../service/ports.ts";
import type { ExternalTrafficArgs } from "../service/traffic-policy.ts";
import type { Rule } from "../validation.ts";

/** Who can reach a load balancer. */
export const Exposure = {
  /** The internet, as far as the source ranges allow. */
  Public: "Public",
  /** The network the cluster is in. */
  Internal: "Internal",
} as const;
/** Who can reach a load balancer. */
export type Exposure = (typeof Exposure)[keyof typeof Exposure];

/** What is asked of a load balancer, besides its ports and ranges. */
export interface Intent extends ExternalTrafficArgs {
  /** Who can reach it. */
  readonly exposure: Exposure;
}

/** How one controller is asked for a load balancer, and what it cannot do. */
export interface LoadBalancerDialect {
  /** What the controller is called in errors. */
  readonly name: string;
  /** What kind of address it assigns. */
  readonly addressKind: AddressKind;
  /** For how many seconds a stopping Pod has to go on answering behind it. */
  readonly drainSeconds: number;
  /** How many ports one load balancer can have. */
  readonly maximumPorts: number;
  /** What a source range must be, beside being one. */
  readonly sourceRange: Rule;
  /** What it cannot do with ports. */
  readonly ports: PortsRule;
  /** What a session affinity must be. */
  readonly sessionAffinity: Rule;
  /** The annotations whose change makes another load balancer, which a preview has to show as a replacement. */
  readonly replacedBy: readonly string[];
  /** The annotations that decide who can reach it, by key, whether it writes them or not. */
  readonly exposedBy: readonly string[];
  /** The annotations that say what is wanted. Exposure is always among them. */
  annotations(intent: Intent): Record<string, string>;
}
