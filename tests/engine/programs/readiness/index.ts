// A dev entrance in front of Pods that the test has made itself, and on request the same Service without a component.
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { Provider } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { LoadBalancerController, NodePortService } from "../../../../components/index.ts";

const config = new pulumi.Config();
const namespace = "readiness";
const selector = { app: config.require("app") };
const name = config.require("portName");

if (config.requireBoolean("plain")) {
  new Service("plain", {
    metadata: { name: "plain", namespace },
    spec: { type: "NodePort", selector, ports: [{ port: 80, targetPort: name }] },
  });
} else {
  // By content, as whoever gets the kubeconfig of a managed cluster from another resource has it.
  const provider = new Provider("cluster", { kubeconfig: config.requireSecret("kubeconfig") });
  new NodePortService(
    "dev",
    {
      cluster: { controller: LoadBalancerController.None, allowNodePort: true },
      target: {
        namespace,
        selector,
        ports: [{ name, containerPort: 8080 }],
        drainSeconds: 15,
      },
      ports: [{ port: 80, targetPort: name }],
      readyWithinSeconds: config.requireNumber("readyWithinSeconds"),
    },
    { provider },
  );
}
