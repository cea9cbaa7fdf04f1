import { LoadBalancerController } from "../cluster-args.ts";
import { awsCloudControllerNlb } from "./aws-cloud-controller-nlb.ts";
import type { LoadBalancerDialect } from "./intent.ts";

const dialects = new Map<unknown, LoadBalancerDialect>([
  [LoadBalancerController.AwsCloudControllerNlb, awsCloudControllerNlb],
]);

/** How a cluster's controller is asked for a load balancer; nothing where none makes them. */
export function dialectOf(controller: LoadBalancerController): LoadBalancerDialect | undefined {
  return dialects.get(controller);
}
