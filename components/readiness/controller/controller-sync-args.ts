import type * as pulumi from "@pulumi/pulumi";
import type { Evidence } from "./evidence.ts";

/** What CarryOut has to know of an entrance. */
export interface CarryOutArgs {
  /** The entrance. */
  readonly component: pulumi.ComponentResource;
  /** What the entrance is called in errors, for example `LoadBalancerService "front"`. */
  readonly subject: string;
  /** The entrance's name. */
  readonly name: string;
  /** How its controller answers. */
  readonly dialect: { readonly name: string; readonly evidence: Evidence };
  /** How long to wait for the controller; 0 asks nothing. */
  readonly seconds: number;
}
