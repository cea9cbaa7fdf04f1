import type * as pulumi from "@pulumi/pulumi";
import type { LoadBalancerSpec } from "./normalize.ts";

/** Options of a load balancer's Service that say when another one takes its place, and when it is not deleted. */
export function replacing({
  deletionProtection,
  dialect,
  sharedNumbers,
}: LoadBalancerSpec): pulumi.CustomResourceOptions {
  return {
    replaceOnChanges: [
      ...dialect.replacedBy.map((key) => `metadata.annotations["${key}"]`),
      // The API server never changes it.
      "spec.healthCheckNodePort",
    ],
    // Another controller makes another load balancer, and would leave this one alone.
    replacementTrigger: [dialect.name, ...sharedNumbers].join(" "),
    // It belongs to the controller and never changes otherwise.
    ignoreChanges: ["spec.loadBalancerClass"],
    // The name is literal: there cannot be two at a time.
    deleteBeforeReplace: true,
    // Otherwise the engine would wait for a deletion that the cloud refuses.
    ...(deletionProtection ? { protect: true } : {}),
  };
}
