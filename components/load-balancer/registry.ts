import { LoadBalancerController } from "../cluster/args.ts";
import type { LoadBalancerDialect } from "./contract/dialect.ts";
import { awsCloudControllerClassic } from "./dialects/aws/aws-cloud-controller-classic.ts";
import { awsCloudControllerNlb } from "./dialects/aws/aws-cloud-controller-nlb.ts";
import { awsLoadBalancerController } from "./dialects/aws/aws-load-balancer-controller.ts";
import { eksAutoMode } from "./dialects/aws/eks-auto-mode.ts";
import { azure } from "./dialects/azure.ts";
import { digitalOcean } from "./dialects/digital-ocean.ts";
import { googleCloud } from "./dialects/google-cloud.ts";
import { hetznerCloud } from "./dialects/hetzner-cloud.ts";
import { k3sServiceLb } from "./dialects/k3s-service-lb.ts";
import { linode } from "./dialects/linode.ts";
import { metalLb } from "./dialects/metal-lb.ts";
import { none } from "./dialects/none.ts";
import { oracleCloud } from "./dialects/oracle-cloud.ts";
import { otherController } from "./dialects/other.ts";
import { scaleway } from "./dialects/scaleway.ts";

const byController: Readonly<Record<Exclude<LoadBalancerController, "None">, LoadBalancerDialect>> =
  {
    [LoadBalancerController.AwsLoadBalancerController]: awsLoadBalancerController,
    [LoadBalancerController.EksAutoMode]: eksAutoMode,
    [LoadBalancerController.AwsCloudControllerNlb]: awsCloudControllerNlb,
    [LoadBalancerController.AwsCloudControllerClassic]: awsCloudControllerClassic,
    [LoadBalancerController.GoogleCloud]: googleCloud,
    [LoadBalancerController.Azure]: azure,
    [LoadBalancerController.DigitalOcean]: digitalOcean,
    [LoadBalancerController.HetznerCloud]: hetznerCloud,
    [LoadBalancerController.Linode]: linode,
    [LoadBalancerController.Scaleway]: scaleway,
    [LoadBalancerController.OracleCloud]: oracleCloud,
    [LoadBalancerController.MetalLb]: metalLb,
    [LoadBalancerController.K3sServiceLb]: k3sServiceLb,
    [LoadBalancerController.Other]: otherController({}),
  };

/** All dialects. */
export const dialects: readonly LoadBalancerDialect[] = Object.values(byController);

/** The dialect of a cluster's controller. */
export function dialectOf(controller: LoadBalancerController): LoadBalancerDialect {
  return (
    new Map<unknown, LoadBalancerDialect>(Object.entries(byController)).get(controller) ?? none
  );
}
