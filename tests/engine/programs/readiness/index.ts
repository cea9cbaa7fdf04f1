// A dev entrance in front of Pods that are not the program's, or the same Service without a component.
import { readFileSync } from "node:fs";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { Provider } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { LoadBalancerController, NodePortService } from "../../../../components/index.ts";

const config = new pulumi.Config();
const namespace = config.require("namespace");
const selector = config.requireObject<Record<string, string>>("selector");

if (config.requireBoolean("component")) {
  // By its content, as whoever has a kubeconfig from another resource gives it.
  const kubeconfig = readFileSync(process.env["KUBECONFIG"] ?? "", "utf8");
  const provider = new Provider("cluster", { kubeconfig: pulumi.secret(kubeconfig) });
  const ports = [{ name: "http", containerPort: 8080 }];
  new NodePortService(
    "dev",
    {
      cluster: { controller: LoadBalancerController.None, allowNodePort: true },
      target: { namespace, selector, ports, drainSeconds: 15 },
      ports: [{ port: 80, targetPort: "http" }],
      readyWithinSeconds: config.requireNumber("readyWithinSeconds"),
    },
    { provider },
  );
} else {
  const ports = [{ port: 80, targetPort: "http" }];
  new Service("plain", {
    metadata: { name: "plain", namespace },
    spec: { type: "NodePort", selector, ports },
  });
}
