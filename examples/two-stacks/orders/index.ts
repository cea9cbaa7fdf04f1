// A stack that others call. It exports its target, and admits the Pods of the caller's namespace.
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Backend } from "pulumi-kubernetes-services";

const namespace = "orders";
const created = new Namespace("namespace", { metadata: { name: namespace } });
const opts = { dependsOn: created };

const orders = new Backend(
  "orders",
  {
    namespace,
    image: "registry.example/orders:1.0.0",
    ports: [{ name: "http", containerPort: 8080, port: 80 }],
    readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
    allowedCallers: [{ namespace: "shop", podLabels: { app: "web" } }],
  },
  opts,
);

/** What other stacks connect to. */
export const target = orders.target;
