// Services with a node port by number: five of NodePortService, and one as plain @pulumi/kubernetes makes it by default.
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { Backend, LoadBalancerController, NodePortService } from "../../../../components/index.ts";
import { FIRST_NODE_PORT, namespace, PLAIN_NODE_PORT, services } from "./names.ts";

const opts = { dependsOn: new Namespace("namespace", { metadata: { name: namespace } }) };
const { target } = new Backend(
  "web",
  {
    namespace,
    image: "example/web:1",
    replicas: 1,
    entrances: ["NodePort"],
    ports: [{ name: "http", containerPort: 8080 }],
    readinessProbe: { tcpSocket: { port: "http" } },
  },
  opts,
);

services.forEach((name, index) => {
  const cluster = { controller: LoadBalancerController.None, allowNodePort: true };
  const ports = [{ port: 80, targetPort: "http", nodePort: FIRST_NODE_PORT + index }];
  new NodePortService(name, { cluster, target, ports }, opts);
});

new Service(
  "plain",
  {
    metadata: { namespace, annotations: { "pulumi.com/skipAwait": "true" } },
    spec: {
      type: "NodePort",
      selector: { app: "web" },
      ports: [{ port: 80, nodePort: PLAIN_NODE_PORT }],
    },
  },
  opts,
);
