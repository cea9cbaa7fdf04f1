import type * as pulumi from "@pulumi/pulumi";
import type { Evidence } from "./evidence.ts";

/** The arguments of ControllerSync. */
export interface ControllerSyncArgs {
  /** The LoadBalancerService. */
  readonly component: pulumi.ComponentResource;
  /** The component's title in errors, for example `LoadBalancerService "front"`. */
  readonly subject: string;
  /** The component's name. */
  readonly name: string;
  /** The dialect of its controller. */
  readonly dialect: { readonly name: string; readonly evidence: Evidence };
  /** How many seconds to wait for the controller; 0 does not wait. */
  readonly seconds: number;
}
