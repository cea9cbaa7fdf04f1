import * as pulumi from "@pulumi/pulumi";
import { engineRunsHooks } from "../cluster/engine-hooks.ts";
import { recommendedLabels } from "../service/labels.ts";
import type { ServicePortSpec } from "../service/ports.ts";
import { untilAddressAssigned } from "../service/wait-for.ts";
import type { LoadBalancerSpec } from "./normalize.ts";

/** The Service that a controller makes a load balancer of. */
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
 * In a preview, the provider tries out what it is to create on the Service of that name, where a replacement finds the old
 * one: the API server refuses another class, and the preview ends. What holds something unknown is not tried out, and of a
 * Service that stays it is ignored.
 */
function untriedClass(): { readonly loadBalancerClass?: pulumi.Output<string> } {
  return pulumi.runtime.isDryRun() && engineRunsHooks()
    ? { loadBalancerClass: pulumi.output(pulumi.unknown as unknown as string) }
    : {};
}
