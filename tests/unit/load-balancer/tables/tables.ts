import { awsCloudControllerClassic } from "./aws-cloud-controller-classic.ts";
import { awsCloudControllerNlb } from "./aws-cloud-controller-nlb.ts";
import { awsLoadBalancerController } from "./aws-load-balancer-controller.ts";
import { azure } from "./azure.ts";
import { digitalOcean } from "./digital-ocean.ts";
import { eksAutoMode } from "./eks-auto-mode.ts";
import { googleCloud } from "./google-cloud.ts";
import { hetznerCloud } from "./hetzner-cloud.ts";
import { k3sServiceLb } from "./k3s-service-lb.ts";
import { metalLb } from "./metal-lb.ts";
import { none } from "./none.ts";
import type { Table } from "./table.ts";

/** What every controller is told. */
export const tables: readonly Table[] = [
  awsLoadBalancerController,
  eksAutoMode,
  awsCloudControllerNlb,
  awsCloudControllerClassic,
  googleCloud,
  azure,
  digitalOcean,
  hetznerCloud,
  metalLb,
  k3sServiceLb,
  none,
];
