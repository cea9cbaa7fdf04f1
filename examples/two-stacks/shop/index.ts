// A stack that calls a workload of another stack: `pulumi config set orders ORGANIZATION/two-stacks-orders/STACK`.
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Config, StackReference } from "@pulumi/pulumi";
import { Backend, type ServiceTargetArgs } from "pulumi-kubernetes-services";

const orders = new StackReference(new Config().require("orders"));
const target = orders.requireOutput("target").apply((it) => it as ServiceTargetArgs);
const namespace = "shop";
const created = new Namespace("namespace", { metadata: { name: namespace } });
const opts = { dependsOn: created };

const web = new Backend(
  "web",
  {
    namespace,
    image: "registry.example/web:1.4.2",
    ports: [{ name: "http", containerPort: 8080, port: 80 }],
    readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
    // ORDERS_HOST, ORDERS_PORT and ORDERS_URL in the container's environment.
    connectsTo: { ORDERS: { target, port: "http" } },
  },
  opts,
);

/** Where other Pods find the shop. */
export const url = web.urls["http"];
