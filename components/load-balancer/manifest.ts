import * as pulumi from "@pulumi/pulumi";
import { engineRunsHooks } from "../cluster/engine-hooks.ts";
import { recommendedLabels } from "../service/labels.ts";
import type { ServicePortSpec } from "../service/ports.ts";
import { untilAddressAssigned } from "../service/wait-for.ts";
import type { LoadBalancerSpec } from "./normalize.ts";

/** The Service for which a controller makes a load balancer. */
export function loadBalancerService(spec: LoadBalancerSpec, ports: ServicePortSpec[]) {
  const { annotations, serviceName, sourceRanges, target, traffic } = spec;
  return {
    metadata: {
      name: serviceName,
      namespace: target.namespace,
      labels: recommendedLabels(serviceName),
      annotations: { ...annotations, ...untilAddressAssigned },
    },
    spec: {
      type: "LoadBalancer",
      ...traffic,
      selector: target.selector,
      ports,
      ...(sourceRanges === undefined ? {} : { loadBalancerSourceRanges: sourceRanges }),
      ...untriedClass(),
    },
  };
}

/**
 * In a preview, the provider dry-runs a replacement against the old Service of the same name, and the API server
 * rejects another class, which ends the preview. An object with an unknown field is not dry-run, and on a Service that
 * stays the field is ignored.
 */
function untriedClass(): { readonly loadBalancerClass?: pulumi.Output<string> } {
  return pulumi.runtime.isDryRun() && engineRunsHooks()
    ? { loadBalancerClass: pulumi.output(pulumi.unknown as unknown as string) }
    : {};
}
