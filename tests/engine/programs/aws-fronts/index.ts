// Fronts that the configuration states, so that a test can state any and change them.
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import * as pulumi from "@pulumi/pulumi";
import {
  LoadBalancerService,
  type LoadBalancerServiceArgs,
  type ServiceTargetArgs,
} from "../../../../components/index.ts";

const config = new pulumi.Config();

// Nothing stands behind them: what the controller makes does not depend on Pods.
const target = {
  namespace: "default",
  selector: { app: "fronts-web" },
  ports: [
    { name: "http", containerPort: 8080 },
    { name: "https", containerPort: 8443 },
    { name: "dns", containerPort: 5353, protocol: "UDP" },
  ],
  drainSeconds: 120,
} satisfies ServiceTargetArgs;

/** Stands for the Helm release of a controller. */
const controller = new ConfigMap("controller", { metadata: { namespace: "default" } });

const stated = config.requireObject<Record<string, LoadBalancerServiceArgs>>("fronts");
const fronts = Object.entries(stated).map(([name, args]) => [
  name,
  new LoadBalancerService(
    name,
    { ...args, target, reconciledWithinSeconds: 0, targetReadyWithinSeconds: 0 },
    { dependsOn: controller },
  ),
]) satisfies [string, LoadBalancerService][];

/** What a program without the component would write, annotations and all. */
const plain = config.requireObject<Record<string, string>>("plain");
if (Object.keys(plain).length > 0) {
  new Service("plain-front", {
    metadata: {
      name: "plain-front",
      namespace: "default",
      annotations: {
        ...plain,
        "pulumi.com/waitFor": "jsonpath={.status.loadBalancer.ingress[0]}",
      },
    },
    spec: {
      type: "LoadBalancer",
      selector: { app: "fronts-web" },
      ports: [{ port: 80, targetPort: 8080 }],
    },
  });
}

export const hosts = pulumi.output(
  Object.fromEntries(fronts.map(([name, front]) => [name, front.address.host])),
);
