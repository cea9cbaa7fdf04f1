import type * as pulumi from "@pulumi/pulumi";
import { LoadBalancerController } from "../cluster/args.ts";
import type { LoadBalancerSpec } from "./normalize.ts";

/** Options of a load balancer's Service that decide when it is replaced and whether it is protected. */
export function replacementOptions({
  deletionProtection,
  dialect,
  sharedNumbers,
  traffic: { loadBalancerClass },
}: LoadBalancerSpec): pulumi.CustomResourceOptions {
  // Of the controllers that are not known, the class tells one from another.
  const isStated = dialect.name === LoadBalancerController.Other && loadBalancerClass !== undefined;
  const identity = isStated ? [dialect.name, loadBalancerClass] : [dialect.name];
  return {
    replaceOnChanges: [
      ...dialect.forceNewKeys.map((key) => `metadata.annotations["${key}"]`),
      // The API server does not allow a change.
      "spec.healthCheckNodePort",
    ],
    // Another controller makes another load balancer and would not take over this one.
    replacementTrigger: [...identity, ...sharedNumbers].join(" "),
    // The class belongs to the controller and never changes otherwise.
    ignoreChanges: ["spec.loadBalancerClass"],
    // The name is literal, so two objects cannot exist at the same time.
    deleteBeforeReplace: true,
    // Otherwise the engine would wait for a deletion that the cloud rejects.
    ...(deletionProtection ? { protect: true } : {}),
  };
}
