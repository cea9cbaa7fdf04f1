// Dev entrances in front of Pods that are not the program's, each with the same Service without a component where that is asked for.
import { readFileSync } from "node:fs";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { Provider } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { LoadBalancerController, NodePortService } from "../../../../components/index.ts";
import type { Entrance } from "./entrance.ts";

// By its content, as whoever has a kubeconfig from another resource gives it.
const kubeconfig = readFileSync(process.env["KUBECONFIG"] ?? "", "utf8");
const provider = new Provider("cluster", { kubeconfig: pulumi.secret(kubeconfig) });
const cluster = { controller: LoadBalancerController.None, allowNodePort: true };
const ports = [{ port: 80, targetPort: "http" }];

for (const entrance of new pulumi.Config().requireObject<readonly Entrance[]>("entrances")) {
  const { name, namespace, plainToo, targetReadyWithinSeconds, selector } = entrance;
  const containerPorts = [{ name: "http", containerPort: 8080 }];
  const target = { namespace, selector, ports: containerPorts, drainSeconds: 15 };
  new NodePortService(name, { cluster, target, ports, targetReadyWithinSeconds }, { provider });
  if (plainToo) {
    const plain = `${name}-plain`;
    const spec = { type: "NodePort", selector, ports };
    new Service(plain, { metadata: { name: plain, namespace }, spec }, { provider });
  }
}
