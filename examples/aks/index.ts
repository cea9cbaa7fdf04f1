// AKS: an internal load balancer in a subnet of the virtual network, at an address that the program chooses.
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import {
  Backend,
  Entrance,
  Exposure,
  LoadBalancerController,
  LoadBalancerService,
} from "pulumi-kubernetes-services";

const namespace = "shop";
const created = new Namespace("namespace", { metadata: { name: namespace } });
const opts = { dependsOn: created };

const web = new Backend(
  "web",
  {
    namespace,
    image: "registry.example/web:1.4.2",
    ports: [{ name: "http", containerPort: 8080 }],
    readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
    entrances: [Entrance.LoadBalancer],
  },
  opts,
);

const front = new LoadBalancerService(
  "front",
  {
    cluster: { controller: LoadBalancerController.Azure },
    target: web.target,
    exposure: Exposure.Internal,
    subnets: ["apps"],
    staticAddresses: ["10.0.8.10"],
    healthCheckPath: "/readyz",
    ports: [{ port: 80, targetPort: "http" }],
  },
  opts,
);

/** Where the application answers inside the network. */
export const url = front.urls["http"];
