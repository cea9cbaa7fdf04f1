import { TargetType } from "../../contract/enums.ts";
import { networkLoadBalancer } from "./network-load-balancer.ts";

/** The AWS Load Balancer Controller's Network Load Balancer, written from version 3.5. */
export const awsLoadBalancerController = networkLoadBalancer({
  name: "AwsLoadBalancerController",
  documentation:
    "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/",
  loadBalancerClass: "service.k8s.aws/nlb",
  defaultTargetType: TargetType.Instance,
  proxyProtocolAnnotation: true,
});
