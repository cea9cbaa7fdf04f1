// Fronts on a cluster with MetalLB. The configuration says what is asked of each.
import * as pulumi from "@pulumi/pulumi";
import {
  Exposure,
  LoadBalancerController,
  LoadBalancerService,
  type LoadBalancerServiceArgs,
} from "../../../../components/index.ts";

const config = new pulumi.Config();
const fronts = config.requireObject<Record<string, Partial<LoadBalancerServiceArgs>>>("fronts");

const target = {
  namespace: "default",
  selector: { app: "web" },
  ports: [
    { name: "http", containerPort: 8080 },
    { name: "dns", containerPort: 5353, protocol: "UDP" as const },
  ],
  drainSeconds: 60,
};

export const addresses = Object.fromEntries(
  Object.entries(fronts).map(([name, asked]) => {
    const front = new LoadBalancerService(name, {
      cluster: { controller: LoadBalancerController.MetalLb },
      target,
      exposure: Exposure.Internal,
      ports: [{ port: 80, targetPort: "http" }],
      reconciledWithinSeconds: 0,
      targetReadyWithinSeconds: 0, // there are no Pods
      ...asked,
    });
    return [name, front.address];
  }),
);
