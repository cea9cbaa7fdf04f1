import { TargetType } from "../../contract/enums.ts";
import { networkLoadBalancer } from "./network-load-balancer.ts";

/**
 * The Network Load Balancer of EKS Auto Mode. EKS Auto Mode never takes over a load balancer that the AWS Load Balancer
 * Controller has made.
 */
export const eksAutoMode = networkLoadBalancer({
  name: "EksAutoMode",
  documentation: "https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-nlb.html",
  loadBalancerClass: "eks.amazonaws.com/nlb",
  defaultTargetType: TargetType.Ip,
});
